import { workflowInfo } from '@temporalio/workflow';
import { cancelledBy } from '../core/engine/plan-end';
import { planVoice } from '../core/engine/plan-voice';
import type { ExecutionInput, ExecutionView } from '../schemas/definition/run';
import type { Failure } from '../schemas/catalogue';
import type { Json } from '../schemas/json';
import { Run, type Carried, type Conclusion } from './engine/run';

/** An execution of a workflow definition: the plan of its version is followed to its end, whatever changes meanwhile. */
export async function definition(input: ExecutionInput, carried?: Carried): Promise<Json> {
  const { execution_id, steps, requested_by, options } = input;
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
        run.speak({ type: 'WORKFLOW.STARTED', payload: { ...about, name, steps, requested_by } });
        return true;
      });
      const end = await run.follow(input.plan, input.input);
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

function viewOf({ execution_id, definition: of, plan, input, requested_by, request_digest }: ExecutionInput): Json {
  const view: ExecutionView = { execution_id, definition: of, plan, input, requested_by, request_digest };
  return view as unknown as Json;
}
