/** Runs that have failed and go on, without Temporal: hundreds of plans, broken anywhere, cut and continued anywhere. */
import * as fc from 'fast-check';
import { linksOf } from '../../../core/plan/check';
import type { StepState, TableState } from '../../../core/engine/table';
import type { Plan, Step } from '../../../schemas/plan';
import { failedSteps } from '../../../src/definition/again';
import { revise } from '../../../src/plans/revise';
import { randomPlan } from '../../support/faults/plans';
import { chance } from '../../support/faults/random';
import { catalogue, follow } from './followed';

/** Rows from which a run goes on that has failed. */
function retried(plan: Plan, rows: TableState) {
  const links = linksOf(plan, catalogue);
  return revise({
    ...{ before: plan, after: plan, rows, again: new Set(failedSteps(plan, rows)), skip: new Set<string>(), now: 0 },
    needs: (id) => links.get(id)?.needs ?? [],
    isOnce: ({ uses = '' }) => catalogue.tool(uses)?.effect === 'once',
  });
}

const ENDED = ['completed', 'skipped', 'failed'];

it('a run that has failed anywhere goes on to its end, and repeats nothing that is done', async () => {
  let failed = 0;
  await fc.assert(
    fc.asyncProperty(randomPlan, fc.nat(), async ({ plan, answers }, seed) => {
      const whole = await follow(plan, chance(seed), { answers });
      if (whole.outcome.status === 'failed') return;
      for (let breaks = 1; breaks <= 12; breaks++) {
        const broken = await follow(plan, chance(seed), { answers, breaks });
        if (broken.outcome.status !== 'failed') continue;
        failed += 1;
        const { rows } = retried(plan, broken.rows);
        const { outcome, views, calls } = await follow(plan, chance(seed + 1), { answers, rows });
        // a loop at its bound has another round: branches may be others, and another step may fail in them
        if (outcome.status === 'failed') expect(outcome.error.type).not.toBe('test.injected');
        else expect(views.filter(({ id, status }) => !ENDED.includes(status) && !id.startsWith('f'))).toEqual([]);
        expect([...broken.delivered].filter((key) => calls.has(key))).toEqual([]);
      }
    }),
    { numRuns: Number(process.env['AWE_PROPERTY_RUNS'] ?? 20), endOnFailure: true },
  );
  expect(failed).toBeGreaterThan(3);
});

const work = (id: string, more: Partial<Step> = {}): Step => ({ id, kind: 'tool', uses: 'test.work', ...more });
const loop: Step = {
  ...{ id: 'each', kind: 'group', for_each: '[1, 2, 3]', parallel: 1 },
  steps: [work('first', { with: { ms: 1 } }), work('second', { with: { of: '${{ steps.first.output }}' } })],
};

it('a loop goes on at the step that has failed in it; what is done in it stays', async () => {
  const plan: Plan = { name: 'loop', steps: [loop, work('after', { depends_on: ['each'] })] };
  const broken = await follow(plan, chance(1), { breaks: 4 });
  expect(broken.outcome).toMatchObject({ status: 'failed', step: 'each', error: { type: 'test.injected' } });
  const { rows, retried: told } = retried(plan, broken.rows);
  expect(told).toEqual([
    { step: 'each', round: 1 },
    { step: 'each.1.second', round: 1 },
  ]);
  const { outcome, calls } = await follow(plan, chance(1), { rows });
  expect(outcome).toEqual({ status: 'completed' });
  expect([...calls.keys()].map((key) => key.split('/')[1])).toEqual([
    ...['each.1.second', 'each.2.first', 'each.2.second', 'after'],
  ]);
});

it('a step without which the plan goes on is not tried again', async () => {
  const steps = [
    work('a', { on_error: 'continue' }),
    work('b', { depends_on: ['a'] }),
    work('c', { depends_on: ['b'] }),
  ];
  const { rows } = await follow({ name: 'p', steps }, chance(1), { breaks: 1 });
  expect(failedSteps({ name: 'p', steps }, rows)).toEqual([]);
});

it('a step that was not good enough begins another round, and one between two rounds stays where it is', async () => {
  const until = { check: 'test.check', with: { output: '${{ steps.each.output }}', good_from: 3 }, rounds: 1 };
  const one: Step = { ...work('each', { uses: 'test.improve' }), until: { ...until, otherwise: 'fail' } };
  const single: Plan = { name: 'single', steps: [one] };
  const broken = await follow(single, chance(1));
  expect(broken.outcome).toMatchObject({ status: 'failed', error: { type: 'until.not_met' } });
  expect(retried(single, broken.rows).rows).toMatchObject([['each', { status: 'ready', rounds: 1 }]]);

  const many: Plan = { name: 'many', steps: [{ ...one, for_each: '[1, 2]' }] };
  const between: StepState = { status: 'ready', rounds: 1, rework: { findings: [] } };
  const rows: TableState = [
    ['each', { status: 'cancelled', rounds: 1, each: { count: 2, list: { inline: { 0: 1, 1: 2 } } } }],
    ['each.0', between],
    ['each.1', { status: 'failed', rounds: 1, error: { type: 'until.not_met', message: 'not good' } }],
  ];
  expect(retried(many, rows).rows.slice(1)).toEqual([
    ['each.0', between],
    ['each.1', { status: 'ready', rounds: 1, started: undefined }],
  ]);
});

it('a fallback that was at work in a group waits again for its step to fail, and keeps no group open', async () => {
  const until = { check: 'test.check', with: { output: '${{ steps.one.output }}', good_from: 2 }, rounds: 1 };
  const one: Step = { ...work('one', { uses: 'test.improve', on_error: { fallback: 'instead' } }) };
  const last = work('last', { uses: 'test.fail', depends_on: ['one'] });
  const steps = [{ ...one, until: { ...until, otherwise: 'fail' as const } }, work('instead'), last];
  const plan: Plan = { name: 'p', steps: [{ id: 'group', kind: 'group', on_error: 'continue', steps }] };
  const { rows } = retried(plan, [
    ['group', { status: 'cancelled', rounds: 1 }],
    ['group.0.one', { status: 'failed', rounds: 1, error: { type: 'until.not_met', message: 'not good' } }],
    ['group.0.instead', { status: 'cancelled', rounds: 1 }],
  ]);
  expect(rows.slice(1)).toMatchObject([
    ['group.0.one', { status: 'ready', rounds: 1 }],
    ['group.0.instead', { status: 'pending', rounds: 0 }],
  ]);
  // the step succeeds, and another fails the group
  const { outcome, calls } = await follow(plan, chance(1), { rows });
  expect(outcome).toEqual({ status: 'completed' });
  expect([...calls.keys()].filter((key) => key.includes('instead'))).toEqual([]);
});
