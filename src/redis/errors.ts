/**
 * Redis cannot take the command now and may later: `away` if no answer came (connection, time limit, breaker),
 * otherwise Redis answered that it cannot at the moment. The command may have taken effect all the same.
 */
export class RedisUnavailable extends Error {
  override readonly name = 'RedisUnavailable';
  constructor(
    message: string,
    readonly away: boolean,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** Redis answers and refuses: a wrong type behind a key, missing rights, a faulty script. A person has to fix it. */
export class RedisRefused extends Error {
  override readonly name = 'RedisRefused';
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
  }
}

/**
 * Error codes of a Redis that will take the same command later: it is loading, fails over, runs a long script, or is
 * out of memory or disk until somebody adds some. An event must outlive all of these, so they are transient.
 */
const PASSING = [
  'LOADING',
  'BUSY',
  'READONLY',
  'MISCONF',
  'OOM',
  'NOREPLICAS',
  'MASTERDOWN',
  'CLUSTERDOWN',
  'TRYAGAIN',
  'UNBLOCKED',
];

/** Sorts whatever ioredis or the socket threw into the two kinds of failure. */
export function redisError(error: unknown): RedisUnavailable | RedisRefused {
  if (error instanceof RedisUnavailable || error instanceof RedisRefused) return error;
  const message = error instanceof Error ? error.message : String(error);
  // By name, because two copies of ioredis, or of a wrapper around it, have two classes.
  const answered = error instanceof Error && error.name === 'ReplyError';
  if (!answered) return new RedisUnavailable(`Redis is away: ${message}`, true, { cause: error });
  const code = message.slice(0, message.search(/[^A-Z]|$/));
  // An error inside a script keeps the code of the command that failed.
  return PASSING.includes(code)
    ? new RedisUnavailable(`Redis cannot take it now: ${message}`, false, { cause: error })
    : new RedisRefused(`Redis refuses: ${message}`, { cause: error });
}
