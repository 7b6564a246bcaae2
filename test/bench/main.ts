import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Cleanup } from './cleanup.js';
import type { Bench } from './bench.js';
import type { Figure } from './figure.js';
import { readOptions, USAGE, type Options } from './options.js';
import { machineFacts } from './report/machine-facts.js';
import { benchmarksPage, type MeasuredFigure } from './report/markdown.js';
import { alignedText, TABLE_HEAD, tableRows } from './report/table.js';
import { topOfProfiles } from './report/top-of-profile.js';
import { PostgresServer } from './servers/postgres-server.js';
import { temporaryFolder } from './servers/temporary-folder.js';

const PAGE = join('docs', 'benchmarks.md');
const INTERRUPTED = 130;

async function measure(figure: Figure, bench: Omit<Bench, 'cleanup' | 'tell'>, run: Cleanup): Promise<MeasuredFigure> {
  console.log(figure.title);
  const cleanup = new Cleanup();
  const done = run.add(() => cleanup.run());
  try {
    const tell = (progress: string): void => console.log(`  ${progress}`);
    return { figure, measurements: await figure.run({ ...bench, cleanup, tell }) };
  } finally {
    await cleanup.run();
    done();
  }
}

async function main({ figures, sizes, write, profileFolder }: Options, run: Cleanup): Promise<void> {
  const { server: postgres } = await PostgresServer.start(await temporaryFolder(run), run);
  const facts = machineFacts(await postgres.version());
  const nodeArguments = profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`];
  const measured: MeasuredFigure[] = [];
  for (const figure of figures) measured.push(await measure(figure, { sizes, postgres, nodeArguments }, run));
  console.log(`\n${alignedText([TABLE_HEAD, ...tableRows(measured.flatMap(({ measurements }) => measurements))])}`);
  if (profileFolder !== undefined) console.log(`\n${topOfProfiles(profileFolder)}`);
  if (write) await writeFile(PAGE, benchmarksPage(measured, facts, sizes));
}

const run = new Cleanup();
const abandoned = new AbortController();

async function abandon(exitCode: number): Promise<void> {
  abandoned.abort();
  await run.run();
  process.exit(exitCode);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void abandon(INTERRUPTED));
process.once('uncaughtException', (error) => {
  console.error(error);
  void abandon(1);
});
try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(USAGE);
  else await main(options, run);
} catch (error) {
  // What fails because its servers are being stopped is no news.
  if (!abandoned.signal.aborted) console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await run.run();
}
