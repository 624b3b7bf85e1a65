import type { OnError, Step } from '../../schemas/plan';

/** Steps and those within their groups, each before those that it holds. */
export const everyStep = (steps: readonly Step[]): Step[] =>
  steps.flatMap((step) => [step, ...everyStep(step.steps ?? [])]);

/** What happens when a step fails for good. */
export const onErrorOf = ({ on_error, critical }: Step): OnError =>
  on_error ?? (critical === false ? 'continue' : 'fail');
