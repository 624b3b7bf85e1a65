/** Gives the work's result, or throws the signal's reason at once if `cuts` accepts it; the work is ignored then. */
export async function untilAborted<T>(
  signal: AbortSignal,
  work: Promise<T>,
  cuts: (reason: unknown) => boolean,
): Promise<T> {
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    const onAbort = (): void => {
      if (cuts(signal.reason)) reject(signal.reason as Error);
    };
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    stop = () => signal.removeEventListener('abort', onAbort);
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([aborted, work]);
  } finally {
    stop();
  }
}
