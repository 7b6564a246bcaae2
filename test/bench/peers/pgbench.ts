import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Cleanup } from '../cleanup.js';
import { temporaryFolder } from '../servers/temporary-folder.js';
import { INSERT, type InsertReport, type RowTexts, type SingleRowInserts } from './inserts.js';

const run = promisify(execFile);

/** PostgreSQL's own load generator. */
export class Pgbench implements SingleRowInserts {
  readonly name = 'pgbench';

  private constructor(
    private readonly connectionString: string,
    private readonly script: string,
    private readonly row: RowTexts,
    private readonly cleanup: Cleanup,
  ) {}

  static isInstalled(): Promise<boolean> {
    return run('pgbench', ['--version']).then(
      () => true,
      () => false,
    );
  }

  static async prepare(connectionString: string, row: RowTexts, cleanup: Cleanup): Promise<Pgbench> {
    const script = join(await temporaryFolder(cleanup), 'insert.sql');
    await writeFile(script, `${INSERT(':data', ':metadata')};\n`);
    return new Pgbench(connectionString, script, row, cleanup);
  }

  async run(clients: number, seconds: number): Promise<InsertReport> {
    const { hostname, port, username, password, pathname } = new URL(this.connectionString);
    const threads = Math.min(clients, availableParallelism());
    const running = run(
      'pgbench',
      [
        ...['-n', '-M', 'prepared', '-f', this.script, '-c', String(clients), '-j', String(threads), '-T', String(seconds)],
        ...['-D', `data=${this.row.data}`, '-D', `metadata=${this.row.metadata}`],
        ...['-h', hostname, '-p', port, '-U', decodeURIComponent(username), pathname.slice(1)],
      ],
      { env: { ...process.env, PGPASSWORD: decodeURIComponent(password) } },
    );
    const forget = this.cleanup.add(async () => void running.child.kill('SIGKILL'));
    const { stdout } = await running.finally(forget);
    return { perSecond: figureIn(stdout, /^tps = ([\d.]+)/m), averageMs: figureIn(stdout, /^latency average = ([\d.]+) ms/m) };
  }
}

function figureIn(output: string, pattern: RegExp): number {
  const figure = pattern.exec(output)?.[1];
  if (figure === undefined) throw new Error(`pgbench gave no ${pattern.source}:\n${output}`);
  return Number(figure);
}
