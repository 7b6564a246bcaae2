import { expect, it } from 'vitest';
import { instanceAggregate } from './instance.aggregate.js';

it('keeps one stream an instance, in the log of instances', () => {
  expect(instanceAggregate.log).toBe('instances');
  expect(instanceAggregate.streamName('prod')).toBe('instance/prod');
});
