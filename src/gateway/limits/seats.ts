import { CallerGone, GatewayError } from '../errors';
import { unavailable } from '../upstream/classify';

export interface SeatOptions {
  /** calls at once */
  seats: number;
  /** calls that wait for a seat */
  queue: number;
  /** the longest wait of a call, in milliseconds */
  waitMs: number;
}

/** A key, and the most calls that it may have under way at once. */
export interface Sharer {
  name: string;
  seats: number;
}

interface Waiting {
  who: Sharer;
  go: () => void;
}

/**
 * A bounded number of calls at once, and a bounded number that wait. Nobody takes more than their share of both. A free
 * seat goes to the one who has the fewest, and among equals to the first.
 */
export function createSeats({ seats, queue, waitMs }: SeatOptions) {
  const taken = new Map<string, number>();
  let waiting: Waiting[] = [];
  const inFlight = () => [...taken.values()].reduce((sum, count) => sum + count, 0);
  const held = ({ name }: Sharer) => taken.get(name) ?? 0;
  const mayTake = (who: Sharer) => held(who) < who.seats && inFlight() < seats;
  /** A waiting room shared as the seats are. */
  const mayWait = (who: Sharer) =>
    waiting.length < queue &&
    waiting.filter((one) => one.who.name === who.name).length < Math.ceil((queue * who.seats) / seats);

  function full(who: Sharer): GatewayError {
    if (held(who) < who.seats) {
      return unavailable('overloaded', 'The gateway is busy with as many calls as it takes at once.', {
        status: 503,
        retryAfterMs: 1_000,
      });
    }
    return new GatewayError('rate_limited', `The key ${who.name} has ${who.seats} calls under way, its share.`, {
      reason: 'parallel',
      retryAfterMs: 1_000,
    });
  }

  function sit(who: Sharer): () => void {
    taken.set(who.name, held(who) + 1);
    let done = false;
    return () => {
      if (done) return;
      done = true;
      if (held(who) > 1) taken.set(who.name, held(who) - 1);
      else taken.delete(who.name);
      const next = waiting
        .filter((one) => mayTake(one.who))
        .reduce<Waiting | undefined>((best, one) => (best && held(best.who) <= held(one.who) ? best : one), undefined);
      next?.go();
    };
  }

  return {
    get inFlight() {
      return inFlight();
    },
    get waiting() {
      return waiting.length;
    },
    /** Resolves with a function that gives the seat back, once. @throws GatewayError, CallerGone */
    async take(who: Sharer, signal: AbortSignal): Promise<() => void> {
      if (signal.aborted) throw new CallerGone();
      if (mayTake(who)) return sit(who);
      if (!mayWait(who)) throw full(who);
      return await waitForTurn(who, signal);
    },
  };

  function waitForTurn(who: Sharer, signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', leave);
        waiting = waiting.filter((one) => one !== place);
      };
      const place: Waiting = {
        who,
        go() {
          end();
          resolve(sit(who));
        },
      };
      const leave = () => {
        end();
        reject(new CallerGone());
      };
      const timer = setTimeout(() => {
        end();
        reject(full(who));
      }, waitMs);
      signal.addEventListener('abort', leave, { once: true });
      waiting.push(place);
    });
  }
}

export type Seats = ReturnType<typeof createSeats>;
