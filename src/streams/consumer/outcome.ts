import type { ContractError } from '../../contracts/errors';
import type { DeadLetter } from '../dead-letter';
import { NotNow, Refused } from './entry';
import type { HandSettings } from './settings';

/** The reason why an entry is given up. */
export interface Reason {
  stage: DeadLetter['stage'];
  code: string;
  message: string;
  errors?: ContractError[];
}

/** The consequence of a failed attempt: the dead letters, or another attempt (`counted`: this one counts). */
export type Outcome = { next: 'bury'; reason: Reason } | { next: 'again'; counted: boolean };

/** @param attempt the failed one; counts from 1 */
export function outcomeOf(error: unknown, attempt: number, attempts: number): Outcome {
  if (error instanceof Refused) {
    const { stage, code, message, errors } = error;
    return { next: 'bury', reason: { stage, code, message, errors } };
  }
  if (error instanceof NotNow) return { next: 'again', counted: false };
  if (attempt < attempts) return { next: 'again', counted: true };
  return { next: 'bury', reason: { stage: 'handler', code: codeOf(error), message: messageOf(error) } };
}

/** The reason for giving up an entry that used all its deliveries without any attempt coming to an end. */
export const poisonReason = (deliveries: number): Reason => ({
  stage: 'handler',
  code: 'entry.poison',
  message: `delivered ${deliveries} times and never handled to the end: it probably kills the process that tries`,
});

/** Milliseconds before the next attempt: doubled each time, with jitter. */
export function delayAfter(failures: number, { retryDelay, retryDelayMax }: HandSettings): number {
  return Math.min(retryDelay * 2 ** Math.min(failures, 20), retryDelayMax) * (0.75 + Math.random() / 2);
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The stable code of a failure, if it has one. */
function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  if (typeof code === 'string' && /^[\w.:-]{1,80}$/.test(code)) return code;
  return typeof name === 'string' && name !== 'Error' ? name : 'handler.failed';
}
