/** A limit by the minute; undefined is none. */
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
 * How often, and how much, each key may ask in a minute. What is allowed in a minute comes back evenly, so a key may
 * use it at once and then has to wait. Tokens are taken at their bound, and what was not used is given back.
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
    /** Takes a call in; or gives the milliseconds to wait, and takes nothing. */
    take(key: string, rate: Rate, tokens: number): { waitMs: number; what: 'requests' | 'tokens' } | undefined {
      const has = bucket(key, rate);
      // what is larger than a minute's worth has to wait for all of it
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
    /** Gives back what a call was taken for and did not use. */
    giveBack(key: string, rate: Rate, tokens: number): void {
      if (rate.tokens === undefined) return;
      const has = bucket(key, rate);
      has.tokens = Math.min(rate.tokens, has.tokens + tokens);
    },
  };
}

export type Rates = ReturnType<typeof createRates>;
