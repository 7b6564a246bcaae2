import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const DIST = new URL('../../../dist/test/support/processes/', import.meta.url);

/** Runs one of the programs of this folder, as `npm run build` left it, and parses the JSON that it prints. */
export async function runProcess<Result>(program: string, args: readonly (string | number)[]): Promise<Result> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    fileURLToPath(new URL(`${program}.js`, DIST)),
    ...args.map(String),
  ]);
  return JSON.parse(stdout) as Result;
}
