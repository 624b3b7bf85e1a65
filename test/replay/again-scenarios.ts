/** Scenarios of executions that go on after their end, and of those that begin in the middle of another. */
import type { WorkflowHandle } from '@temporalio/client';
import { ToolError } from '../../activities/tools/errors';
import type { Tool } from '../../activities/tools/tool';
import type { TableState } from '../../core/engine/table';
import type { DefinitionContent, DefinitionStep } from '../../schemas/definition/definition';
import type { Json } from '../../schemas/json';
import { createCatalogue } from '../../core/plan/catalogue';
import { withWorstCase } from '../../core/worst-case';
import { compileDefinition } from '../../src/definition/compile';
import type { KnownWorkflows } from '../../src/definition/workflows';
import { createDocuments } from '../../src/documents/content';
import { createDefinitionStore } from '../../src/documents/definitions';
import { openFilesystemStore } from '../../src/documents/filesystem';
import { createRecordStore } from '../../src/documents/records';
import { createEffects } from '../../src/effects/effects';
import { goOn } from '../../src/runs/definition/go-on';
import { createExecutionRetrier } from '../../src/runs/definition/retry';
import { runSettings } from '../../src/runs/settings';
import { createTemporal } from '../../src/temporal/client';
import { workflowIdOf } from '../../src/temporal/ids';
import { testTools } from '../support/tools';
import type { Stack } from '../support/stack';
import type { Scenario } from './scenarios';

const mendedAt = new Set<string>();

/** Fails in each run until the run is retried. */
export const mended: Tool = {
  spec: { name: 'test.mended', version: '1', description: 'for histories', input: {}, output: {}, effect: 'none' },
  run(_, { workflow_id }) {
    const isFirst = !mendedAt.has(workflow_id);
    mendedAt.add(workflow_id);
    if (isFirst) throw new ToolError({ class: 'permanent', type: 'test.broken', message: 'not this time' });
    return Promise.resolve({});
  },
};

const step = (step_id: string, tool: string, more: Partial<DefinitionStep> = {}): DefinitionStep => ({
  ...{ step_id, step_type: 'tool', tool, parameters: { from: step_id } },
  ...more,
});

/** Lets an execution go on that has failed, as the API does, to its end. */
async function retry(id: string, { workflowId }: WorkflowHandle, { config, client }: Stack): Promise<void> {
  const temporal = createTemporal(config);
  const files = await openFilesystemStore({ root: config.store.dir });
  const [values, records, settings] = [createDocuments(files), createRecordStore(files), runSettings(config)];
  const parts = {
    ...{ values, records, effects: createEffects(files) },
    catalogue: createCatalogue([...testTools, mended].map(({ spec }) => withWorstCase(spec))),
    workflowIdOf: (process: 'definition', name: string) => workflowIdOf(config.namespace, process, name),
  };
  const goesOn = createExecutionRetrier({ temporal, store: { ...values, ...records }, settings });
  await goesOn(id, 'ann', (record, left) => goOn(parts, record, left, { by: 'ann' }));
  await client.workflow.getHandle(workflowId).result();
  await temporal.close();
}

/** An execution that fails, and goes on. */
const retried =
  (content: DefinitionContent, workflows?: KnownWorkflows): Scenario =>
  async ({ stack }) => {
    const execution_id = `retried-${content.steps[0]?.step_id}`;
    const handle = await stack.definition(content, { execution_id, input: { list: [1, 2] }, workflows });
    await handle.result().catch(() => undefined);
    await retry(execution_id, handle, stack);
    return { workflowId: handle.workflowId };
  };

export const againScenarios: { [name: string]: Scenario } = {
  'definition.retried': retried({
    name: 'a loop',
    steps: [
      {
        ...{ step_id: 'each', step_type: 'loop', items: 'input.list', max_parallel: 1 },
        steps: [step('work', 'test.work'), step('mended', 'test.mended', { depends_on: ['work'] })],
      },
      step('last', 'test.note', { depends_on: ['each'] }),
    ],
  }),
  'definition.sub-workflow-retried': async (parts) => {
    const { stack } = parts;
    const definitions = createDefinitionStore(await openFilesystemStore({ root: stack.config.store.dir }));
    const content: DefinitionContent = { name: 'inner', steps: [step('mended', 'test.mended')] };
    const { plan } = compileDefinition(content, [{ step: content.steps[0]!, at: '/steps/0' }], new Map());
    const about = { id: 'mended', version: 1, change: 'created' as const, at: '2026-11-29T12:00:00.000Z', by: 'ann' };
    await definitions.writeVersion({ ...about, content, plan: await stack.documents.putValue(plan), steps: 1 });
    const sub: DefinitionStep = { step_id: 'sub', step_type: 'sub_workflow', workflow: 'mended' };
    return await retried({ name: 'around', steps: [sub] }, new Map([['mended', { version: 1 }]]))(parts);
  },
  'definition.rerun': async ({ stack }) => {
    const content = { name: 'again', steps: [step('a', 'test.work'), step('b', 'test.work', { depends_on: ['a'] })] };
    const table: TableState = [['a', { status: 'completed', rounds: 1, started: 1, ended: 2, output: { inline: {} } }]];
    const rerun = { of: 'X-0', from_step: 'b', table: await stack.documents.putValue(table as unknown as Json) };
    const handle = await stack.definition(content, { rerun });
    await handle.result();
    return handle;
  },
};
