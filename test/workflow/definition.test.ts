/** Workflow definitions on real servers: what they are compiled to does what they say. */
import fc from 'fast-check';
import type { Tool } from '../../activities/tools/tool';
import type { DefinitionStep } from '../../schemas/definition/definition';
import { messages } from '../../schemas/run';
import { checkDefinition } from '../../src/definition/check';
import { assertSchemas } from '../../activities/tools/registry';
import { createPublishedCatalogue } from '../../src/catalogue/published';
import { openFilesystemStore } from '../../src/documents/filesystem';
import type { KnownWorkflows } from '../../src/definition/workflows';
import { AGENT, DOUBLE, keepDefinition, predictedDefinition } from '../support/definitions';
import { attend } from '../support/faults/attend';
import { decide, startStack, statusOf, type Stack } from '../support/stack';
import { until } from '../support/until';

/** An agent that gives back what it is asked for. */
const givesBack: Tool = {
  kind: 'agent',
  spec: {
    ...{ name: AGENT, version: '1', description: 'for tests', input: {}, output: {} },
    ...{ effect: 'none', risk: 'low', approval: false },
  },
  run: async (input) => ({ v: (input as { parameters: { v: number } }).parameters.v }),
};

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ tools: [givesBack] });
});
afterAll(() => stack.stop());

const note = (step_id: string, more: Partial<DefinitionStep> = {}): DefinitionStep => ({
  ...{ step_id, step_type: 'tool', tool: 'test.note', parameters: { from: step_id } },
  ...more,
});

it('all that a worker offers has schemas that compile', async () => {
  const store = await openFilesystemStore({ root: stack.config.store.dir });
  const { tools, agents } = (await createPublishedCatalogue(store).offered())!;
  expect(tools.length).toBeGreaterThan(30);
  assertSchemas([...tools, ...agents]);
});

/** `AWE_TEST_DEFINITIONS=200` for a long run. */
const DEFINITIONS = Number(process.env['AWE_TEST_DEFINITIONS'] ?? 8);

it(`${DEFINITIONS} definitions by chance give what a reference evaluation predicts`, async () => {
  const store = await openFilesystemStore({ root: stack.config.store.dir });
  const catalogue = (await createPublishedCatalogue(store).read())!;
  await keepDefinition(stack, DOUBLE);
  const workflows: KnownWorkflows = new Map([[DOUBLE.id, { version: 1 }]]);
  const cases = fc.sample(predictedDefinition, { numRuns: DEFINITIONS, seed: 20261129 });
  const queue = cases.entries();
  await Promise.all(
    Array.from({ length: 12 }, async () => {
      for (const [number, { definition, input, answers, result }] of queue) {
        expect(checkDefinition(definition, catalogue, workflows)).not.toHaveProperty('faults');
        const handle = await stack.definition(definition, { input, workflows });
        if (answers.size > 0) await attend(handle, answers, 50);
        expect({ number, of: await handle.result() }).toEqual({ number, of: { inline: result } });
      }
    }),
  );
});

it('repeats in rounds until a condition holds, and fails at its bound', async () => {
  const loop = (max_iterations: number): DefinitionStep => ({
    ...{ step_id: 'more', step_type: 'loop', until: 'steps.more.output.round >= 3', max_iterations },
    steps: [{ step_id: 'once', step_type: 'tool', tool: 'test.improve' }],
  });
  const met = await stack.definition({ name: 'met', steps: [loop(5)] });
  expect(await met.result()).toMatchObject({ inline: { more: { round: 3 } } });
  const missed = await stack.definition({ name: 'missed', steps: [loop(2)] });
  await expect(missed.result()).rejects.toThrow();
  expect(await stack.record(missed)).toMatchObject({ status: 'failed', error: { type: 'until.not_met' } });
});

it('goes on without a step, or with another in its place, and transforms what a step gives', async () => {
  const handle = await stack.definition({
    name: 'policies',
    steps: [
      note('lost', { tool: 'test.fail', on_error: 'continue' }),
      note('main', { tool: 'test.fail', on_error: { fallback: 'spare' } }),
      note('spare', { parameters: { of: 'spare' } }),
      note('made', { parameters: { n: 2 }, output: { twice: '${{ steps.made.output.n * 2 }}' } }),
      note('last', { parameters: { why: '${{ steps.lost.error.type }}' }, depends_on: ['lost'] }),
    ],
    result: {
      main: '${{ steps.main.output.of }}',
      twice: '${{ steps.made.output.twice }}',
      why: '${{ steps.last.output.why }}',
    },
  });
  expect(await handle.result()).toEqual({ inline: { main: 'spare', twice: 4, why: 'test.broken' } });
});

it('has one step stand for all of a parallel step once one within has failed', async () => {
  const asks: DefinitionStep = {
    ...{ step_id: 'ask', step_type: 'approval', approval: { question: 'Go?', expire_after: '1h' } },
  };
  const definition = (tool: string) => ({
    name: 'unit',
    steps: [
      {
        ...{ step_id: 'side', step_type: 'parallel' as const, on_error: { fallback: 'spare' } },
        steps: [note('a', { tool, parameters: { n: 1 } }), ...(tool === 'test.fail' ? [asks] : [note('b')])],
      },
      note('spare'),
      note('last', { parameters: { of: '${{ steps.side.output }}' } }),
    ],
  });
  const sound = await stack.definition(definition('test.work'));
  expect(await sound.result()).toEqual({ inline: { last: { of: { a: { n: 1 }, b: { from: 'b' } } } } });
  // a question within does not hold it open
  const failing = await stack.definition(definition('test.fail'));
  expect(await failing.result()).toEqual({ inline: { last: { of: { from: 'spare' } } } });
  const { events } = (await stack.record(failing))!;
  expect(events.find(({ event_type }) => event_type === 'TASK.RECOVERED')?.payload).toMatchObject({
    ...{ step: 'side', by: 'spare' },
  });
});

it('waits for a person, tells its events, and can be cancelled', async () => {
  const asking = {
    name: 'asks',
    steps: [
      { step_id: 'ask', step_type: 'approval' as const, approval: { question: 'Go?', expire_after: '1h' } },
      note('after', { depends_on: ['ask'] }),
    ],
  };
  const handle = await stack.definition(asking, { execution_id: 'X-asks' });
  await until(async () => (await statusOf(handle)).approvals.some(({ status }) => status === 'open'));
  await decide(handle, { approval_id: 'ask', choice: 'approve', by: 'bob' });
  await handle.result();
  const events = (await stack.record(handle))!.events;
  expect(events.map(({ event_type }) => event_type)).toEqual([
    ...['WORKFLOW.STARTED', 'APPROVAL.REQUESTED', 'APPROVAL.DECIDED'],
    ...['TASK.COMPLETED', 'TASK.STARTED', 'TASK.COMPLETED', 'WORKFLOW.COMPLETED'],
  ]);
  expect(events[0]).toMatchObject({ subject: { kind: 'execution', id: 'X-asks' }, payload: { definition_id: 'test' } });

  const other = await stack.definition(asking);
  await until(async () => (await statusOf(other)).approvals.length === 1);
  await other.signal(messages.cancel, { by: 'ann' });
  await expect(other.result()).rejects.toThrow();
  expect((await stack.record(other))!.events.at(-1)).toMatchObject({ event_type: 'WORKFLOW.CANCELLED' });
});
