/** Runs that are too large for one history, one workflow task, or one worker's memory. */
import type { WorkflowHandle } from '@temporalio/client';
import type { Plan, Step } from '../../schemas/plan';
import { expectCauses } from '../support/causes';
import { startStack, type Stack } from '../support/stack';

let stack: Stack;
beforeAll(async () => (stack = await startStack({ cache: 0 })));
afterAll(async () => await stack.stop());

/** The runs of a chain, by following each back to the one that it continued. */
async function chain(handle: WorkflowHandle): Promise<number> {
  let runs = 0;
  let runId: string | undefined;
  for (;;) {
    const { events } = await stack.client.workflow.getHandle(handle.workflowId, runId).fetchHistory();
    runs += 1;
    const previous = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
    if (!previous) return runs;
    runId = previous;
  }
}

const big = (id: string, bytes: number, more: Partial<Step> = {}): Step => ({
  id,
  kind: 'tool',
  uses: 'test.big',
  with: { bytes },
  ...more,
});

/** Chains side by side, and a last step that reads the last of them. */
function lanes(total: number, width: number, make: (id: string, more: Partial<Step>) => Step): Plan {
  const steps = Array.from({ length: total }, (_, i) =>
    make(`s${i}`, i < width ? {} : { depends_on: [`s${i - width}`] }),
  );
  const sizes = { n: `\${{ size(steps.s${total - 1}.output.text) }}` };
  const last: Step = { id: 'last', kind: 'tool', uses: 'test.note', with: sizes };
  return { name: 'long', steps: [...steps, last], max_parallel: width, result: { n: '${{ steps.last.output.n }}' } };
}

it.each([
  ['1,500 short steps of 2 KiB run in segments', 1_500, 20, 1_990, 'test.big', 2, 8],
  ['600 steps that are activities run in a chain of two runs', 600, 100, 20, 'test.big_remote', 2, 2],
])('%s, each event once', async (_, total, width, bytes, uses, least, most) => {
  const handle = await stack.run(lanes(total, width, (id, more) => big(id, bytes, { uses, ...more })));
  expect(await handle.result()).toEqual({ inline: { n: bytes } });
  const runs = await chain(handle);
  expect(runs).toBeGreaterThanOrEqual(least);
  expect(runs).toBeLessThanOrEqual(most);
  const record = (await stack.record(handle))!;
  expect(record.step_views.every(({ status }) => status === 'completed')).toBe(true);
  expect(record.events.map(({ seq }) => seq)).toEqual(Array.from({ length: 2 * total + 4 }, (__, i) => i + 1));
  expectCauses(record.events, null);
});

it('100 parallel outputs of 64 KiB come together in one step', async () => {
  const ids = Array.from({ length: 100 }, (_, i) => `p${i}`);
  const steps = ids.map((id) => big(id, 64 * 1024));
  const join: Step = {
    id: 'join',
    kind: 'tool',
    uses: 'test.note',
    with: { n: `\${{ [${ids.map((id) => `size(steps.${id}.output.text)`).join(', ')}].sum() }}` },
  };
  const handle = await stack.run({
    name: 'wide',
    steps: [...steps, join],
    max_parallel: 100,
    result: { n: '${{ steps.join.output.n }}' },
  });
  expect(await handle.result()).toEqual({ inline: { n: 100 * 64 * 1024 } });
});

it('100 parallel outputs of 60 KiB from regular activities do not wedge a workflow task', async () => {
  const ids = Array.from({ length: 100 }, (_, i) => `p${i}`);
  const steps: Step[] = ids.map((id) => ({ id, kind: 'tool', uses: 'test.big_remote', with: { bytes: 60 * 1024 } }));
  const handle = await stack.run({ name: 'wide', steps, max_parallel: 100 });
  await handle.result();
  expect((await stack.record(handle))!.status).toBe('completed');
});
