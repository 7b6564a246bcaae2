import { expect, it } from 'vitest';
import { randomSlice } from './random-pool.js';

it('hands every byte out once, over many pools and at any size', () => {
  const slices = Array.from({ length: 5_000 }, (_, index) => randomSlice(12 + (index % 60)));
  expect(slices.map(({ length }) => length)).toEqual(slices.map((_, index) => 12 + (index % 60)));
  expect(new Set(slices.map((slice) => slice.toString('hex'))).size).toBe(5_000);
});

it('gives slices that no later call writes into', () => {
  const slice = randomSlice(64);
  const before = slice.toString('hex');
  for (let count = 0; count < 200; count += 1) randomSlice(64);
  expect(slice.toString('hex')).toBe(before);
});

it('fills the largest slice there is', () => {
  expect(randomSlice(4_096).includes(Buffer.alloc(64))).toBe(false);
});
