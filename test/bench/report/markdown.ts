import type { Figure, Measurement } from '../figure.js';
import type { Sizes } from '../sizes.js';
import type { MachineFacts } from './machine-facts.js';
import { notesOn } from './notes.js';
import { TABLE_HEAD, tableRows, withUnit } from './table.js';

export interface MeasuredFigure {
  readonly figure: Figure;
  readonly measurements: readonly Measurement[];
}

/** The text of docs/benchmarks.md. */
export function benchmarksPage(measured: readonly MeasuredFigure[], facts: MachineFacts, sizes: Sizes): string {
  const all = measured.flatMap(({ measurements }) => measurements);
  return [
    '# Benchmarks',
    '`npm run bench -- --write` measures and writes this page; the notes below each figure are kept by hand in `test/bench/notes/`.\n' +
      'Ratios hold on other machines, absolute numbers do not: every peer is measured in the same run, on the same PostgreSQL, by turns\n' +
      'with the subject. Medians of the rounds; the goal is held against the best one, since what disturbs a machine only slows it.',
    markdownTable([TABLE_HEAD, ...tableRows(all)]),
    '## Machine',
    machineLines(facts, sizes),
    ...measured.flatMap(figureSection),
  ].join('\n\n').concat('\n');
}

function machineLines(facts: MachineFacts, sizes: Sizes): string {
  const { processor, cores, memoryGb, kernel, node, postgres, date, load } = facts;
  return [
    `* ${processor}, ${cores} cores, ${memoryGb.toFixed(0)} GB of memory, ${kernel}; load average ${load.toFixed(1)} before the first figure`,
    `* Node ${node.slice(1)}, PostgreSQL ${postgres} with the settings of the embedded server: fsync and synchronous_commit on`,
    `* ${date}; sizes: ${Object.entries(sizes).map(([name, size]) => `${name} ${String(size)}`).join(', ')}`,
  ].join('\n');
}

function figureSection({ figure, measurements }: MeasuredFigure): readonly string[] {
  const notes = notesOn(figure.name);
  return [
    `## ${figure.title}`,
    figure.method,
    measurements.map(roundLines).join('\n'),
    ...(notes === undefined ? [] : [notes]),
  ];
}

function roundLines({ what, unit, rounds, peer, seen = [] }: Measurement): string {
  const lines = rounds.map((round, index) => {
    const beside = round.peer === undefined ? '' : ` beside ${withUnit(round.peer, unit)} (${peer ?? ''})`;
    const detail = seen[index] === undefined ? '' : `; ${seen[index]}`;
    return `  ${index + 1}. ${withUnit(round.subject, unit)}${beside}${detail}`;
  });
  return [`* ${what}:`, ...lines].join('\n');
}

function markdownTable(rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
}
