// Where an import may point. Each rule says why it is there; the tool prints the reason with the offence.

const SPEC = String.raw`\.(spec|testing|contract)\.ts$`;

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    forbid(
      'no-cycles',
      'Two files that need each other are one idea in two places, and load in an order that nobody chose.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid(
      'libs-do-not-know-apps',
      'Imports point one way, apps to libs: what is shared must not depend on who shares it.',
      { path: '^libs/' },
      { path: '^apps/' },
    ),
    forbid(
      'domain-imports-only-itself',
      'Deciders are pure, so that they can be run by properties, by a fold of old events, or in another process.',
      { path: '^libs/domain/', pathNot: SPEC },
      { pathNot: '^libs/domain/' },
    ),
    forbid(
      'events-do-not-know-read-models',
      'The ledger is the truth and read models are made from it; nothing in it may depend on one.',
      { path: '^libs/events/', pathNot: SPEC },
      { path: '^libs/read-models/' },
    ),
    forbid(
      'api-does-not-know-projector',
      'They run in one process or in many: what they share goes through the ledger and the read models.',
      { path: '^apps/api/', pathNot: String.raw`^apps/api/main\.ts$|${SPEC}` },
      { path: '^apps/(projector|cli)/' },
    ),
    forbid(
      'projector-does-not-know-api',
      'A projector runs without an HTTP server; what they share goes through the ledger and the read models.',
      { path: '^apps/projector/', pathNot: String.raw`^apps/projector/main\.ts$|${SPEC}` },
      { path: '^apps/(api|cli)/' },
    ),
    forbid(
      'no-nest-in-libs',
      'The libs work in a command, a test or a benchmark without a container to wire them.',
      { path: '^libs/' },
      { path: 'node_modules/@nestjs/' },
    ),
    forbid(
      'pg-only-where-sql-is-hot',
      'SQL by hand belongs where it is measured: the ledger, snapshots, the secrets, the log source, the projector, and who starts the server.',
      {
        path: '^(apps|libs)/',
        pathNot: String.raw`^libs/events/(ledger|notifications|secrets|log-source)/|^libs/events/runner/snapshots|^libs/read-models/|^apps/(projector|cli)/|${SPEC}`,
      },
      { path: 'node_modules/pg/' },
    ),
    forbid(
      'typeorm-only-for-read-models',
      'Read models are its use; the ledger is written by one SQL function and has no entities.',
      { path: '^(apps|libs)/', pathNot: String.raw`^libs/read-models/|^apps/(api|projector)/|${SPEC}` },
      { path: 'node_modules/typeorm/' },
    ),
    forbid(
      'kafkajs-only-in-log-source-and-relay',
      'Its sequence numbers roll back on errors: two places know how to live with that, a third would not.',
      { path: '^(apps|libs|test)/', pathNot: '^libs/events/log-source/|^apps/projector/relay/' },
      { path: 'node_modules/kafkajs/' },
    ),
    forbid(
      'no-dev-dependencies-in-production',
      'An installation without them must run.',
      { path: '^(apps|libs)/', pathNot: SPEC },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'only-declared-packages',
      'A package that happens to be installed for another one goes away with it.',
      { path: '^(apps|libs|test)/' },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    ),
    forbid('no-unresolvable', 'An import that leads nowhere fails only when its line runs.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules|^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
