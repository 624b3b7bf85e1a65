import type { JobView } from '../../../schemas/job/run';
import type { RunView, StepView } from '../../../schemas/run';
import { metricsOf } from '../../../src/job/metrics';

const run = (plan?: { by: string }, ended_at?: string): RunView => {
  const view = { job_id: 'J', recoveries: [{}], plan } as unknown as JobView;
  return { status: 'running', started_at: '2026-01-05T08:00:00Z', ended_at, view } as unknown as RunView;
};
const step = (id: string, more: Partial<StepView>): StepView => ({
  ...{ id, kind: 'tool', uses: 'data.echo', status: 'completed', rounds: 1 },
  ...more,
});
const asked = (cost: string) => ({ uses: 'llm.structured', output: { inline: { tokens: 120, cost } } });
const NOW = Date.parse('2026-01-05T08:00:10Z');

it('counts what has run, and knows no rate and no average where nothing has', () => {
  const steps = [
    step('a', { started_at: 1_000, ended_at: 2_000 }),
    step('b', { started_at: 1_000, ended_at: 4_000, rounds: 2 }),
    step('c', { status: 'failed' }),
    step('d', { status: 'pending', rounds: 0 }),
  ];
  expect(metricsOf(run(), steps, NOW)).toMatchObject({
    ...{ success_rate: 2 / 3, average_task_duration_seconds: 2, duration_seconds: 10, rounds: 4, recoveries: 1 },
    tasks: { total: 4, completed: 2, failed: 1, pending: 1 },
    costs: { tokens: 0, money: '0' },
  });
  expect(metricsOf(run(undefined, '2026-01-05T08:00:03Z'), [], NOW)).toMatchObject({
    ...{ success_rate: null, average_task_duration_seconds: null, duration_seconds: 3 },
  });
});

it.each([
  ['what models say they cost', [step('a', asked('0.0021 EUR')), step('b', asked('0.001 EUR'))], 240, '0.0031 EUR'],
  ['nothing of a cost that is unknown', [step('a', asked('unknown'))], null, null],
  [
    'nothing of an agent, which may have asked a model',
    [step('a', { kind: 'agent', uses: 'cost_worker' })],
    null,
    null,
  ],
  ['nothing of earlier rounds', [step('a', { ...asked('0.0021 EUR'), rounds: 2 })], null, null],
])('sums up %s', (_, steps, tokens, money) => {
  expect(metricsOf(run(), steps, NOW).costs).toEqual({ tokens, money });
});

it('does not know the cost of a plan that a model has written', () => {
  expect(metricsOf(run({ by: 'llm' }), [], NOW).costs).toEqual({ tokens: null, money: null });
});
