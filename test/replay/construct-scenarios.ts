/** Scenarios of constructs of workflow definitions, one each: branches, repetition, fallbacks, executions within executions. */
import type { WorkflowHandle } from '@temporalio/client';
import type { DefinitionStep } from '../../schemas/definition/definition';
import { messages } from '../../schemas/run';
import { keepDefinition } from '../support/definitions';
import { decide, statusOf, type Stack } from '../support/stack';
import { until } from '../support/until';
import { contentOf, execution, hold, note } from './definition-scenarios';
import type { Scenario } from './scenarios';

const asks = (handle: WorkflowHandle) => until(async () => (await statusOf(handle)).approvals.length === 1);
const work = (step_id: string, n: string): DefinitionStep =>
  note(step_id, { tool: 'test.work', parameters: { n: `\${{ ${n} }}` } });

/** The execution within one, once it asks its question. */
async function askingWithin(stack: Stack, handle: WorkflowHandle): Promise<WorkflowHandle> {
  let inner: string | undefined;
  await until(async () => {
    const { raw } = await handle.describe();
    inner = raw.pendingChildren?.find(({ runId }) => runId)?.workflowId ?? undefined;
    return inner !== undefined;
  });
  const child = stack.client.workflow.getHandle(inner!);
  await asks(child);
  return child;
}

export const constructScenarios: { [name: string]: Scenario } = {
  'definition.fallback': execution(
    contentOf(
      note('main', { tool: 'test.fail', on_error: { fallback: 'spare' } }),
      work('spare', 'input.n'),
      note('lost', { tool: 'test.fail', on_error: 'continue' }),
      note('after', { depends_on: ['main', 'lost'] }),
    ),
  ),
  'definition.while': execution(
    contentOf({
      ...{ step_id: 'rounds', step_type: 'loop', while: 'steps.rounds.output.n < 3', max_iterations: 5 },
      steps: [note('once', { tool: 'test.work', parameters: { n: 3 } })],
    }),
  ),
  'definition.while-ends-at-its-bound': execution(
    contentOf({
      ...{ step_id: 'rounds', step_type: 'loop', while: 'steps.rounds.output.last.n < 9', max_iterations: 2 },
      steps: [work('first', 'index'), note('last', { parameters: { n: '${{ steps.first.output.n }}' } })],
    }),
  ),
  'definition.parallel': execution(
    contentOf(
      { step_id: 'side', step_type: 'parallel', steps: [work('a', 'input.n'), note('b'), work('c', 'input.n + 1')] },
      { step_id: 'pause', step_type: 'wait', depends_on: ['side'], parameters: { for: '200ms' } },
      note('after', { depends_on: ['pause'], parameters: { of: '${{ steps.side.output.c.n }}' } }),
    ),
  ),
  'definition.approval': execution(
    contentOf(hold, note('after', { depends_on: ['hold'], parameters: { by: '${{ steps.hold.output.by }}' } })),
    async (handle) => {
      await asks(handle);
      await decide(handle, { approval_id: 'hold', choice: 'approve', by: 'ann' });
    },
  ),
  'definition.long-list': execution(
    contentOf({
      ...{ step_id: 'each', step_type: 'loop', max_parallel: 50 },
      items: `[${Array.from({ length: 520 }, (_, n) => n).join(', ')}]`,
      steps: [work('one', 'item')],
    }),
  ),
  'definition.sub-workflow-paused': async (parts) => {
    const { stack } = parts;
    await keepDefinition(stack, { id: 'asking', ...contentOf(hold, note('after', { depends_on: ['hold'] })) });
    const inner: DefinitionStep = { step_id: 'sub', step_type: 'sub_workflow', workflow: 'asking' };
    const meanwhile = async (handle: WorkflowHandle): Promise<void> => {
      const child = await askingWithin(stack, handle);
      await handle.signal(messages.pause, { by: 'ann' });
      await until(async () => (await statusOf(child)).status === 'paused');
      await handle.signal(messages.resume, { by: 'ann' });
      await until(async () => (await statusOf(child)).status === 'waiting');
      await decide(child, { approval_id: 'hold', choice: 'approve', by: 'ann' });
    };
    return await execution(contentOf(inner), meanwhile, new Map([['asking', { version: 1 }]]))(parts);
  },
};
