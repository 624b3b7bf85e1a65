import { workflowInfo } from '@temporalio/workflow';
import { cancelledBy } from '../core/engine/plan-end';
import { planVoice } from '../core/engine/plan-voice';
import type { ExecutionInput, ExecutionView } from '../schemas/definition/run';
import type { Failure } from '../schemas/catalogue';
import type { Json } from '../schemas/json';
import { Run, type Carried, type Conclusion, type Retry } from './engine/run';

/** An execution of a workflow definition: the plan of its version is followed to its end, whatever changes meanwhile. */
export async function definition(input: ExecutionInput, carried?: Carried): Promise<Json> {
  const { execution_id, steps, requested_by, rerun, options } = input;
  const { id: definition_id, version, name } = input.definition;
  const about = { execution_id, definition_id, version };
  const run = new Run(
    {
      process: 'definition',
      subject: { kind: 'execution', id: execution_id },
      correlationId: input.correlation_id,
      title: `${name} (version ${version})`,
      signals: options.approval_signals,
      patience: { expireAfter: options.expire_after },
      mode: 'live',
      isRetried: ['failed', 'cancelled'],
      voice: planVoice(workflowInfo().workflowId),
      view: () => viewOf(input),
    },
    input,
    carried,
  );
  const failed = (error: Failure): Conclusion => ({
    status: 'failed',
    result: null,
    error,
    last: { type: 'WORKFLOW.FAILED', payload: { ...about, error } },
  });
  const cancelled = (by: string): Conclusion => ({
    status: 'cancelled',
    result: null,
    error: cancelledBy(by),
    last: { type: 'WORKFLOW.CANCELLED', payload: { ...about, by } },
  });

  return await run.story(
    async () => {
      await run.once('started', () => {
        const came = rerun && { rerun_of: rerun.of, from_step: rerun.from_step };
        run.speak({ type: 'WORKFLOW.STARTED', payload: { ...about, name, steps, requested_by, ...came } });
        return true;
      });
      if (carried?.retry) await run.takeBack(carried.retry, (retry) => retried(run, about, retry));
      const end = await run.follow(input.plan, input.input, rerun?.table);
      switch (end.status) {
        case 'completed':
          return { status: 'completed', result: end.result, last: { type: 'WORKFLOW.COMPLETED', payload: about } };
        case 'failed':
          return failed({ ...end.error, message: `${end.step}: ${end.error.message}` });
        case 'cancelled':
          return cancelled(end.by);
      }
    },
    (error, by) => (by === undefined ? failed(error) : cancelled(by)),
  );
}

/** The execution has ended before, and goes on from its failed steps. */
function retried(
  run: Run,
  about: { execution_id: string; definition_id: string; version: number },
  { by, steps = [] }: Retry,
): void {
  run.speak({ type: 'WORKFLOW.RETRIED', payload: { ...about, by } });
  for (const { step, round } of steps)
    run.speak({ type: 'TASK.RETRIED', payload: { run: run.id, step, round, reason: `asked for by ${by}` } });
}

function viewOf({ definition: of, rerun, ...rest }: ExecutionInput): Json {
  const { execution_id, plan, input, requested_by, request_digest } = rest;
  const view: ExecutionView = {
    ...{ execution_id, definition: of, plan, input, requested_by, request_digest },
    ...{ rerun_of: rerun?.of, from_step: rerun?.from_step },
  };
  return view as unknown as Json;
}
