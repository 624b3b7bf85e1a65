/** What a table keeps of the rows that a failed step held, so that a retry goes on within it, and what it forgets. */
import { STOPPED } from '../../../core/engine/failures';
import { StepTable, type StepState } from '../../../core/engine/table';
import { linksOf } from '../../../core/plan/check';
import type { LoadedStep } from '../../../schemas/loaded-plan';
import type { OnError, Plan, Step } from '../../../schemas/plan';
import { failedSteps } from '../../../src/definition/again';
import { revise } from '../../../src/plans/revise';
import { chance } from '../../support/faults/random';
import { catalogue, follow } from './followed';

const running: StepState = { status: 'running', rounds: 1 };
const completed: StepState = { status: 'completed', rounds: 1 };
const cancelled: StepState = { status: 'cancelled', rounds: 1 };
const failed: StepState = { status: 'failed', rounds: 1, error: { type: 'test.broken', message: 'broken' } };
const stopped: StepState = { ...failed, error: STOPPED };

const step = (id: string, more: Partial<LoadedStep>): LoadedStep => ({
  ...{ id, kind: 'tool', needs: [], reads: [], with: { inline: {} }, on_error: 'fail' },
  ...more,
});

/** The plan `group { each { 2 elements } }` goes on without `group`. In `each`, element 0 is done and element 1 has failed. */
function tableOf(on_error: OnError): StepTable {
  const each = step('each', { for_each: { list: '[1, 2]', parallel: 1 }, on_error });
  const steps = [each, step('instead', { reserve: true })];
  return new StepTable(
    [step('group', { kind: 'group', on_error: 'continue', steps })],
    [
      ['group', running],
      ['group.0.each', { ...running, each: { count: 2, list: { inline: { 0: 1, 1: 2 } } } }],
      ['group.0.each.0', completed],
      ['group.0.each.1', failed],
    ],
  );
}

const kept = (table: StepTable): string[] => table.left.rows().map(([id]) => id);

const LOOP = ['group.0.each', 'group.0.each.0', 'group.0.each.1'];

describe('a loop fails in a group without which the plan goes on', () => {
  it('is kept while its fallback is at work, so also where the whole plan ends then', () => {
    const table = tableOf({ fallback: 'instead' });
    table.put('group.0.each', failed);
    table.put('group.0.instead', running);
    expect(kept(table)).toEqual(LOOP);
    table.put('group', cancelled);
    expect(kept(table).sort()).toEqual(['group', ...LOOP, 'group.0.instead']);
  });

  it('is forgotten once its fallback has delivered: it is done', () => {
    const table = tableOf({ fallback: 'instead' });
    table.put('group.0.each', failed);
    expect(kept(table)).toEqual(LOOP);
    table.put('group.0.each', completed);
    expect(kept(table)).toEqual([]);
  });

  it('is forgotten once the group has failed with it: nobody tries that again', () => {
    const table = tableOf('fail');
    table.put('group.0.each', failed);
    expect(kept(table)).toEqual(LOOP);
    table.put('group', failed);
    expect(kept(table)).toEqual([]);
  });

  it('is not kept where the group goes on without it', () => {
    const table = tableOf('continue');
    table.put('group.0.each', failed);
    expect(kept(table)).toEqual([]);
  });

  it('is kept where it has only been stopped, since a step beside it has failed', () => {
    const table = tableOf('continue');
    table.put('group.0.each', stopped);
    expect(kept(table)).toEqual(LOOP);
  });
});

const work = (id: string, more: Partial<Step> = {}): Step => ({ id, kind: 'tool', uses: 'test.work', ...more });

/** Its element fails in its second step. */
const loop: Step = {
  ...{ id: 'each', kind: 'group', for_each: '[1]', on_error: { fallback: 'instead' } },
  steps: [work('first'), work('second', { uses: 'test.fail', depends_on: ['first'] })],
};

/** Retries a plan whose call number `breaks` has failed, in each of the orders, of many, in which that fails the step `broken`. */
async function retry(plan: Plan, broken: string, breaks: number) {
  const links = linksOf(plan, catalogue);
  const retries = [];
  for (let seed = 1; seed <= 150; seed++) {
    const { outcome, rows, delivered } = await follow(plan, chance(seed), { breaks });
    if (outcome.status !== 'failed' || outcome.step !== broken) continue;
    const { rows: next } = revise({
      ...{ before: plan, after: plan, rows, again: new Set(failedSteps(plan, rows)), skip: new Set<string>(), now: 0 },
      needs: (id) => links.get(id)?.needs ?? [],
      isOnce: () => false,
    });
    const { outcome: end, calls } = await follow(plan, chance(seed), { rows: next });
    retries.push({ end: end.status, repeated: [...delivered].filter((key) => calls.has(key)) });
  }
  return retries;
}

it('a plan that fails beside a group, in which a fallback is at work, repeats nothing of its loop', async () => {
  const group: Step = { id: 'group', kind: 'group', on_error: 'continue', steps: [loop, work('instead')] };
  const plan: Plan = { name: 'p', steps: [group, work('beside')] };
  const retries = await retry(plan, 'beside', 3);
  expect(retries.length).toBeGreaterThan(3);
  expect(retries.filter(({ end, repeated }) => end !== 'completed' || repeated.length > 0)).toEqual([]);
});

it('a plan that fails after a fallback has delivered does not try its loop again', async () => {
  const plan: Plan = { name: 'p', steps: [loop, work('instead'), work('after', { depends_on: ['each'] })] };
  const retries = await retry(plan, 'after', 4);
  expect(retries.length).toBeGreaterThan(3);
  expect(retries.filter(({ end, repeated }) => end !== 'completed' || repeated.length > 0)).toEqual([]);
});
