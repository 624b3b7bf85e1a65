import type { Failure } from '../../schemas/catalogue';
import type { OnError } from '../../schemas/plan';
import type { StepStatus } from '../../schemas/run';

/** The end of a step that others have stopped. */
export const STOPPED: Failure = { type: 'group.stopped', message: 'a step beside it has failed' };

/**
 * True for a step that has failed, and that what is around it goes on without: the plan, or the group or list that holds
 * it. One that others have stopped has failed nothing, and goes on where these do.
 */
export const isTolerated = (state: { status: StepStatus; error?: Failure }, on_error: OnError): boolean =>
  state.status === 'failed' && state.error?.type !== STOPPED.type && on_error === 'continue';
