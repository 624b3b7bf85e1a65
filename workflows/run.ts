import { workflowInfo } from '@temporalio/workflow';
import type { Json } from '../schemas/json';
import type { PlanRunInput } from '../schemas/run';
import { planCancelled, planEnd, planFailed } from '../core/engine/plan-end';
import { planVoice } from '../core/engine/plan-voice';
import { Run, type Carried } from './engine/run';

/** A run of a plan that somebody has written: it is followed to its end, and tells every step. */
export async function run(input: PlanRunInput, carried?: Carried): Promise<Json> {
  const id = workflowInfo().workflowId;
  const run = new Run(
    {
      process: 'run',
      subject: { kind: 'run', id },
      correlationId: input.correlation_id,
      title: input.title,
      signals: input.options.approval_signals,
      patience: { expireAfter: input.options.expire_after },
      mode: input.mode,
      voice: planVoice(id),
      isItsPlan: true,
      view: () => ({ title: input.title, plan: input.plan }),
    },
    input,
    carried,
  );

  return await run.story(
    async () => {
      await run.once('started', () => {
        run.speak({ type: 'RUN.STARTED', payload: { run: id, plan: input.title, steps: input.steps } });
        return true;
      });
      const { result, ...outcome } = await run.follow(input.plan, input.input);
      return planEnd(id, outcome, result);
    },
    (error, by) => (by === undefined ? planFailed(id, error) : planCancelled(id, by)),
  );
}
