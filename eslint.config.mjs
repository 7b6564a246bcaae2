import tseslint from 'typescript-eslint';

const bounded = {
  // When a file grows, it holds two ideas: find the second one and name it.
  'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
};

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', '**/*.mjs'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...bounded,
      // People read stdout and machines read the log: only commands print.
      'no-console': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Numbers in messages are what they look like.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `() => resolve()` is how a callback says that it gives nothing on.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      // A leading underscore says that a parameter or a member is left out on purpose.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // `read<Row>(query)` names what the database gives back: a cast at the edge that a caller can see.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Entities are shapes of rows; their class carries the mapping, not behaviour.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Nest's modules are classes without members.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // A port is asynchronous also where one of its adapters has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
    },
  },
  { files: ['apps/cli/**', 'test/bench/**'], rules: { 'no-console': 'off' } },
  // A migration is one list of statements.
  { files: ['**/*.migration.ts'], rules: { 'max-lines-per-function': 'off' } },
  {
    files: ['**/*.spec.ts', '**/*.testing.ts', '**/*.contract.ts', 'test/**'],
    rules: {
      // A describe block is a table of contents, not a function with too much to do.
      'max-lines-per-function': 'off',
      // Answers are looked at as they came, and matchers such as `expect.any` are of any type.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      // Deconstructed functions of object literals have no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      // A spec that is wrong about presence fails there and then.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
