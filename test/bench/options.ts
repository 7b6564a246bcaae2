import { parseArgs } from 'node:util';
import type { Figure } from './figure.js';
import { FIGURES } from './figures/figures.js';
import { FULL, QUICK, type Sizes } from './sizes.js';

export const USAGE = `npm run bench -- [options]

  --only <name>    one figure (repeatable): ${FIGURES.map(({ name }) => name).join(', ')}
  --quick          small sizes, about two minutes: to see that it works, not what it is worth
  --write          writes docs/benchmarks.md
  --profile <dir>  a CPU profile of every server that is started, and what is on top of it
  --help`;

export interface Options {
  readonly figures: readonly Figure[];
  readonly sizes: Sizes;
  readonly write: boolean;
  readonly profileFolder?: string;
  readonly help: boolean;
}

/** @throws with a sentence for people. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true },
      quick: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const { only = [], profile } = values;
  const unknown = only.find((name) => !FIGURES.some((figure) => figure.name === name));
  if (unknown !== undefined) throw new Error(`There is no figure "${unknown}".\n\n${USAGE}`);
  if (values.write && only.length > 0) throw new Error('--write replaces the whole page: it goes with all figures only.');
  return {
    figures: only.length === 0 ? FIGURES : FIGURES.filter(({ name }) => only.includes(name)),
    sizes: values.quick ? QUICK : FULL,
    write: values.write,
    help: values.help,
    ...(profile === undefined ? {} : { profileFolder: profile }),
  };
}
