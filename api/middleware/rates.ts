import type { Response } from 'express';
import { HttpProblem } from '../problem';

/** Requests in a minute. A minute's allowance may be used at once, and refills evenly. 0: no limit. */
export interface RateLimits {
  /** of a key; of an address, for requests that show no valid key */
  requests: number;
  /** of a key, among them: those that start or change something */
  changes: number;
}

/** The means to charge a request to somebody. */
export interface Rates {
  /** Takes one request from an allowance, and tells the caller what is left. Throws 429 if there is none. */
  charge(res: Response, what: keyof RateLimits, who: string): void;
}

/** Callers remembered; the one that came least lately is forgotten, which gives it a full allowance. */
const REMEMBERED = 10_000;

const MINUTE = 60_000;

export function createRates(limits: RateLimits, now: () => number = () => performance.now()): Rates {
  const buckets = new Map<string, { left: number; at: number }>();

  /** The allowance that somebody has now. */
  function bucketOf(name: string, limit: number): { left: number; at: number } {
    const at = now();
    const known = buckets.get(name) ?? { left: limit, at };
    const bucket = { left: Math.min(limit, known.left + (limit * (at - known.at)) / MINUTE), at };
    buckets.delete(name);
    if (buckets.size >= REMEMBERED) buckets.delete(buckets.keys().next().value ?? '');
    buckets.set(name, bucket);
    return bucket;
  }

  return {
    charge(res, what, who) {
      const limit = limits[what];
      if (limit === 0) return;
      const bucket = bucketOf(`${what} ${who}`, limit);
      const refused = bucket.left < 1;
      if (!refused) bucket.left -= 1;
      const wait = Math.max(0, Math.ceil(((1 - bucket.left) * MINUTE) / limit / 1_000));
      // a request within a stream comes after its headers
      if (!res.headersSent) {
        res.set('RateLimit-Policy', `"${what}";q=${limit};w=60`);
        res.set('RateLimit', `"${what}";r=${Math.floor(bucket.left)};t=${wait}`);
      }
      if (refused) {
        const detail = `This is more than ${limit} ${words[what]} in a minute. Try again in ${wait} s.`;
        throw new HttpProblem('too-many-requests', detail, { headers: { 'Retry-After': String(wait) } });
      }
    },
  };
}

const words = { requests: 'requests', changes: 'requests that start or change something' };
