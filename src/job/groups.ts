import type { Plan } from '../../schemas/plan';
import type { TypedFault } from '../plans/check';

/** Groups in the plan of a job: what a job touches, and what the policy says to it, is told step by step. */
export const groupFaults = ({ steps }: Plan): TypedFault[] =>
  steps.flatMap(({ id, kind }, index) =>
    kind === 'group'
      ? [
          {
            pointer: `/steps/${index}/kind`,
            code: 'plan.misplaced',
            message: `a job has no groups, and "${id}" is one`,
            hint: 'give its steps one by one, or execute a workflow definition',
          },
        ]
      : [],
  );
