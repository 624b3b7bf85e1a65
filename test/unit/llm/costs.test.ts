import type { Json } from '../../../schemas/json';
import type { StepView } from '../../../schemas/run';
import { costsOf, sumOfCosts } from '../../../src/llm/costs';

const step = (kind: StepView['kind'], uses: string, output: Json, rounds = 1): StepView => ({
  ...{ id: 'a', kind, uses, status: 'completed', rounds },
  output: { inline: output },
});

it('an agent has cost what it says of its model, and nothing where it goes by rules', () => {
  const llm = { model: 'm', tokens: 120, cost: '0.004 USD' };
  expect(costsOf(step('agent', 'sales', { by: 'llm', llm }))).toEqual({ tokens: 120, money: '0.004 USD' });
  expect(costsOf(step('agent', 'sales', { by: 'rules', score: 3 }))).toEqual({ tokens: 0, money: '0' });
});

it.each<[string, StepView]>([
  ['an agent that says nothing of it', step('agent', 'mine', { score: 3, tokens: 5, cost: '1 USD' })],
  ['a second round', step('agent', 'sales', { by: 'rules' }, 2)],
  ['a model whose price nobody knows', step('tool', 'llm.structured', { tokens: 5, cost: 'unknown' })],
])('of %s nobody knows it', (_, view) => {
  expect(costsOf(view)).toEqual({ tokens: null, money: null });
});

it('steps that ask no model have no costs, and sums are known where all parts are', () => {
  expect(costsOf(step('tool', 'http.request', {}))).toBeUndefined();
  const parts = [
    { tokens: 5, money: '0.1 USD' },
    { tokens: 0, money: '0' },
    { tokens: 7, money: '0.2 USD' },
  ];
  expect(sumOfCosts(parts)).toEqual({ tokens: 12, money: '0.3 USD' });
  expect(sumOfCosts([...parts, { tokens: 1, money: '1 EUR' }])).toEqual({ tokens: null, money: null });
});
