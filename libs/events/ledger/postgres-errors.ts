import { DatabaseError } from 'pg';
import { LedgerUnavailable } from './ledger.js';

/** SQLSTATEs after which the same transaction may simply be sent again: serialization failure, deadlock. */
const TRANSIENT = new Set(['40001', '40P01']);
/** The server is going, not there yet, or has no room: classes 08 and 57P, too many connections. */
const UNREACHABLE = /^(08|57P0|53300)/;

/**
 * Whether PostgreSQL could not be asked, as against having refused: no connection, a cut one, a server that stops or
 * starts. What became of a statement that was on its way is then unknown.
 */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof DatabaseError) return UNREACHABLE.test(error.code ?? '');
  if (!(error instanceof Error)) return false;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return (
    /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_AGAIN|ENOENT)/.test(code) ||
    /connection terminated|timeout exceeded|query read timeout|client has encountered a connection error/i.test(
      error.message,
    )
  );
}

/** Throws on what a query failed with: callers know one name for a database that could not be asked. */
export function rethrow(error: unknown): never {
  throw isUnreachable(error) ? new LedgerUnavailable('the ledger cannot be reached', { cause: error }) : error;
}

export function isTransient(error: unknown): boolean {
  return error instanceof DatabaseError && TRANSIENT.has(error.code ?? '');
}
