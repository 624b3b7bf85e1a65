/** An audit without rows asks for them: the effects of time. */
import type { WorkflowHandle } from '@temporalio/client';
import type { ProjectView } from '../../../schemas/audit/run';
import { messages } from '../../../schemas/run';
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
beforeAll(async () => (stack = await startTimedStack()));
afterAll(async () => await stack.stop());

const work_context = {
  rows: [{ category: 'Invoicing', estimated_minutes: 30, text: 'Re-type the delivery note' }],
  hourly_rate: 40,
  period: { type: 'weekly', working_days: 5 },
};
const levels = (events: { event_type: string; payload: unknown }[]) =>
  events
    .filter(({ event_type }) => event_type === 'CLARIFICATION.OVERDUE')
    .map(({ payload }) => (payload as { level: string }).level);
const statuses = async (handle: WorkflowHandle) =>
  ((await stack.record(handle))!.view as unknown as ProjectView).deliverables.map(({ status }) => status);
const asked = (handle: WorkflowHandle) => waitForEvent(handle, 'CLARIFICATION.REQUESTED');

it('reminds after 4 hours, escalates after a day, gives up after a week, and delivers what can be said', async () => {
  const handle = await stack.audit();
  await asked(handle);
  await handle.result();
  const { events, approvals } = (await stack.record(handle))!;
  expect(levels(events)).toEqual(['reminder', 'escalation', 'expired']);
  const request = events.find(({ event_type }) => event_type === 'CLARIFICATION.REQUESTED')!;
  const overdue = events.filter(({ event_type }) => event_type === 'CLARIFICATION.OVERDUE');
  [4 * HOUR, DAY, 7 * DAY].forEach((ms, i) => expectAfter(between(request, overdue[i]!), ms));
  expect(approvals[0]).toMatchObject({ approval_id: 'rows', status: 'expired' });
  expect(await statuses(handle)).toEqual(Array(5).fill('insufficient_data'));
  expect(events.at(-1)).toMatchObject({
    event_type: 'PROJECT.COMPLETED',
    payload: { status: 'insufficient_data', deliverables: 5 },
  });
});

it('says nothing before it is due', async () => {
  const handle = await stack.audit();
  await asked(handle);
  await stack.pass(4 * HOUR - MINUTE);
  expect(levels(await readEvents(handle))).toEqual([]);
  await stack.pass(2 * MINUTE);
  await waitForEvent(handle, 'CLARIFICATION.OVERDUE');
  await stack.pass(20 * HOUR - 5 * MINUTE);
  expect(levels(await readEvents(handle))).toEqual(['reminder']);
  await decide(handle, { approval_id: 'rows', choice: 'decline', by: 'ann' });
  await handle.result();
});

it('takes an answer between the reminder and the escalation, and asks no more', async () => {
  const handle = await stack.audit();
  await asked(handle);
  await stack.pass(6 * HOUR);
  await waitForEvent(handle, 'CLARIFICATION.OVERDUE');
  const answer = await decide(handle, { approval_id: 'rows', choice: 'provide', by: 'ann', data: { work_context } });
  expect(answer.outcome).toBe('accepted');
  await stack.pass(10 * DAY);
  await handle.result();
  const { events } = (await stack.record(handle))!;
  expect(levels(events)).toEqual(['reminder']);
  expect(await statuses(handle)).toEqual(Array(5).fill('complete'));
});

it('takes an answer in the last minute', async () => {
  const handle = await stack.audit();
  await asked(handle);
  await stack.pass(7 * DAY - MINUTE);
  await waitForEvent(handle, 'CLARIFICATION.OVERDUE', 2);
  const answer = await decide(handle, { approval_id: 'rows', choice: 'provide', by: 'ann', data: { work_context } });
  expect(answer.outcome).toBe('accepted');
  await handle.result();
  expect(await statuses(handle)).toEqual(Array(5).fill('complete'));
});

it('asks again with a wait of its own when the rows can not be used', async () => {
  const handle = await stack.audit();
  await asked(handle);
  await stack.pass(6 * DAY);
  const unusable = { ...work_context, hourly_rate: 'much' };
  await decide(handle, { approval_id: 'rows', choice: 'provide', by: 'ann', data: { work_context: unusable } });
  const again = await waitForEvent(handle, 'CLARIFICATION.REQUESTED', 2);
  await handle.result();
  const { events } = (await stack.record(handle))!;
  expect(levels(events)).toEqual(['reminder', 'escalation', 'reminder', 'escalation', 'expired']);
  const expired = events.filter(({ event_type }) => event_type === 'CLARIFICATION.OVERDUE').at(-1)!;
  expectAfter(between(again, expired), 7 * DAY);
});

it('leaves out what would come after the end of the wait', async () => {
  const options = { remind_after: HOUR, escalate_after: 3 * DAY, expire_after: 2 * DAY };
  const handle = await stack.audit({ options });
  await handle.result();
  expect(levels((await stack.record(handle))!.events)).toEqual(['reminder', 'expired']);
});

it('stops asking when the project is cancelled', async () => {
  const handle = await stack.audit();
  await asked(handle);
  await stack.pass(5 * HOUR);
  await handle.signal(messages.cancel, { by: 'ann' });
  await handle.result().catch(() => undefined);
  const { events, status, approvals } = (await stack.record(handle))!;
  expect([status, approvals[0]!.status]).toEqual(['cancelled', 'cancelled']);
  expect(levels(events)).toEqual(['reminder']);
});
