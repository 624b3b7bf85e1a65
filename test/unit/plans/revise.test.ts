import type { TableState } from '../../../core/engine/table';
import type { Plan, Step } from '../../../schemas/plan';
import { revise } from '../../../src/plans/revise';

const step = (id: string, more: Partial<Step> = {}): Step => ({
  id,
  kind: 'tool',
  uses: 'test.note',
  with: { id },
  ...more,
});
const plan = (...steps: Step[]): Plan => ({ name: 'p', steps });
const before = plan(step('a'), step('b'), step('c', { when: 'steps.b.output.ok' }));
const done = { status: 'completed' as const, rounds: 1, output: { inline: 1 } };
const failed = { status: 'failed' as const, rounds: 2, started: 7, error: { type: 't', message: 'm' } };

const revised = (after: Plan, rows: TableState, more: { again?: string[]; skip?: string[]; once?: string[] } = {}) => {
  const { again = [], skip = [], once = [] } = more;
  const needs = (id: string) => (id === 'c' ? ['b'] : []);
  const made = revise({
    ...{ before, after, rows, needs, again: new Set(again), skip: new Set(skip), now: 9 },
    isOnce: ({ id }) => once.includes(id),
  });
  return { rows: Object.fromEntries(made.rows), retried: made.retried };
};

it('what is done stays; a step that failed and is the same is tried again under its key', () => {
  expect(
    revised(
      before,
      [
        ['a', done],
        ['b', failed],
      ],
      { again: ['b'] },
    ),
  ).toEqual({
    rows: { a: done, b: { status: 'running', rounds: 2, started: 7 } },
    retried: [{ step: 'b', round: 2 }],
  });
});

it('a step with other arguments gets a new round, and so a new key', () => {
  const after = plan(step('a'), step('b', { with: { id: 'other' } }));
  expect(
    revised(
      after,
      [
        ['a', done],
        ['b', failed],
      ],
      { again: ['b'] },
    ),
  ).toEqual({
    rows: { a: done, b: { status: 'ready', rounds: 2, started: 7 } },
    retried: [{ step: 'b', round: 3 }],
  });
});

it('work that is done under another name is not done again; other work under an old name is', () => {
  const after = plan(step('first', { with: { id: 'a' } }), step('a', { with: { id: 'new' } }));
  // under a new key: its target has done what the old one said
  expect(revised(after, [['a', done]]).rows).toEqual({ first: done, a: { status: 'pending', rounds: 1 } });
});

it('a step that was cut short and may not be repeated fails until a person has looked', () => {
  const cut = { status: 'cancelled' as const, rounds: 1 };
  expect(revised(before, [['b', cut]], { once: ['b'] }).rows['b']).toMatchObject({
    status: 'failed',
    error: { outcome: 'unknown' },
  });
  expect(revised(before, [['b', cut]], { once: ['b'], again: ['b'] }).rows['b']).toEqual({
    status: 'ready',
    rounds: 1,
  });
  expect(revised(before, [['b', cut]]).rows['b']).toMatchObject({ status: 'running', rounds: 1 });
});

it('a step that is left out is skipped, and what was skipped for another is looked at again', () => {
  const skipped = { status: 'skipped' as const, rounds: 0 };
  const rows: TableState = [
    ['a', done],
    ['b', failed],
    ['c', skipped],
  ];
  expect(revised(before, rows, { skip: ['b'] }).rows).toEqual({
    a: done,
    b: { status: 'skipped', rounds: 2, ended: 9 },
    c: skipped,
  });
  expect(revised(before, rows, { again: ['b'] }).rows).not.toHaveProperty('c');
});
