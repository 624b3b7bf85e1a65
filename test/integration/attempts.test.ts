/** Work that fails and is tried again shows on the resource of its run, and a cancellation reaches it there. */
import type { Project } from '../../schemas/audit/api';
import type { Run } from '../../schemas/api';
import { carelessAgent, failingAttempts } from '../support/careless-agent';
import { startServed } from '../support/served';
import { until } from '../support/until';

it('an agent on its second attempt is seen with its failure, and cancelled while it waits', async () => {
  const { stack, api } = await startServed({ tools: [carelessAgent('cost_worker')] });
  try {
    failingAttempts.set('P-again', 1);
    const rows = [{ category: 'Invoicing', estimated_minutes: 40, text: 'Re-type delivery notes' }];
    const handle = await stack.audit({ project_id: 'P-again', context: { rows } });
    const read = async <T>(path: string) => (await (await fetch(api.url + path)).json()) as T;
    let project: Project | undefined;
    await until(async () => (project = await read<Project>('/projects/P-again')).retrying !== undefined);
    const attempt = {
      activity: 'runAgent',
      step: 'cost',
      attempt: 2,
      state: 'waiting',
      since: expect.any(String),
      next_at: expect.any(String),
      last_failure: { type: 'test.flaky', message: 'not this time' },
    };
    expect(project?.retrying).toEqual([attempt]);
    expect((await read<Run>(`/runs/${handle.workflowId}`)).retrying).toEqual([attempt]);

    await fetch(`${api.url}/projects/P-again/cancel`, { method: 'POST' });
    await until(async () => (project = await read<Project>('/projects/P-again')).status === 'cancelled');
    expect(project?.retrying).toBeUndefined();
  } finally {
    await api.stop();
    await stack.stop();
  }
});
