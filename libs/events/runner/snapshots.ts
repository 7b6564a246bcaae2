import type pg from 'pg';
import type { AggregateTypes } from '#domain/decider.js';
import { rethrow } from '../ledger/postgres-errors.js';
import type { EventSourced } from './event-sourced.js';
import type { LoadedState } from './runner.types.js';

/** Folded states that shorten a load. Disposable: without them, or with older ones, everything still works. */
export interface Snapshots {
  /** @throws LedgerUnavailable */
  find<A extends AggregateTypes>(aggregate: EventSourced<A>, stream: string): Promise<LoadedState<A> | undefined>;
  save<A extends AggregateTypes>(aggregate: EventSourced<A>, stream: string, loaded: LoadedState<A>): Promise<void>;
}

export class PostgresSnapshots implements Snapshots {
  constructor(private readonly pool: pg.Pool) {}

  async find<A extends AggregateTypes>(
    aggregate: EventSourced<A>,
    stream: string,
  ): Promise<LoadedState<A> | undefined> {
    const query = this.pool.query<{ version: number; state: string }>({
      name: 'find_snapshot',
      text: `select version::float8 as version, state::text as state from ledger.snapshots
              where stream = $1 and state_version = $2`,
      values: [stream, aggregate.stateVersion],
    });
    const { rows } = await query.catch(rethrow);
    const [row] = rows;
    return row && { version: row.version, state: JSON.parse(row.state) as A['state'] };
  }

  async save<A extends AggregateTypes>(
    aggregate: EventSourced<A>,
    stream: string,
    { version, state }: LoadedState<A>,
  ): Promise<void> {
    await this.pool.query({
      name: 'save_snapshot',
      // Two processes may save at once; the later version stays, unless it is of another shape.
      text: `insert into ledger.snapshots as s (stream, version, state_version, state) values ($1, $2, $3, $4)
             on conflict (stream) do update
                set version = excluded.version, state_version = excluded.state_version, state = excluded.state
              where s.state_version <> excluded.state_version or s.version < excluded.version`,
      values: [stream, version, aggregate.stateVersion, JSON.stringify(state)],
    });
  }
}
