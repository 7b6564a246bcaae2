import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { errorCode } from './error-code.js';

/**
 * The secret that the file holds; made up and stored, for its owner's eyes only, when there is none. The caller holds
 * the folder's lock. Through a rename, so that a crash leaves either no secret or the whole of it.
 */
export async function readOrCreateSecret(file: string): Promise<string> {
  const existing = await readFile(file, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (existing !== undefined) return existing.trim();
  const secret = randomBytes(24).toString('base64url');
  const draft = `${file}.draft`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(`${secret}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  return secret;
}
