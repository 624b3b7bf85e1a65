/** A deliverable that is not accepted: rework, then a person, and the effects of time. */
import type { WorkflowHandle } from '@temporalio/client';
import type { PlatformEvent } from '../../../schemas/envelope';
import { messages } from '../../../schemas/run';
import { carelessAgent, carelessRounds, failingAttempts } from '../../support/careless-agent';
import { decide } from '../../support/stack';
import {
  between,
  DAY,
  expectAfter,
  waitForEvent,
  HOUR,
  MINUTE,
  readEvents,
  startTimedStack,
  type TimedStack,
} from '../../support/time';

let stack: TimedStack;
beforeAll(async () => (stack = await startTimedStack({ tools: [carelessAgent('cost_worker')] })));
afterAll(async () => await stack.stop());

const context = {
  rows: [{ category: 'Invoicing', estimated_minutes: 30, text: 'Re-type the delivery note' }],
  hourly_rate: 40,
  period: { type: 'weekly' as const, working_days: 5 },
};

/** An audit whose agent for costs miscounts in this many rounds. */
async function audit(rounds: number, request_text = 'only the costs, please'): Promise<WorkflowHandle> {
  const project_id = `careless-${carelessRounds.size + 1}`;
  carelessRounds.set(project_id, rounds);
  return await stack.audit({ project_id, request_text, context });
}

const review = (handle: WorkflowHandle, count = 1) => waitForEvent(handle, 'CLARIFICATION.REQUESTED', count);
const ended = async (handle: WorkflowHandle) => {
  await handle.result().catch(() => undefined);
  return (await stack.record(handle))!;
};
const of = (events: PlatformEvent[], type: string) => events.filter(({ event_type }) => event_type === type);
const levels = (events: PlatformEvent[]) =>
  of(events, 'CLARIFICATION.OVERDUE').map(({ payload }) => (payload as { level: string }).level);

it('goes back to the agent with what is wrong, and is published once when it is right', async () => {
  const { events, status } = await ended(await audit(2));
  expect(status).toBe('completed');
  const rework = of(events, 'WORK.ITEM_REWORK_REQUESTED');
  expect(rework.map(({ payload }) => payload)).toMatchObject(
    [1, 2].map((round) => ({
      backlog_item_id: 'cost',
      round,
      requested_by: 'definition_of_done',
      findings: expect.arrayContaining([expect.objectContaining({ pointer: expect.stringContaining('/totals') })]),
    })),
  );
  expect(of(events, 'WORK.ITEM_STARTED')).toHaveLength(3);
  expect(of(events, 'DELIVERABLE.PUBLISHED')).toHaveLength(1);
  expect(of(events, 'WORK.ITEM_COMPLETED')[0]).toMatchObject({ payload: { rounds: 3 } });
  expect(of(events, 'CLARIFICATION.REQUESTED')).toHaveLength(0);
});

it('is shown to a person after its rounds, reminded of, escalated, and given up when nobody decides', async () => {
  const { events, status, error } = await ended(await audit(3));
  const [request] = of(events, 'CLARIFICATION.REQUESTED');
  expect(request).toMatchObject({
    payload: {
      clarification_id: 'cost.review.3',
      kind: 'review',
      backlog_item_id: 'cost',
      choices: ['accept', 'rework', 'reject'],
    },
  });
  expect(levels(events)).toEqual(['reminder', 'escalation', 'expired']);
  [4 * HOUR, DAY, 7 * DAY].forEach((ms, i) =>
    expectAfter(between(request!, of(events, 'CLARIFICATION.OVERDUE')[i]!), ms),
  );
  expect(of(events, 'WORK.ITEM_REWORK_REQUESTED')).toHaveLength(2);
  expect(of(events, 'WORK.ITEM_FAILED')[0]).toMatchObject({ payload: { error: { type: 'review.expired' } } });
  expect([status, error?.type]).toEqual(['failed', 'project.incomplete']);
  expect(events.at(-1)).toMatchObject({ event_type: 'PROJECT.FAILED', payload: { failed_items: ['cost'] } });
});

it('is accepted as it is by a person who says so after the reminder', async () => {
  const handle = await audit(9);
  await review(handle);
  await stack.pass(5 * HOUR);
  await waitForEvent(handle, 'CLARIFICATION.OVERDUE');
  await decide(handle, { approval_id: 'cost.review.3', choice: 'accept', by: 'ann' });
  const { events, status } = await ended(handle);
  expect(status).toBe('completed');
  expect(levels(events)).toEqual(['reminder']);
  expect(of(events, 'WORK.ITEM_COMPLETED')[0]).toMatchObject({ payload: { accepted_by: 'ann', rounds: 3 } });
});

it('goes back once more when a person wants it, with that person’s words, and is asked about again', async () => {
  const handle = await audit(4);
  await review(handle);
  await decide(handle, { approval_id: 'cost.review.3', choice: 'rework', by: 'ann', comment: 'count again' });
  await review(handle, 2);
  await stack.pass(2 * DAY);
  await handle.signal(messages.decide, { approval_id: 'cost.review.4', choice: 'rework', by: 'bob' });
  const { events, status } = await ended(handle);
  expect(status).toBe('completed');
  const requested = of(events, 'WORK.ITEM_REWORK_REQUESTED').map(
    ({ payload }) => (payload as { requested_by: string }).requested_by,
  );
  expect(requested).toEqual(['definition_of_done', 'definition_of_done', 'ann', 'bob']);
  expect(levels(events)).toEqual(['reminder', 'escalation']);
  expect(of(events, 'WORK.ITEM_COMPLETED')[0]).toMatchObject({
    payload: { rounds: 5, accepted_by: 'definition_of_done' },
  });
});

it('is rejected by a person: the item fails, the summary that needs it too, and the project says so', async () => {
  const handle = await audit(9, 'full audit');
  await review(handle);
  await decide(handle, { approval_id: 'cost.review.3', choice: 'reject', by: 'ann' });
  const { events, status } = await ended(handle);
  expect(status).toBe('failed');
  expect(of(events, 'WORK.ITEM_FAILED').map(({ payload }) => payload)).toMatchObject([
    { backlog_item_id: 'cost', error: { type: 'review.rejected' } },
    { backlog_item_id: 'summary', error: { type: 'step.skipped' } },
  ]);
  expect(of(events, 'DELIVERABLE.PUBLISHED')).toHaveLength(3);
  expect(events.at(-1)).toMatchObject({ payload: { failed_items: ['cost', 'summary'] } });
});

it('keeps nobody else waiting while a person is asked', async () => {
  const handle = await audit(9, 'full audit');
  await review(handle);
  await waitForEvent(handle, 'WORK.ITEM_COMPLETED', 3);
  expect(of(await readEvents(handle), 'WORK.ITEM_STARTED')).toHaveLength(6); // three others, and three rounds of cost
  await handle.signal(messages.cancel, { by: 'ann' });
  expect((await ended(handle)).status).toBe('cancelled');
});

it('is tried again while its agent fails in passing', async () => {
  failingAttempts.set('failing-twice', 2);
  const handle = await stack.audit({ project_id: 'failing-twice', request_text: 'only the costs', context });
  const { events, status } = await ended(handle);
  expect(status).toBe('completed');
  expectAfter(between(of(events, 'WORK.ITEM_STARTED')[0]!, of(events, 'WORK.ITEM_COMPLETED')[0]!), 20 * MINUTE);
  expect(of(events, 'WORK.ITEM_REWORK_REQUESTED')).toHaveLength(0);
});

it('fails when its agent fails for longer than an item may take, and the others are delivered', async () => {
  failingAttempts.set('failing-on', 9);
  const { events, status } = await ended(await stack.audit({ project_id: 'failing-on', context }));
  expect(status).toBe('failed');
  const [failed] = of(events, 'WORK.ITEM_FAILED');
  expect(failed).toMatchObject({ payload: { backlog_item_id: 'cost', error: { type: 'test.flaky' } } });
  const took = between(of(events, 'WORK.ITEM_STARTED')[0]!, failed!);
  expect(took).toBeLessThanOrEqual(30 * MINUTE);
  expect(of(events, 'DELIVERABLE.PUBLISHED')).toHaveLength(3);
});
