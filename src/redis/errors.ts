/**
 * Redis can not take it now and may later: `away` when no answer came (connection, time limit, breaker), else Redis
 * answered that it can not at the moment. What was asked for may have happened all the same.
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

/** Redis is there and refuses: a wrong type behind a key, missing rights, a faulty script. A person has to mend it. */
export class RedisRefused extends Error {
  override readonly name = 'RedisRefused';
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
  }
}

/**
 * Answers of a Redis that will take the same command later, without anything being changed about the command: it is
 * loading, fails over, runs a long script, or has no memory or disk left until somebody gives it some. An event must
 * outlive all of these, so they are transient.
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

/** Tells the two kinds of failure apart, whatever ioredis or the socket threw. */
export function redisError(error: unknown): RedisUnavailable | RedisRefused {
  if (error instanceof RedisUnavailable || error instanceof RedisRefused) return error;
  const message = error instanceof Error ? error.message : String(error);
  // By name: two copies of ioredis, or of a wrapper around it, have two classes.
  const answered = error instanceof Error && error.name === 'ReplyError';
  if (!answered) return new RedisUnavailable(`Redis is away: ${message}`, true, { cause: error });
  const code = message.slice(0, message.search(/[^A-Z]|$/));
  // An error inside a script keeps the code of the command that failed.
  return PASSING.includes(code)
    ? new RedisUnavailable(`Redis can not take it now: ${message}`, false, { cause: error })
    : new RedisRefused(`Redis refuses: ${message}`, { cause: error });
}
