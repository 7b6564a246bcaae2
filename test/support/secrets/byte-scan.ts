import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Something that may not be found, under the name by which a finding calls it: a finding never shows the secret itself. */
export interface Secret {
  readonly name: string;
  readonly value: string;
}

type Spelling = readonly [encoding: string, bytes: Buffer];

/** Says which secrets are in a text or in bytes, in clear, in hex or in base64 wherever in a longer text they begin. */
export class ByteScan {
  readonly #spellings: readonly (readonly [name: string, spellings: readonly Spelling[]])[];

  constructor(secrets: readonly Secret[]) {
    this.#spellings = secrets.map(({ name, value }) => [name, spellingsOf(Buffer.from(value))]);
  }

  /** `where` is the place that findings name. */
  findings(where: string, content: string | Buffer): string[] {
    const bytes = Buffer.from(content);
    return this.#spellings.flatMap(([name, spellings]) =>
      spellings.filter(([, spelling]) => bytes.includes(spelling)).map(([encoding]) => `${name} in ${encoding} in ${where}`),
    );
  }

  /** Every file below the folder, whatever it is. */
  async findingsInFolder(folder: string): Promise<string[]> {
    const findings: string[] = [];
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((each) => each.isFile())) {
      const path = join(entry.parentPath, entry.name);
      findings.push(...this.findings(relative(folder, path), await readFile(path)));
    }
    return findings;
  }
}

function spellingsOf(secret: Buffer): Spelling[] {
  const hex = secret.toString('hex');
  return [
    ['clear', secret],
    ['UTF-16', Buffer.from(secret.toString(), 'utf16le')],
    ['hex', Buffer.from(hex)],
    ['hex', Buffer.from(hex.toUpperCase())],
    ...[0, 1, 2].flatMap((offset): Spelling[] => [
      ['base64', Buffer.from(inner(secret, offset, 'base64'))],
      ['base64url', Buffer.from(inner(secret, offset, 'base64url'))],
    ]),
  ];
}

/** Base64 of the secret behind `offset` bytes that nobody knows: the digits that depend on the secret alone. */
function inner(secret: Buffer, offset: number, encoding: 'base64' | 'base64url'): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), secret]);
  const first = Math.ceil((offset * 8) / 6);
  const end = Math.floor((bytes.length * 8) / 6);
  return bytes.toString(encoding).slice(first, end);
}
