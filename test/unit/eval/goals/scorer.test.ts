/** The scorer of goals: what it takes for right, and what it does not. */
import type { Plan, Step } from '../../../../schemas/plan';
import type { Entry, Role } from '../../../eval/goals/contract';
import { catalogue, entriesOf, rounds } from '../../../eval/goals/run';
import { judge } from '../../../eval/goals/score';
import { planOfAuthor } from './oracle';

const URL = 'https://shop.test/orders';
const tool = (id: string, uses: string, args: Step['with'], more: Partial<Step> = {}): Step => ({
  id,
  kind: 'tool',
  uses,
  with: args,
  ...more,
});
const entry = (steps: Role[], edges: [string, string][]): Entry => ({
  id: 'own',
  lang: 'en',
  family: [],
  goal: `keep the large orders of ${URL}`,
  context: {},
  expect: { plan: { steps, edges } },
});
const outcomeOf = (one: Entry, plan: Plan, notes: string[] = []) => {
  const { outcome, silent, faults } = judge(one, { plan, notes, reading: { language: 'en', clauses: [] } }, catalogue);
  return { outcome, silent, faults };
};
const planOf = (...steps: Step[]): Plan => ({ name: 'own', steps });

const get: Role = { key: 'a', uses: 'http.request', with: { method: 'GET', url: URL } };
const sorted = entry(
  [
    get,
    {
      key: 'b',
      uses: 'transform.filter',
      with: { items: { $from: 'a' }, where: [{ field: 'total', op: 'gt', value: 9 }] },
    },
    { key: 'c', uses: 'transform.sort', with: { items: { $from: 'b' }, by: [{ field: 'day', order: 'asc' }] } },
    { key: 'd', uses: 'transform.to_csv', with: { items: { $from: 'c' }, save_as: 'large.csv' } },
  ],
  [
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'd'],
  ],
);
const fetched = tool('get', 'http.request', { url: URL });
const filter = (items: string, op = 'gt') =>
  tool('keep', 'transform.filter', { items: `\${{ ${items} }}`, where: [{ field: 'total', op, value: 9 }] });
const sort = (items: string) => tool('order', 'transform.sort', { items: `\${{ ${items} }}`, by: [{ field: 'day' }] });
const save = (items: string) => tool('save', 'transform.to_csv', { items: `\${{ ${items} }}`, save_as: 'large.csv' });
const plain = [
  fetched,
  filter('steps.get.output.body'),
  sort('steps.keep.output.items'),
  save('steps.order.output.items'),
];

const guarded = entry(
  [
    { key: 'a', kind: 'approval', with: {} },
    { key: 'b', uses: 'file.delete', with: { path: 'old' } },
  ],
  [['a', 'b']],
);
const asked: Step = { id: 'ask', kind: 'approval', approval: { question: 'Delete?', expire_after: '7d' } };
const deletes = tool('delete', 'file.delete', { path: 'old/' });

const without = (step: Step, name: keyof Step): Step =>
  Object.fromEntries(Object.entries(step).filter(([key]) => key !== name)) as Step;

/** Plans that lack a step, or a circumstance of one, and one that does more. */
function lessThan(plan: Plan): [string, Plan][] {
  const fewer = plan.steps.map(({ id }): [string, Plan] => [
    `without ${id}`,
    {
      ...plan,
      steps: plan.steps
        .filter((step) => step.id !== id)
        .map((step) => ({ ...step, depends_on: step.depends_on?.filter((need) => need !== id) })),
    },
  ]);
  const plainer = plan.steps.flatMap((step) =>
    (['when', 'for_each', 'until', 'on_error'] as const)
      .filter((name) => step[name] !== undefined)
      .map((name): [string, Plan] => [
        `${step.id} without ${name}`,
        { ...plan, steps: plan.steps.map((one) => (one === step ? without(one, name) : one)) },
      ]),
  );
  const more = tool('more', 'http.request', { url: 'https://else.test', method: 'POST' });
  return [...fewer, ...plainer, ['more', { ...plan, steps: [...plan.steps, more] }]];
}

/** Rounds whose notation the oracle writes; that of the fourth says more than it knows. */
const written = rounds.slice(0, 3);

describe('plans', () => {
  test.each(written)('what the authors of %s would write is right', (round) => {
    const sound = entriesOf(round).filter((one) => 'plan' in one.expect);
    const faults = sound.flatMap((one) =>
      outcomeOf(one, planOfAuthor(one)).faults.map((fault) => `${one.id} ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  test.each(rounds)('what lacks a part of it, or does more, is not (%s)', (round) => {
    const taken = new Set(
      entriesOf(round)
        .filter((one) => 'plan' in one.expect)
        .flatMap((one) =>
          lessThan(planOfAuthor(one)).flatMap(([what, plan]) =>
            outcomeOf(one, plan).outcome === 'right' ? [`${one.id} ${what}`] : [],
          ),
        ),
    );
    // they hang from a step with the same condition
    for (const step of ['r1-fr-024 c', 'r9-fr-012 d', 'r10-en-039 c']) taken.delete(`${step} without when`);
    expect([...taken]).toEqual([]);
  });

  test('steps that commute may come in the other order', () => {
    expect(outcomeOf(sorted, planOf(...plain)).outcome).toBe('right');
    const other = [
      fetched,
      sort('steps.get.output.body'),
      filter('steps.order.output.items'),
      save('steps.keep.output.items'),
    ];
    expect(outcomeOf(sorted, planOf(...other)).outcome).toBe('right');
  });

  test('a step that is passed by is wrong', () => {
    const passed = [
      fetched,
      filter('steps.get.output.body'),
      sort('steps.get.output.body'),
      save('steps.order.output.items'),
    ];
    expect(outcomeOf(sorted, planOf(...passed))).toMatchObject({ outcome: 'wrong', silent: true });
  });

  test('several pure steps may be one', () => {
    const fused = (expression: string) =>
      planOf(
        fetched,
        tool('make', 'transform.jsonata', { input: '${{ steps.get.output.body }}', expression }),
        save('steps.make.output.value'),
      );
    expect(outcomeOf(sorted, fused('$[total > 9]^(day)')).outcome).toBe('right');
    expect(outcomeOf(sorted, fused('$[total > 8]^(day)')).outcome).toBe('wrong');
    expect(outcomeOf(sorted, fused('$[total > 9]')).outcome).toBe('wrong');
  });

  test('a bound that is not the one of the words is wrong', () => {
    const [one, , ...rest] = plain as [Step, Step, Step, Step];
    expect(outcomeOf(sorted, planOf(one, filter('steps.get.output.body', 'ge'), ...rest)).outcome).toBe('wrong');
  });

  test('an effect too many is wrong, a neutral step is not', () => {
    const post = tool('tell', 'http.request', { url: 'https://else.test', method: 'POST' });
    expect(outcomeOf(sorted, planOf(...plain, post))).toMatchObject({ outcome: 'wrong', silent: true });
    expect(outcomeOf(sorted, planOf(...plain, tool('echo', 'data.echo', { seen: 1 }))).outcome).toBe('right');
  });

  test('an approval comes before what it guards', () => {
    expect(outcomeOf(guarded, planOf(asked, { ...deletes, depends_on: ['ask'] })).outcome).toBe('right');
    expect(outcomeOf(guarded, planOf({ ...asked, depends_on: ['delete'] }, deletes)).outcome).toBe('wrong');
    expect(outcomeOf(guarded, planOf(asked, deletes)).outcome).toBe('wrong');
    expect(outcomeOf(guarded, planOf(asked, { ...deletes, depends_on: ['ask'], when: '1 > 2' })).outcome).toBe('wrong');
  });

  test('a plan that is not right is not silent if a note quotes the words of the point', () => {
    const [, keep] = plain as [Step, Step];
    const less = planOf(fetched, keep, save('steps.keep.output.items'));
    expect(outcomeOf(sorted, less, ['Skipped: "orders".'])).toMatchObject({ outcome: 'wrong', silent: true });
    expect(outcomeOf(guarded, planOf(deletes))).toMatchObject({ outcome: 'wrong', silent: true });
  });
});

describe('refusals', () => {
  const other: Entry = { ...sorted, expect: { refuse: 'reconcile them with the ledger', why: 'no tool does' } };
  const refusal = (part: string) =>
    judge(other, { refused: [{ part, from: 0, to: 1, message: '', near: [] }] }, catalogue);

  test.each([
    ['reconcile them with the ledger', 'named', true],
    ['then reconcile them with the ledger', 'named', false],
    ['reconcile', 'half', true],
    ['fetch', 'half', false],
    ['fetch the orders and sort them by day, then reconcile them with the ledger and save', 'half', false],
  ])('"%s" is %s', (part, outcome, within) => {
    expect(refusal(part)).toMatchObject({ outcome, within, silent: false });
  });

  test('a plan for it is wrong, and a sound goal that is refused is a needless refusal', () => {
    expect(outcomeOf(other, planOf(...plain))).toMatchObject({ outcome: 'planned', silent: true });
    expect(judge(sorted, { refused: [] }, catalogue).outcome).toBe('needless');
  });
});
