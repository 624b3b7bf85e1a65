/** Texts that people see in Temporal's Web UI, read back from a real server. */
import { TypedSearchAttributes } from '@temporalio/common';
import type { temporal as proto } from '@temporalio/proto';
import { pino } from 'pino';
import type { OrderInput } from '../../schemas/order/run';
import type { Plan } from '../../schemas/plan';
import type { PlanRunInput } from '../../schemas/run';
import { openFilesystemStore } from '../../src/documents/filesystem';
import { createRecordStore } from '../../src/documents/records';
import { openProver } from '../../src/access/proof';
import * as thread from '../../src/threads/order';
import { inProcess } from '../support/threads';
import { createRuns, type Runs } from '../../src/runs';
import { runSettings } from '../../src/runs/settings';
import { createTemporal, type TemporalPort } from '../../src/temporal/client';
import { queueName } from '../../src/temporal/ids';
import { searchAttributes } from '../../src/temporal/search-attributes';
import { fetchChain } from '../support/histories';
import { plainReader } from '../support/order-reader';
import { startStack, statusOf, type Stack } from '../support/stack';
import { until } from '../support/until';

let stack: Stack;
let temporal: TemporalPort;
let runs: Runs;

beforeAll(async () => {
  stack = await startStack({ tools: plainReader });
  temporal = createTemporal(stack.config);
  const store = await openFilesystemStore({ root: stack.config.store.dir });
  runs = createRuns({
    temporal,
    store: { ...stack.documents, ...createRecordStore(store) },
    settings: runSettings(stack.config),
    prover: await openProver(stack.config),
    threads: { of: () => inProcess(thread) },
    log: pino({ level: 'silent' }),
  });
});
afterAll(async () => {
  await temporal.close();
  await stack.stop();
});

/** The end of a run, and the server's description of it. */
async function ended(workflowId: string) {
  const handle = stack.client.workflow.getHandle(workflowId);
  await handle.result();
  const { memo, typedSearchAttributes: found } = await handle.describe();
  return {
    memo,
    kind: found.get(searchAttributes.kind),
    status: found.get(searchAttributes.status),
    subject: found.get(searchAttributes.subject),
    told: (await fetchChain(stack.client, workflowId)).flatMap(({ events }) => summaries(events ?? [])),
  };
}

/** Everything that a run has asked for, with its summary. */
function summaries(events: proto.api.history.v1.IHistoryEvent[]): [string, string | undefined][] {
  return events.flatMap((event): [string, string | undefined][] => {
    const scheduled = event.activityTaskScheduledEventAttributes;
    const timer = event.timerStartedEventAttributes && 'timer';
    const child = event.startChildWorkflowExecutionInitiatedEventAttributes && 'child';
    const what = scheduled?.activityType?.name ?? timer ?? child;
    const { data } = event.userMetadata?.summary ?? {};
    return what ? [[what, data ? (JSON.parse(Buffer.from(data).toString()) as string) : undefined]] : [];
  });
}

const named = (told: [string, string | undefined][], what: string) =>
  told.filter(([name]) => name === what).map(([, summary]) => summary);

function expectEverySummary(told: [string, string | undefined][]): void {
  expect(told.filter(([, summary]) => !summary?.trim())).toEqual([]);
  for (const [, summary] of told) expect(summary!.length).toBeLessThanOrEqual(400);
}

it('an audit: its title, its project, its end, and a summary of everything that it has asked for', async () => {
  const rows = [{ text: 'Type the letter', category: 'Typing', estimated_minutes: 10 }];
  const { workflow_id } = await runs.startAudit({
    ...{ project_id: 'P-7', request_text: 'full audit', requested_by: 'ann', work_context: { rows } },
  });
  const { memo, told, ...found } = await ended(workflow_id);
  expect(found).toEqual({ kind: 'audit', status: 'completed', subject: 'P-7' });
  expect(memo).toMatchObject({ title: 'Audit P-7: full audit', engine_version: 2 });
  expectEverySummary(told);
  expect(named(told, 'runAgent')).toContainEqual(expect.stringMatching(/cost_worker, round 1$/));
});

it('a plan with every kind of step', async () => {
  const plan: Plan = {
    name: 'everything',
    steps: [
      { id: 'local', kind: 'tool', uses: 'test.note', with: { a: 1 } },
      { id: 'apart', kind: 'tool', uses: 'test.work', with: { ms: 1 } },
      { id: 'again', kind: 'tool', uses: 'test.flaky', with: {} },
      { id: 'lost', kind: 'tool', uses: 'test.once', on_error: 'continue' },
      { id: 'pause', kind: 'wait', with: { for: '100ms' } },
      {
        ...{ id: 'text', kind: 'tool', uses: 'test.improve', with: {} },
        until: {
          check: 'test.check',
          with: { output: '${{ steps.text.output }}', good_from: 2 },
          rounds: 3,
          otherwise: 'ask',
        },
      },
      { id: 'ok', kind: 'approval', approval: { question: 'Go?', remind_after: '1h', expire_after: '7d' } },
      { id: 'never', kind: 'tool', uses: 'test.note', when: '${{ false }}' },
    ],
  };
  const workflowId = `${stack.config.namespace}.run.everything`;
  const input: PlanRunInput = {
    ...{ title: 'Everything', plan: await stack.documents.putValue(plan), steps: plan.steps.length },
    ...{ input: { inline: null }, correlation_id: 'c-1', mode: 'live' },
    options: { approval_signals: 'accept', expire_after: 86_400_000 },
  };
  const handle = await stack.client.workflow.start('run', {
    ...{ workflowId, taskQueue: queueName(stack.config.namespace, 'workflows'), args: [input] },
    typedSearchAttributes: new TypedSearchAttributes([
      { key: searchAttributes.kind, value: 'run' },
      { key: searchAttributes.status, value: 'running' },
      { key: searchAttributes.subject, value: workflowId },
    ]),
  });
  await until(async () => (await statusOf(handle)).approvals.length > 0);
  const approval = (await statusOf(handle)).approvals[0]!;
  await runs.decide(workflowId, {
    approval_id: approval.approval_id,
    choice: 'approve',
    by: 'ann',
    digest: approval.digest,
  });
  const { memo, told, ...found } = await ended(workflowId);
  expect(found).toEqual({ kind: 'run', status: 'completed', subject: workflowId });
  expect(memo).toMatchObject({ title: 'Everything', engine_version: 2 });
  expectEverySummary(told);
  expect(named(told, 'runTool')).toEqual(
    expect.arrayContaining(['apart: test.work, round 1', 'again: test.flaky, round 1', 'lost: test.once, round 1']),
  );
  expect(named(told, 'timer').length).toBeGreaterThanOrEqual(2);
});

it('an order that is approved', async () => {
  const artifact = await stack.documents.putArtifact({
    ...{ path: 'orders/O-7/received/1', media_type: 'text/csv' },
    bytes: Buffer.from('Reference;Quantity\nA-1;2\n'),
  });
  const files: OrderInput['files'] = [{ name: 'order.csv', artifact }];
  const { workflow_id } = await runs.startOrder({
    ...{ order_id: 'O-7', from_email: 'user@example.com', subject: 'New order', language: 'en', files },
    ...{ delivery: { address: '1 Main St', date: '2999-01-02' }, requested_by: 'ann' },
  });
  await until(async () => (await runs.readOrder('O-7')).question !== undefined);
  expect(await runs.validateOrder({ order_id: 'O-7', by: 'bob' }, {}, true)).toMatchObject({ outcome: 'approved' });
  const { memo, told, ...found } = await ended(workflow_id);
  expect(found).toEqual({ kind: 'order', status: 'exported', subject: 'O-7' });
  expect(memo).toMatchObject({ title: 'Order O-7 from user@example.com: New order', engine_version: 2 });
  expectEverySummary(told);
  expect(named(told, 'exportOrder')).toEqual(['export what was approved']);
});

it('an operation', async () => {
  const { workflow_id } = await runs.startOperation({ action: 'events.rebuild', by: 'o.martin' });
  const { memo, told, ...found } = await ended(workflow_id);
  expect(found).toEqual({ kind: 'operations', status: 'completed', subject: 'events.rebuild' });
  expect(memo).toMatchObject({ title: 'events.rebuild by o.martin', engine_version: 2, by: 'o.martin' });
  expectEverySummary(told);
  expect(new Set(named(told, 'rebuildPage'))).toEqual(new Set(['look at 100 runs']));
});
