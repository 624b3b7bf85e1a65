/** Audit projects on a real Temporal, Redis and files. */
import type { WorkflowHandle } from '@temporalio/client';
import type { AuditInput, ProjectView } from '../../schemas/audit/run';
import { messages, type DecisionAnswer } from '../../schemas/run';
import type { WorkContext } from '../../schemas/audit/work-context';
import { queueName, workflowIdOf } from '../../src/temporal/ids';
import { startStack, statusOf, type Stack } from '../support/stack';
import { until } from '../support/until';

let stack: Stack;
beforeAll(async () => (stack = await startStack()));
afterAll(async () => await stack.stop());

const rows = (count: number): WorkContext['rows'] =>
  Array.from({ length: count }, (_, i) => ({
    category: ['Invoicing', 'Support', 'Orders'][i % 3]!,
    estimated_minutes: 5 + (i % 30),
    text: [
      'Re-type the delivery note into the ERP',
      'Wait for approval by the manager',
      'Answer the phone and hand over to sales',
    ][i % 3]!,
  }));

let projects = 0;

async function audit(context?: WorkContext, options: Partial<AuditInput['options']> = {}): Promise<WorkflowHandle> {
  projects += 1;
  const project_id = `P-${projects}`;
  const input: AuditInput = {
    project_id,
    correlation_id: `c-${projects}`,
    request_text: 'full audit',
    ...(context ? { work_context: await stack.documents.putValue(context) } : {}),
    rows: context?.rows?.length ?? 0,
    language: context?.language ?? 'en',
    requested_by: 'ann',
    options: {
      remind_after: 4 * 3_600_000,
      escalate_after: 24 * 3_600_000,
      expire_after: 7 * 86_400_000,
      rework_rounds: 2,
      approval_signals: 'accept',
      ...options,
    },
  };
  return await stack.client.workflow.start('audit', {
    workflowId: workflowIdOf(stack.config.namespace, 'audit', project_id),
    taskQueue: queueName(stack.config.namespace, 'workflows'),
    workflowTaskTimeout: '5s',
    args: [input],
  });
}

const typesOf = async (handle: WorkflowHandle) =>
  (await stack.record(handle))!.events.map(({ event_type }) => event_type);
const viewOf = async (handle: WorkflowHandle) => (await stack.record(handle))!.view as unknown as ProjectView;

it('a request with rows becomes a backlog, five deliverables, and a finished project', async () => {
  const handle = await audit({ rows: rows(220), hourly_rate: 42, period: { type: 'monthly', working_days: 21 } });
  await handle.result();
  const types = await typesOf(handle);
  expect(types.slice(0, 2)).toEqual(['PROJECT.INITIAL_REQUEST_RECEIVED', 'PROJECT.BACKLOG_GENERATED']);
  expect(types.at(-1)).toBe('PROJECT.COMPLETED');
  for (const type of ['WORK.ITEM_DISPATCHED', 'WORK.ITEM_STARTED', 'DELIVERABLE.PUBLISHED', 'WORK.ITEM_COMPLETED'])
    expect(types.filter((other) => other === type)).toHaveLength(5);
  const view = await viewOf(handle);
  expect(view.items.map(({ status, rounds }) => `${status} ${rounds}`)).toEqual(Array(5).fill('completed 1'));
  // document, report, chart and table; the summary has the page of all five besides
  expect(view.deliverables.map(({ status, artifacts }) => `${status} ${artifacts.length}`)).toEqual([
    ...Array<string>(4).fill('complete 4'),
    'complete 5',
  ]);
});

it('a request without rows asks a person, and goes on with what that person gives', async () => {
  const handle = await audit();
  await until(async () => (await statusOf(handle)).status === 'waiting');
  const refused = await handle.executeUpdate<DecisionAnswer, [object]>(messages.decide, {
    args: [{ approval_id: 'rows', choice: 'provide', by: 'ann', data: { work_context: { rows: [] } } }],
  });
  expect(refused).toMatchObject({ outcome: 'refused', reason: 'malformed' });
  const work_context = { rows: rows(12), hourly_rate: 40, period: { type: 'weekly', working_days: 5 } };
  await handle.signal(messages.decide, { approval_id: 'rows', choice: 'provide', by: 'ann', data: { work_context } });
  await handle.result();
  const types = await typesOf(handle);
  expect(types.slice(1, 5)).toEqual([
    'CLARIFICATION.REQUESTED',
    'DECISION.REFUSED',
    'CLARIFICATION.ANSWERED',
    'PROJECT.BACKLOG_GENERATED',
  ]);
  expect((await viewOf(handle)).rows).toBe(12);
});

it('rows that can not be used are asked for again, with the reason', async () => {
  const handle = await audit();
  await until(async () => (await statusOf(handle)).status === 'waiting');
  const bad = { rows: [{ category: 'x', estimated_minutes: 3, text: 'y' }], hourly_rate: 'much' };
  await handle.signal(messages.decide, {
    approval_id: 'rows',
    choice: 'provide',
    by: 'ann',
    data: { work_context: bad },
  });
  await until(async () => (await statusOf(handle)).approvals.length === 2);
  const { approvals } = await statusOf(handle);
  expect(approvals[1]!.question).toMatch(/hourly_rate/);
  await handle.signal(messages.decide, { approval_id: 'rows-2', choice: 'decline', by: 'ann' });
  await handle.result();
  const { deliverables } = await viewOf(handle);
  expect(deliverables.map(({ status }) => status)).toEqual(Array(5).fill('insufficient_data'));
});

it('a project that is cancelled says which items it lacks', async () => {
  const handle = await audit();
  await until(async () => (await statusOf(handle)).status === 'waiting');
  await handle.signal(messages.cancel, { by: 'ann' });
  await handle.result().catch(() => undefined);
  const record = (await stack.record(handle))!;
  expect(record.status).toBe('cancelled');
  expect(record.events.at(-1)).toMatchObject({
    event_type: 'PROJECT.FAILED',
    payload: { error: { type: 'run.cancelled' } },
  });
});
