import { ApplicationFailure } from '@temporalio/common';
import type { FailureDetails } from '../../schemas/step-call';
import type { Effect, ErrorClass } from '../../schemas/tool';
import { DocumentError } from '../../src/documents/errors';
import { EgressError } from '../../src/egress/errors';
import { MemoryError } from '../../src/memory/errors';
import { MeaningError } from '../../src/meaning/errors';
import { StateError } from '../../src/state/errors';
import { WorkspaceError } from '../../src/workspaces/errors';
import { safeMessage } from './redact';

/** Error of a tool that knows the cause. `type` is stable and dotted, such as `http.status`. */
export interface ToolErrorOptions {
  /** `transient`: another attempt may succeed */
  class: ErrorClass;
  type: string;
  message: string;
  /** milliseconds to wait before another attempt */
  retryAfterMs?: number | undefined;
  /** JSON for diagnosis, such as JSON Pointers; no secrets */
  details?: unknown;
  cause?: unknown;
}

/** The error of tools and agents. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
  readonly class: ErrorClass;
  readonly type: string;
  readonly retryAfterMs: number | undefined;
  readonly details: unknown;

  constructor({ class: errorClass, type, message, retryAfterMs, details, cause }: ToolErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.class = errorClass;
    this.type = type;
    this.retryAfterMs = retryAfterMs;
    this.details = details;
  }
}

/**
 * Any error as a ToolError. An unforeseen one is transient where the tool may be repeated; for an effect of `once`
 * nobody knows whether it has happened: permanent, with `outcome: unknown` in the details.
 */
export function classify(error: unknown, effect: Effect): ToolError {
  if (error instanceof ToolError) return error;
  if (error instanceof DocumentError && effect !== 'once') return documentFault(error);
  if (error instanceof WorkspaceError) return refusal('file', error, 'bad_path');
  if (error instanceof MemoryError) return refusal('memory', error, 'bad_name');
  if (error instanceof StateError) return stateFault(error);
  if (error instanceof MeaningError) return meaningFault(error);
  if (error instanceof EgressError) return egressFault(error, effect);
  if (error instanceof ApplicationFailure) return fromFailure(error);
  const message = error instanceof Error ? `${error.name}: ${error.message}` : `threw ${typeof error}`;
  return unforeseen('tool.unexpected', message, effect, error);
}

/** An end that says nothing about whether the effect has happened. */
export function unforeseen(type: string, message: string, effect: Effect, cause?: unknown): ToolError {
  const once = effect === 'once';
  return new ToolError({
    class: once ? 'permanent' : 'transient',
    type,
    message: once ? `${message} (it is not known whether the effect has happened)` : message,
    ...(once ? { details: { outcome: 'unknown' } } : {}),
    cause,
  });
}

/** An error of the document store; where nothing has been done yet, or what was done may be repeated. */
export function documentFault(error: DocumentError): ToolError {
  return new ToolError({
    class: error.passing ? 'transient' : 'permanent',
    type: `documents.${error.code}`,
    message: error.message,
    cause: error,
  });
}

/** An error of the workspace or the memory, which has done nothing and would refuse again. `wrong`: a wrong argument. */
function refusal(of: string, error: WorkspaceError | MemoryError, wrong: string): ToolError {
  const { code, message } = error;
  return new ToolError({
    class: code === wrong ? 'input' : 'permanent',
    type: `${of}.${code}`,
    message,
    cause: error,
  });
}

/** An error of a state: a conflict passes, since another attempt reads what is there now. */
function stateFault(error: StateError): ToolError {
  const classes = { bad_name: 'input', too_large: 'permanent', conflict: 'transient' } as const;
  return new ToolError({
    class: classes[error.code],
    type: `state.${error.code}`,
    message: error.message,
    cause: error,
  });
}

/** An error of the memory by meaning: nothing has been kept, or the same may be kept again. */
function meaningFault(error: MeaningError): ToolError {
  const classes = { bad_space: 'input', too_large: 'permanent', quota: 'permanent', unavailable: 'transient' } as const;
  return new ToolError({
    class: classes[error.code],
    type: `memory.${error.code}`,
    message: error.message,
    cause: error,
  });
}

/**
 * An error of the way out. After an effect that cannot be repeated has been sent, nobody knows whether it has happened;
 * before that it may be tried again, and so may anything else that passes.
 */
function egressFault(error: EgressError, effect: Effect): ToolError {
  const { code, stage, message } = error;
  if (code === 'refused') return new ToolError({ class: 'policy', type: 'egress.refused', message, cause: error });
  const type = `http.${code}`;
  if (effect === 'once' && stage === 'sent') return unforeseen(type, message, effect, error);
  const repeatable = error.passing && (effect !== 'once' || stage === 'before');
  return new ToolError({ class: repeatable ? 'transient' : 'permanent', type, message, cause: error });
}

/** The same error without what `clean` takes out of its words. */
export function cleanFault(error: unknown, clean: <T>(value: T) => T): ToolError {
  const fault = platformFault(error);
  const { class: errorClass, type, retryAfterMs, details, cause } = fault;
  const message = clean(fault.message);
  if (message === fault.message && details === undefined) return fault;
  return new ToolError({ class: errorClass, type, message, retryAfterMs, details: clean(details), cause });
}

/** Errors before a tool has begun, and errors of activities that are no tools. */
export function platformFault(error: unknown): ToolError {
  return classify(error, 'none');
}

/** Failures after which another attempt follows, as the workers are configured. */
export type Retries = 'transient' | 'any' | 'none';

/**
 * The failure that Temporal stores: bounded, without secrets or causes. Retried only where its class and `retries` say
 * so; never where the arguments or the policy forbid it, or where its effect may have happened. `of`: the attempt.
 */
export function toFailure(
  error: ToolError,
  retries: Retries = 'transient',
  of: Partial<FailureDetails> = {},
): ApplicationFailure {
  const { outcome } = (error.details ?? {}) as { outcome?: unknown };
  const isAny = retries === 'any' && error.class === 'permanent' && outcome !== 'unknown';
  const retryable = retries !== 'none' && (error.class === 'transient' || isAny);
  return ApplicationFailure.create({
    type: error.type,
    message: safeMessage(error.message),
    nonRetryable: !retryable,
    details: [{ class: error.class, ...(error.details === undefined ? {} : { details: error.details }), ...of }],
    ...(retryable && error.retryAfterMs !== undefined ? { nextRetryDelay: Math.max(1, error.retryAfterMs) } : {}),
  });
}

function fromFailure(failure: ApplicationFailure): ToolError {
  return new ToolError({
    class: failure.nonRetryable ? 'permanent' : 'transient',
    type: failure.type ?? 'tool.unexpected',
    message: failure.message,
    ...(typeof failure.nextRetryDelay === 'number' ? { retryAfterMs: failure.nextRetryDelay } : {}),
  });
}
