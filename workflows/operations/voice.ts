import type { Failure } from '../../schemas/catalogue';
import type { Json } from '../../schemas/json';
import type { OperationInput, OperationLine } from '../../schemas/operations/run';
import type { Spoken } from '../../core/engine/event';
import type { Conclusion } from '../engine/run';
import type { Progress } from './progress';

/** The events of an operation, and how it ends. */

const about = (operation: string, { action, by, dry_run }: OperationInput) => ({ operation, action, by, dry_run });

export function started(operation: string, input: OperationInput): Spoken {
  const { filter, rate_per_second, limit, reason } = input;
  return {
    type: 'OPERATION.STARTED',
    payload: {
      ...about(operation, input),
      ...{ filter, rate_per_second, limit },
      ...(reason === undefined ? {} : { reason }),
    },
  };
}

export function progressed(
  operation: string,
  input: OperationInput,
  { counts }: Progress,
  lines: OperationLine[],
): Spoken {
  return { type: 'OPERATION.PROGRESSED', payload: { ...about(operation, input), counts, lines } };
}

export function completed(operation: string, input: OperationInput, progress: Progress): Conclusion {
  const { counts, limited } = progress;
  return {
    status: 'completed',
    result: resultOf(progress),
    last: { type: 'OPERATION.COMPLETED', payload: { ...about(operation, input), counts, limited } },
  };
}

export function ended(
  operation: string,
  input: OperationInput,
  progress: Progress,
  error: Failure,
  by: string | undefined,
): Conclusion {
  return {
    status: by === undefined ? 'failed' : 'cancelled',
    result: resultOf(progress),
    error,
    last: { type: 'OPERATION.FAILED', payload: { ...about(operation, input), counts: progress.counts, error } },
  };
}

const resultOf = ({ counts, limited, examples }: Progress): Json => ({ counts: { ...counts }, limited, examples });
