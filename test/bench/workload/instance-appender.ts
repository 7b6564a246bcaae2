import { encodeEvent } from '#events/catalogue/event-codec.js';
import type { Ledger } from '#events/ledger/ledger.js';
import { uuidV7 } from '#events/uuid-v7.js';
import { RandomIds } from '../load/random-ids.js';
import { createdInstance } from './created-instance.js';

const METADATA = { requestId: uuidV7(), principal: 'meta-service', remoteAddress: '127.0.0.1', operation: 'create_instance' };

/** Appends the first event of a new stream. */
export function instanceAppender(ledger: Ledger): () => Promise<void> {
  const ids = new RandomIds();
  return async () => {
    const id = ids.next();
    const { kind } = await ledger.append({
      stream: { log: 'instances', name: `instance/${id}` },
      expectedVersion: 0,
      events: [{ id: uuidV7(), ...encodeEvent(createdInstance(id)) }],
      metadata: METADATA,
    });
    if (kind !== 'appended') throw new Error(`an append to a new stream ended as ${kind}`);
  };
}
