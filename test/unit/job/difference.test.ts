import type { Step } from '../../../schemas/plan';
import { differenceOf, planDigest } from '../../../src/job/difference';
import { decidePlan } from '../../../src/policy/decide';
import { newlyAsked } from '../../../src/policy/delta';
import type { Policy } from '../../../schemas/policy';
import { catalogue, planOf, step } from './support';

const get = (id: string, url: string, more: Partial<Step> = {}) => step(id, 'http.request', { url }, more);
const save = (id: string, from: string) =>
  step(id, 'sql.insert', { table: 'orders', items: `\${{ steps.${from}.output.body }}` });

const before = planOf([get('a', 'https://a.example/'), save('s', 'a'), save('t', 'a'), get('x', 'https://x.example/')]);
const after = planOf(
  [
    get('a', 'https://b.example/?token=abcdefgh', { timeout: '5s' }),
    save('s', 'a'),
    save('t', 'n'),
    get('n', 'https://n.example/'),
  ],
  { n: 1 },
);

it('a plan is not different from itself, however it is written', () => {
  const turned = {
    ...before.plan,
    steps: before.plan.steps.map((one) => Object.fromEntries(Object.entries(one).reverse())),
  };
  expect(planDigest(turned as unknown as typeof before.plan)).toBe(planDigest(before.plan));
  expect(differenceOf(before, before)).toMatchObject({
    added: [],
    removed: [],
    changed: [],
    affected: [],
    same: 4,
    plan: [],
  });
});

it('steps that are new, gone, changed and fed by those are told, in words', () => {
  const found = differenceOf(before, after);
  expect(found).toEqual({
    before: planDigest(before.plan),
    after: planDigest(after.plan),
    added: ['n'],
    removed: ['x'],
    changed: [
      {
        step_id: 'a',
        changes: ['with.url was "https://a.example/", is "https://b.example/?token=[secret]"', 'timeout is new: "5s"'],
      },
      {
        step_id: 't',
        changes: ['with.items was "${{ steps.a.output.body }}", is "${{ steps.n.output.body }}"'],
      },
    ],
    affected: ['s'],
    same: 1,
    plan: ['result is new: {"n":1}'],
  });
});

it('a new yes is asked for what is new, changed or fed by it, and for nothing else', () => {
  const rules = [
    { id: 'w', when: 'effect != "none"', effect: 'approve' as const, reason: 'writes' },
    { id: 'r', when: 'effect == "none"', effect: 'allow' as const, reason: 'reads' },
  ];
  const policy: Policy = { version: 1, name: 'p', rules };
  const decide = ({ plan }: typeof before, by = policy) =>
    decidePlan(by, plan, { catalogue, job: { requested_by: 'ann', priority: 3, goal: '' } });
  const asked = (to: typeof before, by = policy) =>
    newlyAsked(differenceOf(before, to), decide(before), decide(to, by)).map(({ step_id }) => step_id);
  expect(asked(before)).toEqual([]);
  expect(asked(after)).toEqual(['s', 't']);
  const more = planOf([
    ...before.plan.steps,
    get('y', 'https://y.example/', { with: { url: 'https://y.example/', method: 'POST' } }),
  ]);
  expect(asked(more)).toEqual(['y']);
  const stricter = { ...policy, rules: [{ ...rules[0]!, id: 'other' }, rules[1]!] };
  expect(asked(before, stricter)).toEqual(['s', 't']);
});
