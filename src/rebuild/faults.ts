import { RedisUnavailable } from '../redis/errors';
import { TemporalError, isPassing } from '../temporal/errors';

/** Errors of ioredis for a closed connection, or an answer that is late. */
const AWAY = /Connection is closed|Command timed out|isn't writeable|Socket closed|ECONN|EPIPE|ETIMEDOUT|max retries/i;

/** True if Redis or Temporal is away: the same work may succeed later. */
export function isAway(error: unknown): boolean {
  if (error instanceof RedisUnavailable) return true;
  if (error instanceof TemporalError) return isPassing(error.fault);
  if (!(error instanceof Error)) return false;
  if (error.name === 'MaxRetriesPerRequestError' || error.name === 'AbortError') return true;
  return AWAY.test(error.message) || /^(LOADING|BUSY|READONLY|MISCONF|OOM|MASTERDOWN|TRYAGAIN)\b/.test(error.message);
}
