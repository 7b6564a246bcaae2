import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the notes are kept, seen from the root of the project, in which npm runs its scripts. */
const NOTES = join('test', 'bench', 'notes');

/** What people found out about a figure: where its time goes, what would change it. Written by hand. */
export function notesOn(figure: string): string | undefined {
  try {
    return readFileSync(join(NOTES, `${figure}.md`), 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
