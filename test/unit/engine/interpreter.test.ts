/** The interpreter against the model of random plans, without Temporal: hundreds of plans, cut and continued anywhere. */
import * as fc from 'fast-check';
import { checkPlan } from '../../../core/plan/check';
import type { Json } from '../../../schemas/json';
import type { Step } from '../../../schemas/plan';
import { expectEnds } from '../../support/faults/followed';
import { randomPlan } from '../../support/faults/plans';
import { chance } from '../../support/faults/random';
import { catalogue, follow } from './followed';

it('random plans end as the model says, whatever comes first and wherever segments are cut', async () => {
  await fc.assert(
    fc.asyncProperty(randomPlan, fc.nat(), async (made, seed) => {
      const { outcome, views, together, calls } = await follow(made.plan, chance(seed), { answers: made.answers });
      expectEnds({ ...made, controls: [] }, outcome.status, views);
      // twice at most: an attempt in a segment that fails in passing, and one that is an activity
      for (const [key, count] of calls) expect({ key, count: Math.min(count, 2) }).toEqual({ key, count });
      for (const [id, { count }] of made.elements) {
        if (made.groups.has(id)) continue;
        const { status, error } = views.find((view) => view.id === id)!;
        const called = new Set(
          [...calls.keys()].map((key) => key.split('/')[1]!).filter((step) => step.startsWith(`${id}.`)),
        );
        if (status === 'completed' && !error) expect({ id, called: called.size }).toEqual({ id, called: count });
      }
      for (const { id, parallel = 8 } of made.plan.steps) expect(together.get(id) ?? 0).toBeLessThanOrEqual(parallel);
    }),
    { numRuns: Number(process.env['AWE_PROPERTY_RUNS'] ?? 150) },
  );
});

it('a fallback runs although all that it reads was skipped: its step has failed', async () => {
  const plan = {
    name: 'fallback',
    steps: [
      { id: 'a', kind: 'tool', uses: 'test.note', when: 'false' },
      { id: 'b', kind: 'tool', uses: 'test.fail', depends_on: ['a'], when: 'true', on_error: { fallback: 'c' } },
      { id: 'c', kind: 'tool', uses: 'test.note', depends_on: ['a'], with: { n: 1 } },
    ] satisfies Step[],
  };
  const { outcome, views } = await follow(plan, chance(1));
  expect(outcome).toEqual({ status: 'completed' });
  expect(views.map(({ status }) => status)).toEqual(['skipped', 'completed', 'completed']);
});

it('steps whose elements have no room beside each other run one after the other', async () => {
  const steps = ['a', 'b', 'c', 'd'].map((id): Step => ({
    id,
    kind: 'tool',
    uses: 'test.note',
    for_each: 'input',
    with: { n: '${{ index }}' },
    parallel: 200,
  }));
  const input = Array.from({ length: 1_500 }, (_, n) => n);
  const plan = { name: 'wide', steps, max_parallel: 50 };
  const { outcome, views, elements } = await follow(plan, chance(1), { input, cut: 3_000 });
  expect(outcome).toEqual({ status: 'completed' });
  expect(views.map((view) => view.elements)).toEqual(steps.map(() => ({ count: 1_500, ended: 1_500, failed: 0 })));
  expect(elements).toBe(4_500);
});

it.each<[number, string]>([
  [4_000, 'test.note'],
  [2_000, 'test.work'],
])('a list of %i elements of %s never takes more rows than a short one', async (length, uses) => {
  const input = Array.from({ length }, (_, n) => n);
  const each: Step = {
    ...{ id: 'a', kind: 'tool', uses, for_each: 'input', parallel: 20 },
    with: { n: '${{ item }}', at: '${{ index }}' },
  };
  const plan = { name: 'long', steps: [each] };
  const { outcome, views, mostRows, calls } = await follow(plan, chance(1), { input, cut: 500 });
  expect(outcome).toEqual({ status: 'completed' });
  expect(views[0]!.elements).toEqual({ count: length, ended: length, failed: 0 });
  expect(mostRows).toBeLessThan(1_000);
  expect(new Set([...calls.keys()].map((key) => key.split('/')[1])).size).toBe(length);
  const { items, count, failed } = (views[0]!.output as { inline: { items: Json[]; count: number; failed: number } })
    .inline;
  expect({ count, failed }).toEqual({ count: length, failed: 0 });
  expect(items.every((item, n) => JSON.stringify(item) === JSON.stringify({ n, at: n }))).toBe(true);
});

it('a long list says which of its elements have failed, and the first that fails it', async () => {
  const input = Array.from({ length: 700 }, (_, n) => n);
  const each = (on_error: 'continue' | 'fail'): Step => ({
    ...{
      id: 'a',
      kind: 'group',
      for_each: 'input',
      parallel: 200,
      on_error,
      result: { n: '${{ steps.note.output.n }}' },
    },
    steps: [
      { id: 'bad', kind: 'tool', uses: 'test.fail', when: 'item % 300 == 299' },
      { id: 'note', kind: 'tool', uses: 'test.note', with: { n: '${{ item }}' } },
    ],
  });
  const { views } = await follow({ name: 'long', steps: [each('continue')] }, chance(2), { input, cut: 100 });
  expect(views[0]).toMatchObject({
    status: 'completed',
    elements: { count: 700, ended: 700, failed: 2 },
    output: { inline: { failed: 2, errors: [{ index: 299 }, { index: 599 }] } },
  });
  const failing = await follow({ name: 'long', steps: [each('fail')] }, chance(3), { input, cut: 100 });
  expect(failing.outcome).toMatchObject({
    status: 'failed',
    error: { message: expect.stringMatching(/^element 299: a.299.bad: broken/) as string },
  });
});

it('what happens to elements is not said, what happens to their step is', async () => {
  const steps: Step[] = [{ id: 'a', kind: 'tool', uses: 'test.fail', for_each: '[1, 2]', critical: false }];
  const { moments, views } = await follow({ name: 'quiet', steps }, chance(1));
  expect(moments.map(({ at, step }) => `${step.id} ${at}`)).toEqual(['a step.started', 'a step.completed']);
  expect(views[0]!.output).toMatchObject({
    inline: { items: [null, null], count: 2, failed: 2, errors: [{ index: 0, type: 'test.broken' }, { index: 1 }] },
  });
});

it('a group that fails leaves elements between two rounds where they are', async () => {
  const waiting: Step = {
    ...{ id: 'slow', kind: 'tool', uses: 'test.improve', for_each: '[1, 2]' },
    until: {
      check: 'test.check',
      with: { output: '${{ steps.slow.output }}', good_from: 3 },
      ...{ rounds: 3, otherwise: 'fail', every: '20ms' },
    },
  };
  const failing: Step = { id: 'bad', kind: 'tool', uses: 'test.fail' };
  const group: Step = { id: 'all', kind: 'group', steps: [waiting, failing], on_error: 'continue' };
  for (let seed = 1; seed <= 40; seed++) {
    const { outcome, views } = await follow({ name: 'stopped', steps: [group], max_parallel: 1 }, chance(seed), {
      cut: 4,
    });
    expect(outcome).toEqual({ status: 'completed' });
    expect(views[0]).toMatchObject({ status: 'failed', error: { type: 'test.broken' } });
  }
});

it('a step in a group that runs is not skipped because those around the group were', async () => {
  const off: Step = { id: 'off', kind: 'tool', uses: 'test.note', when: 'false' };
  const inner: Step = { id: 'inner', kind: 'tool', uses: 'test.note', with: { was: '${{ steps.off.status }}' } };
  const group: Step = { id: 'all', kind: 'group', when: 'true', steps: [inner] };
  const { views } = await follow({ name: 'around', steps: [off, group] }, chance(1));
  expect(views[1]).toMatchObject({ status: 'completed', output: { inline: { inner: { was: 'skipped' } } } });
});

it('a plan says where it cannot repeat a step', () => {
  const steps: Step[] = [
    { id: 'a', kind: 'wait', with: { for: '1s' }, for_each: '[1]' },
    { id: 'b', kind: 'tool', uses: 'test.note', parallel: 2, with: { x: '${{ item }}' } },
    { id: 'c', kind: 'tool', uses: 'test.note', for_each: 'steps.d.output', when: 'item > 1' },
    {
      ...{ id: 'e', kind: 'tool', uses: 'test.note', for_each: 'steps.e.output' },
      until: { check: 'test.check', with: { output: '${{ item }}' }, rounds: 2, otherwise: 'ask' },
    },
  ];
  const checked = checkPlan({ name: 'wrong', steps }, catalogue);
  expect('faults' in checked && checked.faults.map(({ pointer, code }) => `${pointer} ${code}`).sort()).toEqual([
    '/steps/0/for_each plan.misplaced',
    '/steps/1/parallel plan.misplaced',
    '/steps/1/with/x expression.unknown_name',
    '/steps/2 plan.unknown_step',
    '/steps/2/when expression.unknown_name',
    '/steps/3 plan.cycle',
    '/steps/3/until/otherwise plan.misplaced',
  ]);
});
