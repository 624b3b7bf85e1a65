import type { OnError, Step } from '../../schemas/plan';

/** Steps and those within their groups, each before those that it holds. */
export const everyStep = <S extends { steps?: S[] }>(steps: readonly S[]): S[] =>
  steps.flatMap((step) => [step, ...everyStep(step.steps ?? [])]);

/** What happens when a step fails for good. */
export const onErrorOf = ({ on_error, critical }: Step): OnError =>
  on_error ?? (critical === false ? 'continue' : 'fail');
