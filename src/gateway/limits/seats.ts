import { CallerGone } from '../errors';
import { unavailable } from '../upstream/classify';

export interface SeatOptions {
  /** calls at once */
  seats: number;
  /** calls that wait for a seat */
  queue: number;
  /** the longest wait of a call, in milliseconds */
  waitMs: number;
}

/** A bounded number of calls at once, and a bounded number that wait, in order of arrival. */
export function createSeats({ seats, queue, waitMs }: SeatOptions) {
  let taken = 0;
  const waiting: (() => void)[] = [];
  const full = () =>
    unavailable('overloaded', 'The gateway is busy with as many calls as it takes at once.', {
      status: 503,
      retryAfterMs: 1_000,
    });

  function release(): void {
    const next = waiting.shift();
    if (next) next();
    else taken -= 1;
  }

  return {
    get inFlight() {
      return taken;
    },
    get waiting() {
      return waiting.length;
    },
    /** Resolves with a function that gives the seat back, once. @throws GatewayError `unavailable`, CallerGone */
    async take(signal: AbortSignal): Promise<() => void> {
      if (signal.aborted) throw new CallerGone();
      if (taken < seats) taken += 1;
      else if (waiting.length >= queue) throw full();
      else await waitForTurn(signal);
      let done = false;
      return () => {
        if (!done) release();
        done = true;
      };
    },
  };

  function waitForTurn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', leave);
        const place = waiting.indexOf(go);
        if (place >= 0) waiting.splice(place, 1);
      };
      const go = () => {
        end();
        resolve();
      };
      const leave = () => {
        end();
        reject(new CallerGone());
      };
      const timer = setTimeout(() => {
        end();
        reject(full());
      }, waitMs);
      signal.addEventListener('abort', leave, { once: true });
      waiting.push(go);
    });
  }
}

export type Seats = ReturnType<typeof createSeats>;
