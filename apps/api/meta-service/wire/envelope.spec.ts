import { describe, expect, it } from 'vitest';
import { HTTP_STATUS, parseErrorText, writeEnvelope } from './envelope.js';
import { instanceMessage } from './messages.js';

describe('the envelope (1.4)', () => {
  it('of a bare success is these bytes', () => {
    expect(writeEnvelope('OK', '')).toBe('{\n    "code": "OK",\n    "msg": ""\n}\n');
  });

  it('of a failure holds its text', () => {
    expect(writeEnvelope('ALREADY_EXISTED', 'instance already existed, instance_id="a"\n')).toBe(
      '{\n    "code": "ALREADY_EXISTED",\n    "msg": "instance already existed, instance_id=\\"a\\"\\u000A"\n}\n',
    );
  });

  it('of a getter carries the result at its depth, last', () => {
    const message = { instance_id: 'a', clusters: [{ ctime: 1669260437n }], enable_storage_vault: true };
    expect(writeEnvelope('OK', '', { descriptor: instanceMessage, message })).toBe(
      [
        '{',
        '    "code": "OK",',
        '    "msg": "",',
        '    "result": {',
        '        "instance_id": "a",',
        '        "clusters": [',
        '            {',
        '                "ctime": "1669260437"',
        '            }',
        '        ],',
        '        "enable_storage_vault": true',
        '    }',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('has a status for each code', () => {
    expect(HTTP_STATUS).toEqual({
      OK: 200,
      INVALID_ARGUMENT: 400,
      NOT_FOUND: 404,
      ALREADY_EXISTED: 409,
      INTERNAL_ERROR: 500,
    });
  });
});

it('a parse error names the op as it was given (2.3)', () => {
  expect(parseErrorText('v1/create_instance', 'Expected a value.')).toBe(
    "parse http request 'v1/create_instance': INVALID_ARGUMENT:Expected a value.",
  );
});
