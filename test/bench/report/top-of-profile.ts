import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number } }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const SHOWN = 40;

/** Where the profiles of this folder spent their time themselves, callees not counted: a line for each of the largest shares. */
export function topOfProfiles(folder: string): string {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.cpuprofile'))
    .map((file) => `${file}\n${topOf(JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile)}`)
    .join('\n\n');
}

function topOf({ nodes, samples, timeDeltas }: CpuProfile): string {
  const places = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]));
  const times = new Map<string, number>();
  let busy = 0;
  samples.forEach((id, index) => {
    const place = places.get(id) ?? '';
    const delta = timeDeltas[index] ?? 0;
    if (place === '(idle)') return;
    busy += delta;
    times.set(place, (times.get(place) ?? 0) + delta);
  });
  const largest = [...times].sort(([, a], [, b]) => b - a).slice(0, SHOWN);
  return largest.map(([place, time]) => `  ${((100 * time) / busy).toFixed(1).padStart(5)} %  ${place}`).join('\n');
}

function placeOf({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string {
  if (url === '') return functionName;
  const file = url.replace(/^.*\/(node_modules|dist)\//, '');
  return `${functionName || '(anonymous)'}  ${file}:${lineNumber + 1}`;
}
