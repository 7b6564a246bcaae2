import type { Figure } from '../figure.js';
import { append } from './append.figure.js';
import { create } from './create.figure.js';
import { growth } from './growth.figure.js';
import { latency } from './latency.figure.js';
import { memory } from './memory.figure.js';
import { readYourWrites } from './read-your-writes.figure.js';
import { rebuild } from './rebuild.figure.js';
import { start } from './start.figure.js';

/** In the order of the table. */
export const FIGURES: readonly Figure[] = [create, append, latency, readYourWrites, rebuild, start, memory, growth];
