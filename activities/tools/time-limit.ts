/** What cut-off work gets: its signal, and when its time is up. */
export interface Limited {
  signal: AbortSignal;
  /** UTC milliseconds */
  deadline: number;
}

/** How long work may take. */
export interface Limits {
  /** milliseconds in all */
  limit: number;
  /** aborted when nobody wants the work any more */
  outer: AbortSignal;
  /** the error when the time is up */
  expired: () => Error;
  /** whether work that is not wanted any more may come to its own end, within the limit; else it is cut off at once */
  patient: boolean;
}

/**
 * Runs `work` until it ends or is cut off. Then it rejects at once, with `expired()` or the reason of `outer`, whether
 * or not the work heeds its signal. What such work still does goes unheard.
 */
export async function withTimeLimit<T>(limits: Limits, work: (limited: Limited) => Promise<T>): Promise<T> {
  const { limit, outer, expired, patient } = limits;
  outer.throwIfAborted();
  const controller = new AbortController();
  let stop = (): void => undefined;
  const cut = new Promise<never>((_, reject) => {
    const timeUp = (): void => {
      const reason = expired();
      reject(reason); // first: this reason counts, not what the work makes of its signal
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
  }
}
