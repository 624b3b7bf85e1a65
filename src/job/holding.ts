import type { Plan, Step } from '../../schemas/plan';
import type { TypedFault } from '../plans/check';

/** Kinds of steps that hold others. */
const HOLDING: readonly Step['kind'][] = ['group', 'workflow'];

/** Steps of a job's plan that hold others: what a job touches, and what the policy says to it, is told step by step. */
export const holdingFaults = ({ steps }: Plan): TypedFault[] =>
  steps.flatMap(({ id, kind }, index) =>
    HOLDING.includes(kind)
      ? [
          {
            pointer: `/steps/${index}/kind`,
            code: 'plan.misplaced',
            message: `a job has no steps of kind ${kind}, and "${id}" is one`,
            hint: 'give its steps one by one, or execute a workflow definition',
          },
        ]
      : [],
  );
