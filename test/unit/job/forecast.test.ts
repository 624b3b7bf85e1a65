import { createCatalogue } from '../../../core/plan/catalogue';
import { withWorstCase } from '../../../core/worst-case';
import type { PastFigures } from '../../../schemas/job/forecast';
import type { Step } from '../../../schemas/plan';
import { forecastOf } from '../../../src/job/forecast';
import { catalogue, planOf, step } from './support';

const range = (low: number, likely: number, high: number) => ({ low, likely, high });
const past: PastFigures = {
  'http.request': { runs: 7, time_ms: range(100, 200, 1_000), money: { ...range(0, 0, 0), currency: 'USD' } },
  'file.write': { runs: 3, time_ms: range(1, 2, 10) },
};
const get = (id: string, more: Partial<Step> = {}) => step(id, 'http.request', { url: 'https://a.example/' }, more);
const save = (id: string, more: Partial<Step> = {}) => step(id, 'file.write', { path: id, text: '' }, more);
const forecast = (steps: Step[], figures = past) =>
  forecastOf(planOf(steps), catalogue, { past: figures, maxParallel: 2 });

it('time is that of the longest way, with where it comes from', () => {
  const chain = [get('a'), get('b', { depends_on: ['a'] }), save('c', { depends_on: ['b'] })];
  expect(forecast(chain).time_ms).toMatchObject({ ...range(201, 402, 2_010), from: 'past runs', runs: 3, unknown: [] });
  expect(forecast([get('a'), get('b'), get('c'), get('d')]).time_ms).toMatchObject(range(200, 400, 2_500));
});

it('what is not known is said, and is never 0', () => {
  expect(forecast([get('a')], {})).toMatchObject({
    time_ms: { low: null, likely: null, high: null, from: 'unknown', runs: 0, unknown: ['http.request'] },
    money: [{ low: null, likely: null, high: null, from: 'unknown', unknown: ['http.request'], currency: null }],
  });
  const mixed = forecast([get('a'), step('m', 'mail.send', { to: 'a' }, { depends_on: ['a'] })]);
  expect(mixed.time_ms).toEqual({
    low: 100,
    likely: null,
    high: null,
    from: 'unknown',
    runs: 7,
    unknown: ['mail.send'],
  });
});

it('an unknown number of elements leaves the upper end open', () => {
  const each = get('b', { for_each: 'steps.a.output.body', depends_on: ['a'] });
  expect(forecast([get('a'), each]).time_ms).toMatchObject({ low: 100, likely: null, high: null, from: 'unknown' });
  const known = get('b', { for_each: '[1, 2, 3]', parallel: 2 });
  expect(forecast([known]).time_ms).toMatchObject(range(200, 400, 2_000));
});

it('steps that may be skipped need not take time; rounds and their pauses may', () => {
  expect(forecast([get('a', { when: 'input.x' })]).time_ms).toMatchObject(range(0, 200, 1_000));
  const until = { check: 'file.read', with: {}, rounds: 3, every: '5s', otherwise: 'fail' as const };
  const figures = { ...past, 'file.read': { runs: 1, time_ms: range(0, 0, 0) } };
  expect(forecast([get('a', { until })], figures).time_ms).toMatchObject(range(100, 200, 13_000));
});

it('waits count, people do not, but are counted', () => {
  const wait = { id: 'w', kind: 'wait', with: { for: '10s' } } as Step;
  const yes = { id: 'y', kind: 'approval', approval: { question: 'Yes?', expire_after: '1d' } } as Step;
  expect(forecast([wait, yes])).toMatchObject({ time_ms: range(10_000, 10_000, 10_000), waits_for_people: 1 });
});

it('tools that reach nobody cost nothing; prices are those of the list, by currency', () => {
  expect(forecast([save('a')])).toMatchObject({
    tokens: { ...range(0, 0, 0), unknown: [] },
    money: [{ ...range(0, 0, 0), currency: null }],
  });
  const priced = (name: string, amount: number, currency: string) =>
    withWorstCase({ name, version: '1', description: name, input: {}, output: {}, cost: { amount, currency } });
  const shop = createCatalogue([priced('a.buy', 0.1, 'EUR'), priced('b.buy', 2, 'USD')]);
  const steps = [step('a', 'a.buy', {}, { for_each: '[1, 2, 3]' }), step('b', 'b.buy')];
  const links = new Map(steps.map(({ id }) => [id, { needs: [], reads: [] }]));
  expect(forecastOf({ plan: { name: 'x', steps }, links }, shop, { maxParallel: 16 }).money).toMatchObject([
    { ...range(0.3, 0.3, 0.3), from: 'price list', currency: 'EUR' },
    { ...range(2, 2, 2), from: 'price list', currency: 'USD' },
  ]);
});

it('only those who ask models use tokens', () => {
  const mcp = step('m', 'mcp.crm.create_lead', { name: 'a' });
  expect(forecast([mcp]).tokens).toMatchObject({ low: null, from: 'unknown', unknown: ['mcp.crm.create_lead'] });
  const known = { 'mcp.crm.create_lead': { runs: 1, tokens: range(10, 20, 30) } };
  expect(forecast([mcp, save('s')], known).tokens).toMatchObject({ ...range(10, 20, 30), from: 'past runs' });
});

it('past runs of the very plan count before those of its tools', () => {
  const plan = { runs: 4, time_ms: range(900, 1_000, 1_500), tokens: range(0, 0, 0) };
  const options = { past, pastPlan: plan, maxParallel: 2 };
  expect(forecastOf(planOf([get('a'), get('b')]), catalogue, options)).toMatchObject({
    time_ms: { ...range(900, 1_000, 1_500), from: 'past runs of this plan', runs: 4, unknown: [] },
    tokens: { ...range(0, 0, 0), from: 'past runs of this plan' },
    money: [{ ...range(0, 0, 0), from: 'past runs', runs: 7, currency: 'USD' }],
  });
});
