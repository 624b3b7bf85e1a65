/** Signal and deadline of work under a time limit. */
export interface Limited {
  signal: AbortSignal;
  /** UTC milliseconds */
  deadline: number;
}

/** Time limit of work. */
export interface Limits {
  /** milliseconds in all */
  limit: number;
  /** aborted when the work is cancelled */
  outer: AbortSignal;
  /** the error when the time is up */
  expired: () => Error;
  /** true lets cancelled work come to its own end within the limit; else it is cut off at once */
  patient: boolean;
}

/**
 * Runs `work` until it ends or is cut off. Then it rejects at once, with `expired()` or the reason of `outer`, even if
 * the work ignores its signal. Its later result is dropped.
 */
export async function withTimeLimit<T>(limits: Limits, work: (limited: Limited) => Promise<T>): Promise<T> {
  const { limit, outer, expired, patient } = limits;
  outer.throwIfAborted();
  const controller = new AbortController();
  let stop = (): void => undefined;
  const cut = new Promise<never>((_, reject) => {
    const timeUp = (): void => {
      const reason = expired();
      reject(reason); // first: this reason counts, not the work's reaction to its signal
      controller.abort(reason);
    };
    const unwanted = (): void => {
      if (!patient) reject(outer.reason as Error);
      controller.abort(outer.reason);
    };
    const timer = setTimeout(timeUp, limit);
    outer.addEventListener('abort', unwanted, { once: true });
    stop = () => {
      clearTimeout(timer);
      outer.removeEventListener('abort', unwanted);
    };
  });
  try {
    const working = work({ signal: controller.signal, deadline: Date.now() + limit });
    working.catch(() => undefined);
    return await Promise.race([cut, working]);
  } finally {
    stop();
    controller.abort(new Error('the work is over')); // what it left open, such as an answer half read, ends with it
  }
}
