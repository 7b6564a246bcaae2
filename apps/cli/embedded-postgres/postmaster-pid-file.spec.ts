import { describe, expect, it } from 'vitest';
import { parsePidFile } from './postmaster-pid-file.js';

const lines = (...text: string[]): string => text.join('\n');

describe('the pid file of PostgreSQL', () => {
  it('tells process, port and status of a server that accepts connections', () => {
    const text = lines('6097', '/data/postgres', '1795211034', '54999', '', '127.0.0.1', ' 10035212        19', 'ready   ', '');
    expect(parsePidFile(text)).toEqual({ pid: 6097, port: 54999, status: 'ready' });
  });

  it('has no port yet when the server has only begun to start', () => {
    expect(parsePidFile(lines('6097', '/data/postgres', '1795211034', ''))).toEqual({ pid: 6097, status: 'starting' });
  });

  it('tells that a server is stopping', () => {
    const text = lines('6097', '/data', '1', '54999', '', '127.0.0.1', '1 19', 'stopping', '');
    expect(parsePidFile(text)?.status).toBe('stopping');
  });

  it.each(['', '\n', 'postgres\n', '-1\n'])('names nobody when it is %j', (text) => {
    expect(parsePidFile(text)).toBeUndefined();
  });
});
