/** Scenarios of workflow definitions: executions of each kind of step, and changes of definitions. */
import type { WorkflowHandle } from '@temporalio/client';
import type { DefinitionContent, DefinitionStep } from '../../schemas/definition/definition';
import type { RevisionInput, StoredVersion } from '../../schemas/definition/run';
import { messages } from '../../schemas/run';
import type { KnownWorkflows } from '../../src/definition/workflows';
import { queueName, workflowIdOf } from '../../src/temporal/ids';
import { keepDefinition } from '../support/definitions';
import { decide, statusOf, type Stack } from '../support/stack';
import { until } from '../support/until';
import type { Scenario } from './scenarios';

export const note = (step_id: string, more: Partial<DefinitionStep> = {}): DefinitionStep => ({
  ...{ step_id, step_type: 'tool', tool: 'test.note', parameters: { from: step_id } },
  ...more,
});
export const contentOf = (...steps: DefinitionStep[]): DefinitionContent => ({ name: 'a workflow', steps });
export const hold: DefinitionStep = {
  ...{ step_id: 'hold', step_type: 'approval', approval: { question: 'Go?', expire_after: '1h' } },
};

/** An execution, what happens to it meanwhile, and its end. */
export const execution =
  (
    content: DefinitionContent,
    meanwhile: (handle: WorkflowHandle) => Promise<unknown> = async () => undefined,
    workflows?: KnownWorkflows,
  ): Scenario =>
  async ({ stack }) => {
    const handle = await stack.definition(content, { input: { n: 2, list: [1, 2] }, workflows });
    await meanwhile(handle);
    await handle.result().catch(() => undefined);
    return handle;
  };

async function change(stack: Stack, stored: StoredVersion, run: string): Promise<WorkflowHandle> {
  const { id, version, change: what, by, from } = stored;
  const input: RevisionInput = {
    stored: await stack.documents.putValue(stored),
    about: { id, version, change: what, by, from, name: 'a workflow' },
    correlation_id: run,
  };
  const handle = await stack.client.workflow.start('revision', {
    workflowId: workflowIdOf(stack.config.namespace, 'revision', run),
    taskQueue: queueName(stack.config.namespace, 'workflows'),
    args: [input],
  });
  await handle.result().catch(() => undefined);
  return handle;
}

const stored = (id: string, more: Partial<StoredVersion> = {}): StoredVersion => ({
  ...{ id, version: 1, change: 'created', at: '2026-11-29T12:00:00.000Z', by: 'ann' },
  ...more,
});

export const definitionScenarios: { [name: string]: Scenario } = {
  'definition.steps': execution(
    contentOf(
      { step_id: 'big', step_type: 'condition', condition: 'input.n > 1', then: ['yes'], else: ['no'] },
      note('yes'),
      note('no'),
      { step_id: 'side', step_type: 'parallel', steps: [note('a', { tool: 'test.work' }), note('b')] },
      {
        step_id: 'each',
        step_type: 'loop',
        items: 'input.list',
        steps: [note('one', { parameters: { n: '${{ item }}' } })],
      },
      note('made', { output: { was: '${{ steps.made.output.from }}' } }),
    ),
  ),
  'definition.groups': execution(
    contentOf(
      {
        step_id: 'each',
        step_type: 'loop',
        items: 'input.list',
        steps: [
          note('work', { tool: 'test.work', parameters: { n: '${{ item }}' } }),
          { ...hold, when: 'steps.work.output.n > 1' },
          note('after', { depends_on: ['hold'] }),
        ],
      },
      {
        step_id: 'rounds',
        step_type: 'loop',
        until: 'steps.rounds.output.last.n == 2',
        max_iterations: 5,
        every: '1s',
        steps: [note('first', { tool: 'test.work' }), note('last', { parameters: { n: '${{ index }}' } })],
      },
    ),
    async (handle) => {
      await until(async () => (await statusOf(handle)).approvals.length === 1);
      await decide(handle, { approval_id: 'each.1.hold', choice: 'approve', by: 'ann' });
    },
  ),
  'definition.sub-workflow': async (parts) => {
    await keepDefinition(parts.stack, {
      id: 'inner',
      ...contentOf(note('said', { parameters: { n: '${{ input.n }}' } })),
    });
    const inner: DefinitionStep = { ...{ step_id: 'sub', step_type: 'sub_workflow' }, workflow: 'inner' };
    return await execution(
      contentOf({ ...inner, parameters: { n: 3 } }),
      undefined,
      new Map([['inner', { version: 1 }]]),
    )(parts);
  },
  'definition.failed': execution(contentOf(note('a', { tool: 'test.fail' }))),
  'definition.cancelled': execution(contentOf(hold), async (handle) => {
    await until(async () => (await statusOf(handle)).approvals.length === 1);
    await handle.signal(messages.cancel, { by: 'ann' });
  }),
  'revision.created': ({ stack }) => change(stack, stored('made'), 'made@1'),
  'revision.rolled-back': ({ stack }) =>
    change(stack, stored('back', { version: 3, change: 'rolled_back', from: 1 }), 'back@3'),
  'revision.too-late': async ({ stack }) => {
    await change(stack, stored('late'), 'late@1');
    return await change(stack, stored('late', { by: 'bob' }), 'late@1 again');
  },
};
