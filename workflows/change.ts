import { workflowInfo } from '@temporalio/workflow';
import { planCancelled, planFailed } from '../core/engine/plan-end';
import { planVoice } from '../core/engine/plan-voice';
import type { ChangeInput } from '../schemas/change/run';
import type { Json } from '../schemas/json';
import { Run, type Carried, type Conclusion } from './engine/run';

/** A change to what is kept outside of runs: it is made, and told. */
export async function change(input: ChangeInput, carried?: Carried): Promise<Json> {
  const { change: wanted, by } = input;
  const id = workflowInfo().workflowId;
  const run = new Run(
    {
      process: 'change',
      subject: { kind: 'run', id },
      correlationId: input.correlation_id,
      title: titleOf(input),
      signals: 'refuse',
      patience: { expireAfter: 0 },
      mode: 'live',
      voice: planVoice(id),
      view: () => ({ ...wanted, by }),
    },
    input,
    carried,
  );

  return await run.story(
    () => made(run, input),
    (error, cancelled) => (cancelled === undefined ? planFailed(id, error) : planCancelled(id, cancelled)),
  );
}

async function made(run: Run, input: ChangeInput): Promise<Conclusion> {
  const { change: wanted, by } = input;
  switch (wanted.what) {
    case 'webhook': {
      const { webhook_id, state, reason } = wanted;
      await run.work.io('switchWebhook', { webhook_id, state, reason, by }, titleOf(input));
      const type = state === 'enabled' ? ('WEBHOOK.ENABLED' as const) : ('WEBHOOK.DISABLED' as const);
      const payload = { webhook_id, by, ...(reason === undefined ? {} : { reason }) };
      return { status: 'completed', outcome: state, result: null, last: { type, payload } };
    }
    case 'memory': {
      const { what: _, ...choice } = wanted;
      // it may be large: it goes where work that takes long does
      const deleted = await run.work.io('deleteMemory', choice, titleOf(input), 'tools');
      const payload = { ...choice, by, ...deleted };
      return { status: 'completed', outcome: 'deleted', result: deleted, last: { type: 'MEMORY.DELETED', payload } };
    }
  }
}

function titleOf({ change: wanted, by }: ChangeInput): string {
  if (wanted.what === 'webhook') return `webhook ${wanted.webhook_id} ${wanted.state} by ${by}`.slice(0, 200);
  const of = 'workflow' in wanted ? `workflow ${wanted.workflow}` : wanted.namespace;
  return `memory of ${of} deleted by ${by}`.slice(0, 200);
}
