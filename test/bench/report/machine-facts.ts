import { cpus, loadavg, release, totalmem, type as systemName } from 'node:os';

export interface MachineFacts {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly kernel: string;
  readonly node: string;
  readonly postgres: string;
  readonly date: string;
  /** Before the first figure: whatever else kept the machine busy. */
  readonly load: number;
}

export function machineFacts(postgres: string): MachineFacts {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGb: totalmem() / 1e9,
    kernel: `${systemName()} ${release()}`,
    node: process.version,
    postgres,
    date: new Date().toISOString().slice(0, 10),
    load: loadavg()[0] ?? NaN,
  };
}
