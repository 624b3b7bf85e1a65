import { classifyTemporalError, type TemporalError } from '../temporal/errors';
import type { TemporalPort } from '../temporal/client';
import { PAYLOAD_LIMIT } from '../temporal/bounds';
import { RunError } from './errors';

/** Seconds after which a caller may try again. */
const RETRY_AFTER = 5;

const away = (cause: unknown) =>
  new RunError('unavailable', 'Temporal does not answer. Nothing was lost; try again in a few seconds.', {
    retryAfter: RETRY_AFTER,
    cause,
  });

/**
 * Turns a fault of Temporal that no caller can handle into one of ours. A missing answer is looked into: is the
 * server away, or only the worker?
 */
export async function explainFault(temporal: TemporalPort, error: unknown): Promise<RunError> {
  if (error instanceof RunError) return error;
  const fault: TemporalError = classifyTemporalError(error);
  switch (fault.fault) {
    case 'unavailable':
      return away(fault);
    case 'deadline':
      return (await temporal.answers(500)) ? noWorker(fault) : away(fault);
    case 'no_worker':
    case 'not_ready':
      return noWorker(fault);
    case 'not_found':
    case 'closed':
      return new RunError('not_found', 'There is no such run.', { cause: fault });
    case 'too_large':
      return new RunError(
        'too_large',
        `A run takes ${PAYLOAD_LIMIT / 1024} KiB in one message, and this is more. Rows, corrections and files have ` +
          'addresses of their own, which take more.',
        { cause: fault },
      );
    case 'denied':
      return new RunError('unavailable', 'Temporal refuses the credentials that this server was given.', {
        retryAfter: 60,
        cause: fault,
      });
    case 'misconfigured':
      return new RunError(
        'unavailable',
        'Temporal lacks the namespace or the search attributes AweKind, AweStatus, AweSubject; `awe up` makes them.',
        { retryAfter: 60, cause: fault },
      );
    default:
      throw fault;
  }
}

function noWorker(cause: unknown): RunError {
  return new RunError('no_worker', 'No worker answers for this run at the moment. It goes on when one is back.', {
    retryAfter: RETRY_AFTER,
    cause,
  });
}
