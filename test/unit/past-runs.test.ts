/** Figures of past runs: what a record gives, how much of it is kept, and how it is made again. */
import { pino } from 'pino';
import type { RunRecord, StepView } from '../../schemas/run';
import { createRecordStore } from '../../src/documents/records';
import { createPastRuns } from '../../src/past-runs/past-runs';
import { figuresOf, NO_SAMPLES, planFiguresOf, samplesOf, withSamples } from '../../src/past-runs/samples';
import { temporaryStore } from './documents/support';

const step = (id: string, uses: string, ms: number, more: Partial<StepView> = {}): StepView => ({
  ...{ id, name: id, kind: 'tool', uses, status: 'completed', rounds: 1, started_at: 1_000, ended_at: 1_000 + ms },
  ...more,
});
const plan = { $ref: `sha256:${'a'.repeat(64)}`, bytes: 1 };
const record = (n: number, step_views: StepView[], more: { status?: RunRecord['status']; view?: object } = {}) =>
  ({
    ...{
      workflow_id: `n.job.J-${n}`,
      run_id: String(n),
      process: 'job',
      status: more.status ?? 'completed',
      step_views,
    },
    view: {
      mode: 'run',
      plan: { version: 1, plan },
      used: { steps: 1, time_ms: 100 * n, tokens: 0, money: '0' },
      ...more.view,
    },
  }) as unknown as RunRecord;

it('a record gives what one call of each tool has taken, and what its plan has', () => {
  const answer = (tokens: number, cost: string) => ({ output: { inline: { tokens, cost } } });
  const views = [
    ...[step('a', 'http.request', 100), step('b', 'http.request', 300), step('c', 'http.request', 200)],
    step('failed', 'http.request', 9_000, { status: 'failed' }),
    step('rounds', 'http.request', 9_000, { rounds: 3 }),
    step('each', 'http.request', 9_000, { elements: { count: 3, ended: 3, failed: 0 } }),
    ...[
      step('m', 'llm.structured', 50, answer(10, '0.02 USD')),
      step('n', 'llm.structured', 70, answer(30, '0.05 USD')),
    ],
  ];
  const samples = samplesOf(record(1, views));
  expect(figuresOf(samples, ['http.request', 'llm.structured', 'never.used'])).toEqual({
    'http.request': { runs: 1, time_ms: { low: 100, likely: 200, high: 300 } },
    'llm.structured': {
      runs: 1,
      time_ms: { low: 50, likely: 50, high: 70 },
      tokens: { low: 10, likely: 10, high: 30 },
      money: { low: 0.02, likely: 0.02, high: 0.05, currency: 'USD' },
    },
  });
  expect(planFiguresOf(samples, plan.$ref)).toMatchObject({ runs: 1, time_ms: { likely: 100 }, tokens: { high: 0 } });
});

it('simulations give nothing, and failed runs nothing of their plan; what nobody knows stays unknown', () => {
  const views = [step('a', 'http.request', 100)];
  expect(samplesOf(record(1, views, { view: { mode: 'simulate' } }))).toEqual(NO_SAMPLES);
  expect(samplesOf(record(1, views, { status: 'failed' }))).toMatchObject({
    tools: { 'http.request': [{}] },
    plans: {},
  });
  const unknown = step('m', 'llm.structured', 50, { output: { inline: { tokens: null, cost: 'unknown' } } });
  const known = step('m', 'llm.structured', 50, { output: { inline: { tokens: 5, cost: '1 USD' } } });
  const both = withSamples(samplesOf(record(1, [known])), samplesOf(record(2, [unknown])));
  expect(figuresOf(both, ['llm.structured'])['llm.structured']).toMatchObject({
    ...{ runs: 2, tokens: undefined, money: undefined },
  });
  const used = { steps: 1, time_ms: 5, tokens: null, money: null };
  expect(planFiguresOf(samplesOf(record(1, views, { view: { used } })), plan.$ref)?.tokens).toBeUndefined();
});

it('only the newest runs are kept, each once', () => {
  let samples = NO_SAMPLES;
  for (let n = 1; n <= 100; n++) samples = withSamples(samples, samplesOf(record(n, [step('a', `tool.t`, n)])));
  samples = withSamples(samples, samplesOf(record(100, [step('a', `tool.t`, 100)])));
  expect(figuresOf(samples, ['tool.t'])).toEqual({
    'tool.t': { runs: 30, time_ms: { low: 71, likely: 85, high: 100 } },
  });
  expect(planFiguresOf(samples, plan.$ref)).toMatchObject({ runs: 10, time_ms: { low: 9_100, high: 10_000 } });
});

it('they are kept in the document store, and made again from the records where they are lost', async () => {
  const { store } = await temporaryStore();
  const records = createRecordStore(store);
  const open = () => createPastRuns({ store, records, namespace: 'n', log: pino({ level: 'silent' }) });
  const first = open();
  expect(await first.of(['tool.t'], plan.$ref)).toEqual({ tools: {}, plan: undefined });
  for (let n = 1; n <= 3; n++) {
    const ended = record(n, [step('a', 'tool.t', n)]);
    await records.writeRecord(ended);
    first.note(ended);
  }
  const figures = { tools: { 'tool.t': { runs: 3 } }, plan: { runs: 3 } };
  expect(await first.of(['tool.t'], plan.$ref)).toMatchObject(figures);
  await first.close();
  expect(await open().of(['tool.t'], plan.$ref)).toMatchObject(figures);

  await store.replace('past-runs/n.json', Buffer.from('{'));
  expect(await open().of(['tool.t'], plan.$ref)).toMatchObject(figures);
  await store.remove('past-runs/n.json');
  expect(await open().of(['tool.t'], plan.$ref)).toMatchObject(figures);
});
