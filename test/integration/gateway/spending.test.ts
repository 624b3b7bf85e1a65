/** What models have cost, from the gateway's accounts to the API. */
import type { CostReport } from '../../../schemas/costs/api';
import { llmHeaders } from '../../../schemas/llm';
import { createSpendingReader } from '../../../src/llm/spending';
import { openDoor } from '../../unit/api/door';
import { testGateway } from './support';

const closing: (() => void)[] = [];
afterAll(() => closing.forEach((close) => close()));

it('is told by day, process, run and model, against the limits, over a restart of the gateway', async () => {
  const prices = { LLM_BUDGET_DAY: '2', LLM_BUDGET_RUN_TOKENS: '50000', LLM_BUDGET_DAY_TOKENS: '100000' };
  const before = await testGateway(prices);
  const ask = (run: string) =>
    before.client.chat.completions.create(
      { model: 'default', messages: [{ role: 'user', content: 'hello' }], max_completion_tokens: 20 },
      { headers: { [llmHeaders.run]: run } },
    );
  for (const run of ['ns.job.1', 'ns.job.2', 'ns.order.1', 'another']) await ask(run);
  await before.stop();
  const gateway = await testGateway(prices, before.dir);
  const { url, close } = await openDoor({
    readSpending: createSpendingReader({ url: `${gateway.url}/v1`, key: undefined }),
    processOfRun: (id: string) => /^ns\.([a-z]+)\./.exec(id)?.[1],
  });
  closing.push(close);
  const { status, body } = await get(`${url}/costs?runs=3`);
  expect([status, body]).toMatchObject([
    200,
    {
      currency: 'USD',
      limits: { day: { money: '2', tokens: 100_000 }, run: { tokens: 50_000 } },
      days: [{ tokens: expect.any(Number) }],
      runs: [{}, {}, {}],
      models: { spent: [] },
    },
  ]);
  expect(Object.fromEntries(body.processes.map(({ process, runs }) => [process, runs]))).toEqual({
    ...{ job: 2, order: 1, null: 1 },
  });
  const tokens = body.processes.reduce((sum, one) => sum + one.tokens, 0);
  expect(tokens).toBeGreaterThan(0);
  expect(body.today).toMatchObject({ tokens, left: { tokens: 100_000 - tokens, money: expect.any(String) } });
  await gateway.client.chat.completions.create(
    { model: 'default', messages: [{ role: 'user', content: 'hello' }] },
    { headers: { [llmHeaders.run]: 'ns.job.1' } },
  );
  expect((await get(`${url}/costs`)).body.models.spent).toMatchObject([{ tokens: expect.any(Number) }]);
  await gateway.stop();
  expect(await get(`${url}/costs`)).toMatchObject({
    status: 503,
    body: { detail: expect.stringContaining('does not answer') },
  });
});

async function get(url: string): Promise<{ status: number; body: CostReport }> {
  const answer = await fetch(url);
  return { status: answer.status, body: (await answer.json()) as CostReport };
}
