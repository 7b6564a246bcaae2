import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { errorCode } from '../data-folder/error-code.js';

const run = promisify(execFile);

/**
 * Program and arguments of a process, joined with blanks; undefined when it has ended, a zombie included (its command
 * line is empty). Readable without rights over the process, unlike its working directory.
 */
export async function commandLineOf(pid: number): Promise<string | undefined> {
  const text = process.platform === 'linux' ? await fromProc(pid) : await fromPs(pid);
  return text === '' ? undefined : text;
}

const fromProc = (pid: number): Promise<string> =>
  readFile(`/proc/${String(pid)}/cmdline`, 'utf8').then(
    (text) => text.replaceAll('\0', ' ').trim(),
    (error: unknown) => {
      if (['ENOENT', 'ESRCH'].includes(errorCode(error) ?? '')) return '';
      throw error;
    },
  );

const fromPs = (pid: number): Promise<string> =>
  run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
