import type { Bench } from './bench.js';
import type { Round } from './figure.js';

export type Side = () => Promise<number>;

/** Subject and peer by turns. Every other round the other one goes first, so that neither always meets the busier machine. */
export async function alternate(bench: Bench, subject: Side, peer: Side): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let n = 1; n <= bench.sizes.rounds; n += 1) {
    const sides: readonly Side[] = n % 2 === 1 ? [peer, subject] : [subject, peer];
    const figures = new Map<Side, number>();
    for (const side of sides) {
      await bench.postgres.checkpoint();
      figures.set(side, await side());
    }
    const round = { subject: figures.get(subject) ?? NaN, peer: figures.get(peer) ?? NaN };
    bench.tell(`round ${n}: ${round.subject.toPrecision(4)} beside ${round.peer.toPrecision(4)}`);
    rounds.push(round);
  }
  return rounds;
}

/** A subject that is held against a fixed limit. */
export async function repeat(bench: Bench, subject: Side): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let n = 1; n <= bench.sizes.rounds; n += 1) {
    await bench.postgres.checkpoint();
    const round = { subject: await subject() };
    bench.tell(`round ${n}: ${round.subject.toPrecision(4)}`);
    rounds.push(round);
  }
  return rounds;
}
