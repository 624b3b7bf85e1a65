/** Limits per minute; undefined is none. */
export interface Rate {
  requests?: number;
  tokens?: number;
}

interface Bucket {
  requests: number;
  tokens: number;
  at: number;
}

/**
 * Rates of requests and tokens per key and minute. A minute's allowance refills evenly, so a key may use it at once and
 * then has to wait. Tokens are taken at their bound, and unused ones are given back.
 */
export function createRates(now: () => number = () => performance.now()) {
  const buckets = new Map<string, Bucket>();

  function bucket(key: string, rate: Rate): Bucket {
    const full = { requests: rate.requests ?? Infinity, tokens: rate.tokens ?? Infinity };
    const found = buckets.get(key) ?? { ...full, at: now() };
    const minutes = (now() - found.at) / 60_000;
    const filled = (has: number, limit: number) =>
      limit === Infinity ? Infinity : Math.min(limit, has + limit * minutes);
    found.requests = filled(found.requests, full.requests);
    found.tokens = filled(found.tokens, full.tokens);
    found.at = now();
    buckets.set(key, found);
    return found;
  }

  return {
    /** Takes the allowance of a call; or takes nothing, and answers the milliseconds to wait. */
    take(key: string, rate: Rate, tokens: number): { waitMs: number; what: 'requests' | 'tokens' } | undefined {
      const has = bucket(key, rate);
      // a call larger than a minute's allowance waits for all of it
      const wanted = Math.min(tokens, rate.tokens ?? Infinity);
      const wait = (missing: number, limit = Infinity) => (missing <= 0 ? 0 : (missing / limit) * 60_000);
      const waits = {
        requests: wait(1 - has.requests, rate.requests),
        tokens: wait(wanted - has.tokens, rate.tokens),
      };
      const what = waits.requests > waits.tokens ? 'requests' : 'tokens';
      if (waits[what] > 0) return { waitMs: Math.max(1, Math.ceil(waits[what])), what };
      has.requests -= 1;
      has.tokens -= tokens;
      return undefined;
    },
    /** Gives back tokens that a call did not use. */
    giveBack(key: string, rate: Rate, tokens: number): void {
      if (rate.tokens === undefined) return;
      const has = bucket(key, rate);
      has.tokens = Math.min(rate.tokens, has.tokens + tokens);
    },
  };
}

export type Rates = ReturnType<typeof createRates>;
