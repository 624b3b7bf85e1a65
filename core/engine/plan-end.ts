import type { Failure } from '../../schemas/catalogue';
import type { Json } from '../../schemas/json';
import type { Spoken } from './event';
import type { PlanOutcome } from './job';

/** End of a run in the words of its process; `last` is its last event. */
export interface PlanEnd {
  status: 'completed' | 'failed' | 'cancelled';
  /** in the process's own word, where its status does not say it: `exported` */
  outcome?: string;
  result: Json;
  error?: Failure;
  last: Spoken;
}

/** The end of a run that is nothing but its plan, under the names that every plan's events have. */
export function planEnd(run: string, outcome: PlanOutcome, result: Json): PlanEnd {
  switch (outcome.status) {
    case 'completed':
      return { status: 'completed', result, last: { type: 'RUN.COMPLETED', payload: { run } } };
    case 'failed': {
      const { type, message } = outcome.error;
      return planFailed(run, { type, message: `${outcome.step}: ${message}` });
    }
    case 'cancelled':
      return planCancelled(run, outcome.by);
  }
}

export function planFailed(run: string, error: Failure): PlanEnd {
  const last: Spoken = { type: 'RUN.FAILED', payload: { run, error } };
  return { status: 'failed', result: null, error, last };
}

export function planCancelled(run: string, by: string): PlanEnd {
  const last: Spoken = { type: 'RUN.CANCELLED', payload: { run, by } };
  return { status: 'cancelled', result: null, error: cancelledBy(by), last };
}

/** The failure of a run that somebody has cancelled. */
export const cancelledBy = (by: string): Failure => ({ type: 'run.cancelled', message: `cancelled by ${by}` });
