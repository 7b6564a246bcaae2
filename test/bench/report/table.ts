import type { Measurement } from '../figure.js';
import { boundSign, summarise } from './summary.js';

export const TABLE_HEAD = ['figure', 'measured', 'beside it', 'ratio', 'best', 'goal', ''] as const;

/** One row a measurement, medians of the rounds but for the column that says otherwise. */
export const tableRows = (measurements: readonly Measurement[]): readonly (readonly string[])[] => measurements.map(tableRow);

function tableRow(measurement: Measurement): readonly string[] {
  const { what, unit, goal, peer } = measurement;
  const { medianSubject, medianPeer, median, best, isMet, missedBy } = summarise(measurement);
  const isRatio = goal.against === 'peer';
  const judged = (value: number): string => (isRatio ? times(value) : withUnit(value, unit));
  return [
    what,
    withUnit(medianSubject, unit),
    medianPeer === undefined ? '' : `${withUnit(medianPeer, unit)} ${peer ?? ''}`,
    isRatio ? times(median) : '',
    judged(best),
    `${boundSign(goal.bound)} ${judged(goal.value)}`,
    isMet ? 'met' : `missed by ${(missedBy * 100).toFixed(0)} %`,
  ];
}

export function alignedText(rows: readonly (readonly string[])[]): string {
  const widths = TABLE_HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}

export const withUnit = (value: number, unit: Measurement['unit']): string =>
  unit === '/s' ? `${grouped(value)}/s` : `${digits(value)} ${unit}`;

const times = (value: number): string => `${value.toFixed(2)}x`;
const digits = (value: number): string => (value >= 100 ? grouped(value) : value.toFixed(value >= 10 ? 1 : 2));
const grouped = (value: number): string => Math.round(value).toString().replaceAll(/\B(?=(\d{3})+$)/g, ' ');
