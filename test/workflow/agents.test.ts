/** An agent of the platform in a run, and the registry that knows it: on real servers. */
import type { RunningApi } from '../../api/server';
import type { AgentDetail } from '../../schemas/agents/api';
import { startServed } from '../support/served';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

let stack: Stack;
let api: RunningApi;

beforeAll(async () => {
  ({ stack, api } = await startServed());
});
afterAll(async () => {
  await api.stop();
  await stack.stop();
});

const shown = async (): Promise<AgentDetail> =>
  (await (await fetch(`${api.url}/api/v1/agents/sales`)).json()) as AgentDetail;

it('scores a lead in a step, whose output is known by its members, and is counted in the registry', async () => {
  const handle = await stack.run(
    {
      name: 'Lead',
      steps: [
        {
          ...{ id: 'qualify', kind: 'agent', uses: 'sales' },
          with: { task: 'qualify_lead', parameters: { priority: 'high' }, input: '${{ input }}' },
        },
      ],
      result: { score: '${{ steps.qualify.output.score }}', decision: '${{ steps.qualify.output.decision }}' },
    },
    { input: { inline: { lead: { name: 'Ann', email: 'ann@acme.example', budget: 9_000 } } } },
  );
  expect(await handle.result()).toEqual({ inline: { score: 36, decision: 'more_needed' } });

  await until(async () => (await shown()).totals?.calls === 1);
  expect(await shown()).toMatchObject({
    ...{ name: 'sales', status: 'idle', breaker: 'closed', worker_count: 1 },
    tasks: [{ name: 'qualify_lead', example: { task: 'qualify_lead' } }, { name: 'rank_leads' }],
    workers: [{ calls: 1, failures: 0, last_success_at: expect.any(String) }],
  });
});
