import { workflowInfo } from '@temporalio/workflow';
import type { Json } from '../schemas/json';
import type { PlanRunInput } from '../schemas/run';
import { Run, type Carried, type Conclusion } from './engine/run';
import { planVoice } from './engine/plan-voice';

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
      view: () => ({ title: input.title }),
    },
    input,
    carried,
  );

  return await run.story(
    async (): Promise<Conclusion> => {
      await run.once('started', () => {
        run.speak({ type: 'RUN.STARTED', payload: { run: id, plan: input.title, steps: input.steps } });
        return true;
      });
      const end = await run.follow(input.plan, input.input);
      switch (end.status) {
        case 'completed':
          return {
            status: 'completed',
            result: end.result as Json,
            last: { type: 'RUN.COMPLETED', payload: { run: id } },
          };
        case 'cancelled':
          return cancelled(id, end.by);
        case 'failed':
          return failed(id, { type: end.error.type, message: `${end.step}: ${end.error.message}` });
      }
    },
    (error, by) => (by === undefined ? failed(id, error) : cancelled(id, by)),
  );
}

function failed(run: string, error: { type: string; message: string }): Conclusion {
  return { status: 'failed', result: null, error, last: { type: 'RUN.FAILED', payload: { run, error } } };
}

function cancelled(run: string, by: string): Conclusion {
  const error = { type: 'run.cancelled', message: `cancelled by ${by}` };
  return { status: 'cancelled', result: null, error, last: { type: 'RUN.CANCELLED', payload: { run, by } } };
}
