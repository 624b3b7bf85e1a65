/** The interpreter against the model of random plans, without Temporal: hundreds of plans, cut and continued anywhere. */
import * as fc from 'fast-check';
import { checkPlan } from '../../../core/plan/check';
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

it('steps whose elements have no room beside each other run one after the other', async () => {
  const steps = ['a', 'b', 'c'].map((id): Step => ({
    id,
    kind: 'tool',
    uses: 'test.note',
    for_each: 'input',
    with: { n: '${{ index }}' },
    parallel: 200,
  }));
  const input = Array.from({ length: 2_000 }, (_, n) => n);
  const plan = { name: 'wide', steps, max_parallel: 50 };
  const { outcome, views, elements } = await follow(plan, chance(1), { input, cut: 3_000 });
  expect(outcome).toEqual({ status: 'completed' });
  expect(views.map((view) => view.elements)).toEqual(steps.map(() => ({ count: 2_000, ended: 2_000, failed: 0 })));
  expect(elements).toBe(4_000);
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
