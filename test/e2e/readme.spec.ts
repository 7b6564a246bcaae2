import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createServerFolder, startServer } from '#test/support/server-process.js';

const root = new URL('../../', import.meta.url);
const readme = await readFile(new URL('README.md', root), 'utf8');
const manifest = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as { scripts: Record<string, string> };

/** The commands of the first shell block under a heading. */
function commandsUnder(heading: string): string {
  const [, block = ''] = new RegExp(`^## ${heading}\\n[^]*?\`\`\`sh\\n([^]*?)\`\`\``, 'm').exec(readme) ?? [];
  return block;
}

describe('the README', () => {
  it('begins with the two commands that a newcomer needs', () => {
    expect(commandsUnder('Run it').trimEnd().split('\n')).toEqual(['npm ci && npm start', 'npm test']);
  });

  it('names only scripts that there are', () => {
    const named = [...readme.matchAll(/npm (?:run )?(start|test|bench|check|lakeledger|start:\w+)\b/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(5);
    for (const name of named) expect(manifest.scripts).toHaveProperty([name]);
  });

  it('shows first calls that work as they stand', async () => {
    const folder = await createServerFolder();
    const server = await startServer({ dataDir: folder.path });
    const commands = commandsUnder('First calls').replaceAll('http://127.0.0.1:8080', server.url).replaceAll('curl ', 'curl -sSf ');
    const { stdout } = await promisify(execFile)('bash', ['-euc', commands]);
    expect(stdout).toContain('"instance_id": "prod"');
    expect(stdout).toContain('"status":"ready"');
    expect(stdout).toContain('lakeledger_append_batch_size_count');
    await server.kill('SIGTERM');
    await folder.remove();
  });
});
