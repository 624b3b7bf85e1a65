import { workflowInfo } from '@temporalio/workflow';
import { planCancelled, planFailed } from '../core/engine/plan-end';
import { planVoice } from '../core/engine/plan-voice';
import type { Json } from '../schemas/json';
import type { PinningInput } from '../schemas/mcp/run';
import { Run, type Carried } from './engine/run';

/** Tools of an MCP server that a person has accepted: the workers learn of them, and everybody is told. */
export async function pinning(input: PinningInput, carried?: Carried): Promise<Json> {
  const { server, by, tools } = input;
  const id = workflowInfo().workflowId;
  const run = new Run(
    {
      process: 'pinning',
      subject: { kind: 'run', id },
      correlationId: input.correlation_id,
      title: `${tools.length} tools of the MCP server ${server}, accepted by ${by}`,
      signals: 'refuse',
      patience: { expireAfter: 0 },
      mode: 'live',
      voice: planVoice(id),
      view: () => ({ server, by, tools }),
    },
    input,
    carried,
  );

  return await run.story(
    async () => {
      const told = await run.work.io('confirmPins', { server, by, tools }, `confirm tools of ${server}`);
      const payload = { server, by, tools: told };
      return { status: 'completed', outcome: 'pinned', result: {}, last: { type: 'MCP.TOOLS_PINNED', payload } };
    },
    (error, cancelled) => (cancelled === undefined ? planFailed(id, error) : planCancelled(id, cancelled)),
  );
}
