import { RunError } from '../errors';
import type { RunDependencies } from '../ports';
import { createRetrier } from '../retry';

/** Lets an execution go on that has failed or was cancelled. Throws `closed` for one that has ended otherwise. */
export const createExecutionRetrier = (dependencies: Pick<RunDependencies, 'temporal' | 'store' | 'settings'>) =>
  createRetrier(dependencies, { process: 'definition', ends: ['failed', 'cancelled'], refuse });

function refuse(status: string): RunError {
  const why =
    status === 'completed'
      ? 'The execution is completed, so there is nothing to retry: re-run it from one of its steps.'
      : `The execution is ${status}: it was ended from outside before it could keep what it had. Re-run it from one of its steps.`;
  return new RunError('closed', why);
}
