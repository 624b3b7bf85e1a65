/** Runs that are too large for one history, one workflow task, or one worker's memory. */
import type { WorkflowHandle } from '@temporalio/client';
import type { Plan, Step } from '../../schemas/plan';
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

it('3,000 steps of 2 KiB run in a chain of at least 6 runs, each event once', async () => {
  const steps = Array.from({ length: 3000 }, (_, i) =>
    big(`s${i}`, 1990, i < 10 ? {} : { depends_on: [`s${i - 10}`] }),
  );
  const last: Step = {
    id: 'last',
    kind: 'tool',
    uses: 'test.note',
    with: { n: '${{ size(steps.s2999.output.text) }}' },
  };
  const plan: Plan = {
    name: 'long',
    steps: [...steps, last],
    max_parallel: 20,
    result: { n: '${{ steps.last.output.n }}' },
  };
  const handle = await stack.run(plan);
  expect(await handle.result()).toEqual({ inline: { n: 1990 } });
  expect(await chain(handle)).toBeGreaterThanOrEqual(6);
  const record = (await stack.record(handle))!;
  expect(record.step_views.every(({ status }) => status === 'completed')).toBe(true);
  expect(record.events.map(({ seq }) => seq)).toEqual(Array.from({ length: 6004 }, (_, i) => i + 1));
}, 300_000);

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
}, 120_000);

it('100 parallel outputs of 60 KiB from regular activities do not wedge a workflow task', async () => {
  const ids = Array.from({ length: 100 }, (_, i) => `p${i}`);
  const steps: Step[] = ids.map((id) => ({ id, kind: 'tool', uses: 'test.big_remote', with: { bytes: 60 * 1024 } }));
  const handle = await stack.run({ name: 'wide', steps, max_parallel: 100 });
  await handle.result();
  expect((await stack.record(handle))!.status).toBe('completed');
}, 120_000);
