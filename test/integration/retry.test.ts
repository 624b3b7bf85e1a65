/** A failed project goes on from what it has. */
import type { RunningApi } from '../../api/server';
import type { Project } from '../../schemas/audit/api';
import type { RunRecord } from '../../schemas/run';
import { workflowIdOf } from '../../src/temporal/ids';
import { carelessAgent, carelessRounds } from '../support/careless-agent';
import { expectCauses } from '../support/causes';
import { startServed } from '../support/served';
import { decide, statusOf, type Stack } from '../support/stack';
import { until } from '../support/until';

let stack: Stack;
let api: RunningApi;
beforeAll(async () => {
  ({ stack, api } = await startServed({
    env: { AWE_REWORK_ROUNDS: '0' },
    tools: [carelessAgent('cost_worker')],
  }));
});
afterAll(async () => {
  await api.stop();
  await stack.stop();
});

const project_id = 'P-retry';
const handle = () => stack.client.workflow.getHandle(workflowIdOf(stack.config.namespace, 'audit', project_id));
const post = async (path: string, body: object = {}) => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(api.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as { detail?: string } };
};
const project = async () => (await (await fetch(`${api.url}/projects/${project_id}`)).json()) as Project;
const retry = (id = project_id) => post(`/projects/${id}/retry`);

/** Rejects the item's delivery, once a person is asked about it. */
async function reject(approval_id: string): Promise<void> {
  await until(async () => {
    const { approvals } = await statusOf(handle()).catch(() => ({ approvals: [] }));
    return approvals.some((asked) => asked.approval_id === approval_id && asked.status === 'open');
  }, 60_000);
  await decide(handle(), { approval_id, choice: 'reject', by: 'ann' });
}

const ended = async (times: number): Promise<RunRecord> => {
  let record: RunRecord | undefined;
  await until(async () => {
    record = await stack.record(handle());
    return record?.events.filter(({ event_type }) => /^PROJECT\.(FAILED|COMPLETED)$/.test(event_type)).length === times;
  }, 60_000);
  return record!;
};

it('a project that fails is retried, as often as needed, and does nothing again that is done', async () => {
  carelessRounds.set(project_id, 2);
  const rows = [{ category: 'Support', estimated_minutes: 30, text: 'Wait for approval by the manager' }];
  const work_context = { rows, hourly_rate: 42, period: { type: 'monthly', working_days: 21 } };
  await post('/initial-request', { project_id, request_text: 'full audit', work_context });
  await until(async () => (await retry()).status === 409);
  expect((await retry()).body.detail).toMatch(/only a failed project/i);
  expect((await retry('nobody')).status).toBe(404);

  await reject('cost.review.1');
  const failed = await ended(1);
  expect(failed.outcome).toBe('failed');
  const answers = await Promise.all([retry(), retry(), retry()]);
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409]);
  await reject('cost.review.2');
  await ended(2);
  expect((await retry()).status).toBe(202);
  const { events, outcome, started_at } = await ended(3);

  expect([outcome, started_at]).toEqual(['completed', failed.started_at]);
  expect(events.slice(0, failed.events.length)).toEqual(failed.events);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  expectCauses(events, null);
  const worked = events.filter(({ event_type }) => event_type === 'WORK.ITEM_STARTED').map(({ payload }) => payload);
  const rounds = (item: string) => worked.filter(({ backlog_item_id }) => backlog_item_id === item).length;
  expect(['time_waste', 'friction', 'scenario', 'cost', 'summary'].map(rounds)).toEqual([1, 1, 1, 3, 1]);
  await until(async () => (await project()).status !== 'mirroring');
  const { status, items, deliverables } = await project();
  expect([status, items.every((item) => item.status === 'completed'), deliverables.length]).toEqual([
    'completed',
    true,
    5,
  ]);
  expect((await retry()).body.detail).toMatch(/this one is completed/);
});
