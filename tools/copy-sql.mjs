// tsc emits only what it compiles; the SQL that the code reads at run time goes beside it.
import { cpSync } from 'node:fs';

for (const root of ['apps', 'libs']) {
  cpSync(root, `dist/${root}`, {
    recursive: true,
    filter: (path) => path.endsWith('.sql') || !/\.[^/\\]+$/.test(path),
  });
}
