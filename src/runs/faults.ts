import { classifyTemporalError, type TemporalError, type TemporalFault } from '../temporal/errors';
import type { TemporalPort } from '../temporal/client';
import { findStuck, type StuckRun } from '../temporal/stuck';
import { PAYLOAD_LIMIT } from '../temporal/bounds';
import { RunError } from './errors';

/** Seconds after which a caller may try again; after which somebody may have started workers that fit a run. */
const RETRY_AFTER = 5;
const RETRY_STUCK = 60;

const away = (cause: unknown) =>
  new RunError('unavailable', 'Temporal does not answer. Nothing was lost; try again in a few seconds.', {
    retryAfter: RETRY_AFTER,
    cause,
  });

/** Matter of a call to Temporal. */
export interface Asked {
  /** its noun, for the caller; a run unless given */
  noun?: string;
  /** workflow id of the run that has to answer by a worker; without it, Temporal answers alone */
  run?: string;
}

/**
 * Turns a fault of Temporal that no caller can handle into one of ours. A missing answer is looked into: is the
 * server away, only the worker, or is the run stuck that was asked?
 */
export async function explainFault(
  temporal: TemporalPort,
  error: unknown,
  { noun = 'run', run }: Asked = {},
): Promise<RunError> {
  if (error instanceof RunError) return error;
  const fault: TemporalError = classifyTemporalError(error);
  const stuck = run !== undefined && unanswered.has(fault.fault) && (await lookUp(temporal, run));
  if (stuck) return standsStill(stuck, noun, fault);
  const silent = run === undefined ? notNow : noWorker;
  switch (fault.fault) {
    case 'unavailable':
      return away(fault);
    case 'deadline':
      return (await temporal.answers(500)) ? silent(noun, fault) : away(fault);
    case 'no_worker':
    case 'not_ready':
      return silent(noun, fault);
    case 'not_found':
    case 'closed':
      return new RunError('not_found', `There is no such ${noun}.`, { cause: fault });
    case 'too_large':
      return new RunError(
        'too_large',
        `A ${noun} takes ${PAYLOAD_LIMIT / 1024} KiB in one message, and this is more. Rows, corrections and files have ` +
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
        'Temporal lacks the namespace or the search attributes AweKind, AweStatus, AweSubject, AweDefinition, AweRerunOf; `awe up` makes them.',
        { retryAfter: 60, cause: fault },
      );
    default:
      throw fault;
  }
}

/** Faults of a question that the run itself has not answered. */
const unanswered: ReadonlySet<TemporalFault> = new Set(['deadline', 'no_worker', 'not_ready', 'unexpected']);

const lookUp = (temporal: TemporalPort, workflowId: string) => findStuck(temporal, workflowId).catch(() => undefined);

function standsStill(run: StuckRun, noun: string, cause: unknown): RunError {
  const { since, attempts, reason } = run;
  return new RunError(
    'stuck',
    `The ${noun} stands still since ${since}, after ${attempts} attempts: ${reason}. Nothing is lost; it goes on with ` +
      'workers of the release that began it.',
    { retryAfter: RETRY_STUCK, facts: { run: { ...run } }, cause },
  );
}

function noWorker(noun: string, cause: unknown): RunError {
  return new RunError('no_worker', `No worker answers for this ${noun} at the moment. It goes on when one is back.`, {
    retryAfter: RETRY_AFTER,
    cause,
  });
}

/** Temporal is there, and has not answered this: no worker is asked for it. */
function notNow(noun: string, cause: unknown): RunError {
  return new RunError(
    'unavailable',
    `Temporal answers, but not for this ${noun} at the moment. Nothing was lost; try again in a few seconds.`,
    { retryAfter: RETRY_AFTER, cause },
  );
}
