import type { Json } from '../../schemas/json';

/** Outcomes of a request besides success. A closed set: the API, the CLI and consumers each translate it once. */
export type RunFault =
  | 'invalid' // the request cannot be understood; `errors` point to the places
  | 'not_found' // nothing has this id
  | 'conflict' // the id belongs to another request
  | 'key_reused' // the idempotency key belongs to another body
  | 'decided' // somebody else was first
  | 'digest_mismatch' // the matter shown has changed since
  | 'forbidden' // this person may not
  | 'closed' // the run or the question has ended
  | 'too_large' // more than the platform takes
  | 'stuck' // the run cannot go on with the code of the workers
  | 'no_worker' // no worker answers for the run; one may later
  | 'unavailable'; // Temporal or the document store is away; later it may be back

export interface Pointed {
  /** a JSON Pointer into the body, or a parameter's name */
  pointer: string;
  detail: string;
}

export class RunError extends Error {
  override readonly name = 'RunError';

  constructor(
    readonly fault: RunFault,
    /** for the caller: the event, and the remedy */
    message: string,
    readonly more: { errors?: Pointed[]; retryAfter?: number; facts?: Record<string, Json>; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
  }
}

/** Runs work and adds facts to its faults, such as an id with which the caller can try again. */
export async function withFacts<T>(facts: Record<string, Json>, part: () => Promise<T>): Promise<T> {
  try {
    return await part();
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    throw new RunError(error.fault, error.message, { ...error.more, facts: { ...error.more.facts, ...facts } });
  }
}

export const notFound = (what: string): RunError => new RunError('not_found', what);

/** No run has this id; a caller that knows it by another name can match `facts.workflow_id`. */
export const noSuchRun = (workflowId: string): RunError =>
  new RunError('not_found', `There is no run ${workflowId}.`, { facts: { workflow_id: workflowId } });

export const invalid = (message: string, errors: Pointed[]): RunError => new RunError('invalid', message, { errors });
