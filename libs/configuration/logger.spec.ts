import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { loggerOptions } from './logger.js';

const logged = (fields: object): string => {
  const lines: string[] = [];
  pino(loggerOptions, { write: (line) => lines.push(line) }).info(fields, 'said');
  return lines.join('');
};

describe('the log', () => {
  it.each([
    { sk: 'hunter2' },
    { body: { ak: 'hunter2' } },
    { request: { headers: { authorization: 'Bearer hunter2' } } },
    { url: '/MetaService/http/get_instance?instance_id=a&token=hunter2' },
    { connectionString: 'postgresql://lakeledger:hunter2@127.0.0.1/lakeledger' },
  ])('does not repeat the secret in %j', (fields) => {
    expect(logged(fields)).not.toContain('hunter2');
  });

  it('is one JSON object a line, with the level as a word and the time in UTC', () => {
    expect(JSON.parse(logged({ requestId: '7' }))).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      requestId: '7',
      msg: 'said',
    });
  });
});
