import {
  isGrpcServiceError,
  QueryNotRegisteredError,
  QueryRejectedError,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';

/**
 * Faults of a call to Temporal.
 * - `unavailable`: the server is away, or too busy to answer
 * - `deadline`: no answer in time; for a query or an update that usually means that no worker polls the queue
 * - `no_worker`: the server itself says that no worker polls the queue
 * - `not_ready`: the run has not had its first workflow task yet
 * - `not_found`: no such execution or schedule, or it is closed and the call needs an open one
 * - `closed`: a query that asked for an open execution found a closed one
 * - `already_exists`: an execution with this id exists, or did; or a schedule does
 * - `rejected`: the workflow refused the update, with a reason
 * - `too_large`: the message is over a limit of the server
 * - `denied`: the credentials do not suffice
 * - `misconfigured`: namespace or search attributes are missing
 * - `unexpected`: anything else
 */
export type TemporalFault =
  | 'unavailable'
  | 'deadline'
  | 'no_worker'
  | 'not_ready'
  | 'not_found'
  | 'closed'
  | 'already_exists'
  | 'rejected'
  | 'too_large'
  | 'denied'
  | 'misconfigured'
  | 'unexpected';

export class TemporalError extends Error {
  override readonly name = 'TemporalError';

  constructor(
    readonly fault: TemporalFault,
    message: string,
    options?: { cause?: unknown; reason?: string },
  ) {
    super(message, { cause: options?.cause });
    this.reason = options?.reason;
  }

  /** The stable type of a workflow's own refusal. */
  readonly reason: string | undefined;
}

/** Codes of gRPC that are told apart here. */
const grpc = {
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
} as const;

/** Turns any error of the Temporal client into one with a stable fault. The only place that does. */
export function classifyTemporalError(error: unknown): TemporalError {
  if (error instanceof TemporalError) return error;
  const say = (fault: TemporalFault, reason?: string) =>
    new TemporalError(fault, error instanceof Error ? error.message : String(error), { cause: error, reason });

  if (error instanceof WorkflowExecutionAlreadyStartedError || error instanceof ScheduleAlreadyRunning)
    return say('already_exists');
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return say('deadline');
  if (error instanceof QueryRejectedError) return say('closed');
  if (error instanceof QueryNotRegisteredError) {
    return /before it can be queried|not ready/i.test(error.message) ? say('not_ready') : say('unexpected');
  }
  if (error instanceof WorkflowUpdateFailedError) {
    const reason = error.cause instanceof ApplicationFailure ? (error.cause.type ?? undefined) : undefined;
    // a run that closes while an update is on its way answers with a failure of this type, not with NOT_FOUND
    return say(reason === 'AcceptedUpdateCompletedWorkflow' ? 'not_found' : 'rejected', reason);
  }
  if (error instanceof WorkflowNotFoundError || error instanceof ScheduleNotFoundError) return say('not_found');

  const status = grpcStatus(error);
  if (!status) return say(isConnectionFault(error) ? 'unavailable' : 'unexpected');
  switch (status.code) {
    case grpc.UNAVAILABLE:
      return say('unavailable');
    case grpc.RESOURCE_EXHAUSTED:
      return say(/larger than max|message size|exceeds/i.test(status.details) ? 'too_large' : 'unavailable');
    case grpc.DEADLINE_EXCEEDED:
    case grpc.CANCELLED:
      return say('deadline');
    case grpc.NOT_FOUND:
      return say(/namespace .* is not found/i.test(status.details) ? 'misconfigured' : 'not_found');
    case grpc.ALREADY_EXISTS:
      return say('already_exists');
    case grpc.PERMISSION_DENIED:
    case grpc.UNAUTHENTICATED:
      return say('denied');
    case grpc.FAILED_PRECONDITION:
      if (/no poller/i.test(status.details)) return say('no_worker');
      return say(/workflow task|not ready|busy|buffer/i.test(status.details) ? 'not_ready' : 'unexpected');
    case grpc.INVALID_ARGUMENT:
      if (/search attribute/i.test(status.details)) return say('misconfigured');
      if (/before it can be queried|not ready/i.test(status.details)) return say('not_ready');
      return say(/exceeds|too large|blob data size/i.test(status.details) ? 'too_large' : 'unexpected');
    default:
      return say(isConnectionFault(error) ? 'unavailable' : 'unexpected');
  }
}

/** True if the same call may succeed a little later. */
export const isPassing = (fault: TemporalFault): boolean =>
  fault === 'unavailable' || fault === 'deadline' || fault === 'no_worker' || fault === 'not_ready';

function grpcStatus(error: unknown): { code: number; details: string } | undefined {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
    if (isGrpcServiceError(current)) return { code: current.code, details: current.details ?? current.message };
  }
  return undefined;
}

function isConnectionFault(error: unknown): boolean {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
    if (
      /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EPIPE|Failed to connect|Channel has been shut down/.test(
        current.message,
      )
    ) {
      return true;
    }
  }
  return false;
}
