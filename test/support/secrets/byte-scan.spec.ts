import { describe, expect, it } from 'vitest';
import { ByteScan } from './byte-scan.js';

describe('the byte scan', () => {
  const value = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
  const scan = new ByteScan([{ name: 'sk', value }]);

  it.each([
    ['clear', `{"sk":"${value}"}`],
    ['UTF-16', Buffer.from(value, 'utf16le')],
    ['hex', Buffer.from(`<${value}>`).toString('hex')],
    ['hex', Buffer.from(value).toString('hex').toUpperCase()],
    ['base64', Buffer.from(`{"sk":"${value}"}`).toString('base64')],
    ['base64', Buffer.from(`.{"sk":"${value}"}`).toString('base64')],
    ['base64', Buffer.from(`..{"sk":"${value}"}`).toString('base64')],
    ['base64url', Buffer.from(`{"sk":"${value}"}`).toString('base64url')],
  ])('finds a secret in %s', (encoding, content) => {
    expect(scan.findings('there', content)).toContain(`sk in ${encoding} in there`);
  });

  it('finds nothing where there is nothing', () => {
    expect(scan.findings('there', value.slice(1))).toEqual([]);
  });
});
