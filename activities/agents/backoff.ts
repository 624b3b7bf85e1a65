import { DelegateBackoff, type IBackoffFactory, type IRetryBackoffContext } from 'cockatiel';
import { ToolError } from '../tools/errors';

/** Pauses between tries, milliseconds: they double from `initialMs`, up to `maxMs`. */
export interface RetrySettings {
  initialMs: number;
  maxMs: number;
}

/** Half of each pause is random, so that agents do not come back all at once; a request to wait longer is obeyed. */
export function backoffOf(
  { initialMs, maxMs }: RetrySettings,
  random: () => number = Math.random,
): IBackoffFactory<IRetryBackoffContext<unknown>> {
  return new DelegateBackoff(({ attempt, result }) => {
    const full = Math.min(maxMs, initialMs * 2 ** (attempt - 1));
    const wished = 'error' in result && result.error instanceof ToolError ? (result.error.retryAfterMs ?? 0) : 0;
    return Math.max(wished, Math.round(full * (0.5 + random() / 2)));
  });
}
