/** Idempotency keys are kept this long, in ms: 24 h. */
export const KEEP_ANSWERS_MS = 24 * 60 * 60 * 1_000;
const PURGE_EVERY_MS = 10 * 60 * 1_000;

interface AnswerStore {
  purgeAnswers(olderThanMs: number): Promise<number>;
}

/** Forgets old idempotency keys now and then; safe to run in several processes. Returns how to stop. */
export function purgeAnswersRegularly(ledger: AnswerStore, onFailed: (error: unknown) => void): () => void {
  const purge = (): void => void ledger.purgeAnswers(KEEP_ANSWERS_MS).catch(onFailed);
  const timer = setInterval(purge, PURGE_EVERY_MS);
  timer.unref();
  purge();
  return () => clearInterval(timer);
}
