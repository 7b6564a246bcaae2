import { randomUUID } from 'node:crypto';

/** A UUID that begins with its time (RFC 9562, version 7), so that ids of one process sort roughly as they were made. */
export function uuidV7(now: number = Date.now()): string {
  const time = now.toString(16).padStart(12, '0');
  // The random bits and the variant of a version 4 are those that version 7 asks for.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
