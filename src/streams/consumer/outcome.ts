import type { ContractError } from '../../contracts/errors';
import type { DeadLetter } from '../dead-letter';
import { NotNow, Refused } from './entry';
import type { HandSettings } from './settings';

/** Why an entry is given up. */
export interface Reason {
  stage: DeadLetter['stage'];
  code: string;
  message: string;
  errors?: ContractError[];
}

/** What a failed attempt leads to: the dead letters, or another attempt, before which this one counts or does not. */
export type Outcome = { next: 'bury'; reason: Reason } | { next: 'again'; counted: boolean };

/** @param attempt the one that failed; counts from 1 */
export function outcomeOf(error: unknown, attempt: number, attempts: number): Outcome {
  if (error instanceof Refused) {
    const { stage, code, message, errors } = error;
    return { next: 'bury', reason: { stage, code, message, errors } };
  }
  if (error instanceof NotNow) return { next: 'again', counted: false };
  if (attempt < attempts) return { next: 'again', counted: true };
  return { next: 'bury', reason: { stage: 'handler', code: codeOf(error), message: wordsOf(error) } };
}

/** An entry that Redis has delivered as often as it may be, and that no attempt has brought to an end. */
export const poison = (deliveries: number): Reason => ({
  stage: 'handler',
  code: 'entry.poison',
  message: `delivered ${deliveries} times and never handled to an end: it stops the process that tries`,
});

/** Milliseconds before the next attempt: twice as many each time, by chance some more or less. */
export function delayAfter(failures: number, { retryDelay, retryDelayMax }: HandSettings): number {
  return Math.min(retryDelay * 2 ** Math.min(failures, 20), retryDelayMax) * (0.75 + Math.random() / 2);
}

export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The stable name of a failure, where it has one. */
function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  if (typeof code === 'string' && /^[\w.:-]{1,80}$/.test(code)) return code;
  return typeof name === 'string' && name !== 'Error' ? name : 'handler.failed';
}
