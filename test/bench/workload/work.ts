type Work = () => Promise<unknown>;

/** Does `work` over and over for so long, `atATime` of it at once. Gives how often a second. */
export async function workForSeconds(seconds: number, atATime: number, work: Work): Promise<number> {
  const endsAt = performance.now() + seconds * 1_000;
  const { done, tookMs } = await workWhile(() => performance.now() < endsAt, atATime, work);
  return (done * 1_000) / tookMs;
}

/** Does `work` so many times, `atATime` of it at once. Gives how long it took, in ms. */
export async function workTimes(times: number, atATime: number, work: Work): Promise<number> {
  let left = times;
  const { tookMs } = await workWhile(() => left-- > 0, atATime, work);
  return tookMs;
}

async function workWhile(mayGoOn: () => boolean, atATime: number, work: Work): Promise<{ done: number; tookMs: number }> {
  const startedAt = performance.now();
  let done = 0;
  const worker = async (): Promise<void> => {
    while (mayGoOn()) {
      await work();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return { done, tookMs: performance.now() - startedAt };
}
