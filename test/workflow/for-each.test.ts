/** Steps that run for each element of a list, and pauses between rounds, on a real Temporal. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import type { Json } from '../../schemas/json';
import type { Plan, Step } from '../../schemas/plan';
import { messages, type RunRecord } from '../../schemas/run';
import { historiesOf, chainsOf, replayFaults } from '../support/faults/histories';
import { startStack, statusOf, stepsOf, type Stack } from '../support/stack';
import { until } from '../support/until';

let stack: Stack;
beforeAll(async () => (stack = await startStack()));
afterAll(async () => await stack.stop());

const each = (more: Partial<Step>): Step => ({ id: 'each', kind: 'tool', uses: 'test.note', ...more });
const plan = (steps: Step[], result: Plan['result'] = { each: '${{ steps.each.output }}' }): Plan => ({
  ...{ name: 'for each', steps, result },
});

async function ended(steps: Step[], input: Json = null, result?: Plan['result']): Promise<RunRecord> {
  const handle = await stack.run(plan(steps, result), { input: await stack.documents.toValue(input) });
  return await recordOf(handle);
}

async function recordOf(handle: WorkflowHandle): Promise<RunRecord> {
  await handle.result().catch(() => undefined);
  const record = (await stack.record(handle))!;
  const told = await historiesOf([handle]);
  expect(await replayFaults(told)).toEqual([]);
  return record;
}

const outputOf = async ({ result }: RunRecord): Promise<{ [name: string]: Json }> => {
  const { inline } = result as { inline: { inline: Json } | { ref: never } };
  return (await stack.documents.fromValue(inline)) as { [name: string]: Json };
};

it('a thousand elements run in segments, and the outputs come in order', async () => {
  const rows = Array.from({ length: 1_000 }, (_, n) => ({ n, words: 'x'.repeat(2_000) }));
  const step = each({ for_each: '${{ input.rows }}', with: { twice: '${{ item.n * 2 }}', at: '${{ index }}' } });
  const record = await ended([step], { rows });
  expect(record).toMatchObject({ status: 'completed', step_views: [{ elements: { count: 1_000, ended: 1_000 } }] });
  expect(await outputOf(record)).toEqual({
    each: { items: rows.map(({ n }) => ({ twice: n * 2, at: n })), count: 1_000, failed: 0, errors: [] },
  });
  expect(record.events.map(({ event_type }) => event_type)).toEqual([
    ...['RUN.STARTED', 'TASK.STARTED', 'TASK.COMPLETED', 'RUN.COMPLETED'],
  ]);
});

it('elements that are activities run in parallel as far as the step and the plan allow', async () => {
  const most = async (parallel: number, max_parallel: number) => {
    const steps = [
      each({ uses: 'test.work', for_each: '[60, 10, 60, 10, 60, 10]', with: { ms: '${{ item }}' }, parallel }),
    ];
    const handle = await stack.run({ ...plan(steps), max_parallel });
    expect(await recordOf(handle)).toMatchObject({ status: 'completed' });
    return await mostAtOnce(handle);
  };
  expect([await most(3, 10), await most(6, 2)]).toEqual([3, 2]);
});

describe('an element that fails', () => {
  const rows = [1, 3, 2];
  const checked = (more: Partial<Step> = {}) =>
    each({
      uses: 'test.improve',
      for_each: '${{ input }}',
      with: { item: '${{ item }}' },
      until: {
        check: 'test.check',
        with: { output: '${{ steps.each.output }}', good_from: '${{ item }}' },
        rounds: 2,
        otherwise: 'fail',
        every: '10ms',
      },
      ...more,
    });

  it('fails its step, which says which', async () => {
    expect(await ended([checked({ parallel: 1 })], rows)).toMatchObject({
      status: 'failed',
      error: { type: 'until.not_met', message: expect.stringMatching(/^each: element 1: not accepted/) as string },
      step_views: [{ status: 'failed', elements: { count: 3, ended: 2, failed: 1 } }],
    });
  });

  it('fails the run at once: what is at work is cancelled', async () => {
    const steps = [each({ uses: 'test.gate', for_each: '["", "/none"]', with: { file: '${{ item }}' } })];
    const bad = { id: 'bad', kind: 'tool', uses: 'test.fail', for_each: '[1]' } as const;
    expect(await ended([...steps, bad])).toMatchObject({ status: 'failed', error: { type: 'test.broken' } });
  });

  it('leaves a null and its error where the plan goes on', async () => {
    const record = await ended([checked({ critical: false })], rows);
    expect(await outputOf(record)).toMatchObject({
      each: {
        items: [{ item: 1, round: 1 }, null, { item: 2, round: 2 }],
        ...{ count: 3, failed: 1 },
        errors: [{ index: 1, type: 'until.not_met' }],
      },
    });
  });

  it('is replaced with all of its step where there is a fallback', async () => {
    const spare: Step = {
      id: 'spare',
      kind: 'tool',
      uses: 'test.note',
      with: { why: '${{ steps.each.error.message }}' },
    };
    const record = await ended([checked({ on_error: { fallback: 'spare' } }), spare], rows);
    expect(await outputOf(record)).toMatchObject({ each: { why: expect.stringMatching(/^element 1/) as string } });
  });
});

it.each([
  ['is no list', '"abc"', { type: 'for_each.no_list', message: /gives a string/ }],
  ['is too long', '${{ input }}', { type: 'for_each.too_many', message: /10001 elements; the limit is 10000/ }],
])('a list that %s fails its step', async (_, list, { type, message }) => {
  const input = Array.from({ length: 10_001 }, () => 0);
  expect(await ended([each({ for_each: list })], input)).toMatchObject({
    ...{ status: 'failed', error: { type, message: expect.stringMatching(message) as string } },
  });
});

it('an empty list is done at once', async () => {
  expect(await outputOf(await ended([each({ for_each: '[]' })]))).toEqual({
    each: { items: [], count: 0, failed: 0, errors: [] },
  });
});

it('elements go on in the next run of the chain, in the order of their list', async () => {
  const count = 260;
  const step = each({
    ...{ uses: 'test.big_remote', for_each: '${{ input }}', parallel: 40 },
    with: { bytes: '${{ 1800 + index }}', filler: '${{ item }}' },
  });
  const handle = await stack.run(
    { ...plan([step], { sizes: '${{ steps.each.output.items.map(x, size(x.text)) }}' }), max_parallel: 40 },
    { input: await stack.documents.toValue(Array.from({ length: count }, () => 'z'.repeat(20))) },
  );
  const record = await recordOf(handle);
  expect(await outputOf(record)).toEqual({ sizes: Array.from({ length: count }, (_, n) => 1800 + n) });
  const [runs] = chainsOf(await historiesOf([handle])).values();
  expect(runs!.length).toBeGreaterThan(1);
});

it('a paused run begins no other element, and a cancelled one ends', async () => {
  const gate = (n: number) => join(stack.config.store.dir, `gate-${n}`);
  const run = () =>
    stack.run(
      plan([each({ uses: 'test.gate', for_each: '${{ input }}', with: { file: '${{ item }}' }, parallel: 1 })]),
      {
        input: { inline: [0, 1, 2].map(gate) },
      },
    );
  const [handle, other] = [await run(), await run()];
  const counts = async (of: WorkflowHandle) => (await stepsOf(of)).steps[0]?.elements;
  await until(async () => (await counts(handle)) !== undefined && (await counts(other)) !== undefined);
  await handle.signal(messages.pause, { by: 'ann' });
  await until(async () => (await statusOf(handle)).status === 'paused');
  [0, 1].forEach((n) => writeFileSync(gate(n), ''));
  await until(async () => (await counts(handle))?.ended === 1);
  await until(async () => (await counts(other))?.ended === 2);
  expect(await counts(handle)).toEqual({ count: 3, ended: 1, failed: 0 });
  await other.signal(messages.cancel, { by: 'ann' });
  expect(await recordOf(other)).toMatchObject({ status: 'cancelled', step_views: [{ status: 'cancelled' }] });
  await handle.signal(messages.resume, { by: 'ann' });
  await until(async () => (await counts(handle))?.ended === 2);
  expect(existsSync(gate(2))).toBe(false);
  writeFileSync(gate(2), '');
  expect(await recordOf(handle)).toMatchObject({ status: 'completed', step_views: [{ elements: { ended: 3 } }] });
});

describe('a pause between the rounds of a check', () => {
  const polling = (every: string): Step =>
    each({
      uses: 'test.improve',
      until: {
        check: 'test.check',
        with: { output: '${{ steps.each.output }}', good_from: 2 },
        ...{ rounds: 2, otherwise: 'fail', every },
      },
    });
  const waits = (handle: WorkflowHandle) => until(async () => (await stepsOf(handle)).steps[0]?.status === 'waiting');

  it('is a timer of the run', async () => {
    const handle = await stack.run(plan([polling('20ms')]));
    expect(await recordOf(handle)).toMatchObject({ status: 'completed', step_views: [{ rounds: 2 }] });
    const [told] = await historiesOf([handle]);
    expect(told!.history.events!.filter(({ timerFiredEventAttributes: fired }) => fired)).toHaveLength(1);
  });

  it('ends when the run is cancelled, and lasts while it is paused', async () => {
    const [cancelled, paused] = [await stack.run(plan([polling('1h')])), await stack.run(plan([polling('1s')]))];
    await waits(cancelled);
    await cancelled.signal(messages.cancel, { by: 'ann' });
    expect(await recordOf(cancelled)).toMatchObject({ status: 'cancelled', step_views: [{ rounds: 1 }] });
    await waits(paused);
    await paused.signal(messages.pause, { by: 'ann' });
    const fired = async () =>
      (await historiesOf([paused]))[0]!.history.events!.some(({ timerFiredEventAttributes: timer }) => timer);
    await until(fired);
    await until(async () => (await stepsOf(paused)).steps[0]?.status === 'ready');
    await paused.signal(messages.resume, { by: 'ann' });
    expect(await recordOf(paused)).toMatchObject({ status: 'completed', step_views: [{ rounds: 2 }] });
  });
});

/** The most tools of a run that were at work together. */
async function mostAtOnce(handle: WorkflowHandle): Promise<number> {
  const open = new Set<string>();
  let most = 0;
  for (const { history } of await historiesOf([handle]))
    for (const { eventId, ...event } of history.events ?? []) {
      if (event.activityTaskScheduledEventAttributes?.activityType?.name === 'runTool') open.add(String(eventId));
      open.delete(String(event.activityTaskCompletedEventAttributes?.scheduledEventId));
      most = Math.max(most, open.size);
    }
  return most;
}
