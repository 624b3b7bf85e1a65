/** An order waits for a person: the effects of time. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { messages } from '../../../schemas/run';
import type { OrderView } from '../../../schemas/order/run';
import { breachesOf } from '../../support/contracts';
import { plainReader } from '../../support/order-reader';
import { decide, statusOf } from '../../support/stack';
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
beforeAll(async () => (stack = await startTimedStack({ tools: plainReader })));
afterAll(async () => await stack.stop());

const patience = { remind_after: 4 * HOUR, escalate_after: DAY, expire_after: 14 * DAY };
const start = () => stack.order({ options: patience });
const asked = (handle: WorkflowHandle, count = 1) => waitForEvent(handle, 'ORDER.VALIDATION_REQUIRED', count);
const approve = (handle: WorkflowHandle, approval_id = 'validation') =>
  decide(handle, { approval_id, choice: 'approve', by: 'bob' });

const levels = (events: { event_type: string; payload: unknown }[]) =>
  events
    .filter(({ event_type }) => event_type === 'ORDER.VALIDATION_OVERDUE')
    .map(({ payload }) => (payload as { level: string }).level);
const ended = async (handle: WorkflowHandle) => {
  await handle.result();
  return (await stack.record(handle))!;
};
const types = (events: { event_type: string }[]) => events.map(({ event_type }) => event_type);
const fileNames = async (handle: WorkflowHandle) => {
  const { order_id } = (await statusOf(handle)).view as unknown as OrderView;
  return (ending: string) => join(stack.config.store.dir, `exports/${order_id}.${ending}`);
};

it('reminds, escalates, and expires without an export; nothing is said after the expiry', async () => {
  const handle = await start();
  const name = await fileNames(handle);
  await asked(handle);
  const { events, approvals, view } = await ended(handle);
  expect(levels(events)).toEqual(['reminder', 'escalation']);
  const required = events.find(({ event_type }) => event_type === 'ORDER.VALIDATION_REQUIRED')!;
  const overdue = events.filter(({ event_type }) => event_type === 'ORDER.VALIDATION_OVERDUE');
  [4 * HOUR, DAY].forEach((ms, i) => expectAfter(between(required, overdue[i]!), ms));
  expectAfter(between(required, events.at(-1)!), 14 * DAY);
  expect(events.at(-1)).toMatchObject({ event_type: 'ORDER.EXPIRED', payload: { approval_id: 'validation' } });
  expect(breachesOf(events)).toEqual([]);
  expect([approvals[0]!.status, (view as unknown as OrderView).status]).toEqual(['expired', 'expired']);
  expect(types(events)).not.toContain('ORDER.EXPORT_READY');
  expect(['csv', 'xlsx'].map((ending) => existsSync(name(ending)))).toEqual([false, false]);
});

it('says nothing before it is due', async () => {
  const handle = await start();
  await asked(handle);
  await stack.pass(4 * HOUR - MINUTE);
  expect(levels(await readEvents(handle))).toEqual([]);
  await stack.pass(2 * MINUTE);
  await waitForEvent(handle, 'ORDER.VALIDATION_OVERDUE');
  await stack.pass(20 * HOUR - 5 * MINUTE);
  expect(levels(await readEvents(handle))).toEqual(['reminder']);
  await approve(handle);
  await ended(handle);
});

it('takes an approval in the last minute, and reminds nobody after it', async () => {
  const handle = await start();
  const name = await fileNames(handle);
  await asked(handle);
  await stack.pass(14 * DAY - MINUTE);
  await waitForEvent(handle, 'ORDER.VALIDATION_OVERDUE', 2);
  expect(existsSync(name('csv'))).toBe(false);
  expect(await approve(handle)).toMatchObject({ outcome: 'accepted' });
  const { events } = await ended(handle);
  expect(levels(events)).toEqual(['reminder', 'escalation']);
  expect(types(events).at(-1)).toBe('ORDER.EXPORT_READY');
  expect(existsSync(name('csv'))).toBe(true);
});

it('refuses an approval that comes after the expiry, by update and by signal, and exports nothing', async () => {
  const handle = await start();
  const name = await fileNames(handle);
  await asked(handle);
  await stack.pass(14 * DAY + MINUTE);
  await waitForEvent(handle, 'ORDER.EXPIRED');
  const late = await approve(handle).catch((error: Error) => error);
  expect(late instanceof Error || late.outcome === 'refused').toBe(true);
  await handle
    .signal(messages.decide, { approval_id: 'validation', choice: 'approve', by: 'bob' })
    .catch(() => undefined);
  const { events } = await ended(handle);
  expect(types(events).at(-1)).toBe('ORDER.EXPIRED');
  expect(existsSync(name('csv'))).toBe(false);
});

it('a correction between reminder and escalation asks anew, with a wait of its own', async () => {
  const handle = await start();
  await asked(handle);
  await stack.pass(6 * HOUR);
  await waitForEvent(handle, 'ORDER.VALIDATION_OVERDUE');
  const data = { lines: [{ line_id: 'L1', quantity: '7' }] };
  await decide(handle, { approval_id: 'validation', choice: 'correct', by: 'ann', data });
  const again = await asked(handle, 2);
  await stack.pass(3 * HOUR);
  expect(levels(await readEvents(handle))).toEqual(['reminder']);
  const { events } = await ended(handle);
  expect(levels(events)).toEqual(['reminder', 'reminder', 'escalation']);
  expectAfter(between(again, events.at(-1)!), 14 * DAY);
  expect(events.at(-1)).toMatchObject({ event_type: 'ORDER.EXPIRED', payload: { approval_id: 'validation-2' } });
});

it('a decision on the question before the correction comes too late, and changes nothing', async () => {
  const handle = await start();
  await asked(handle);
  const data = { lines: [{ line_id: 'L1', quantity: '7' }] };
  await decide(handle, { approval_id: 'validation', choice: 'correct', by: 'ann', data });
  await asked(handle, 2);
  expect(await approve(handle)).toMatchObject({ outcome: 'late', decision: { choice: 'correct', by: 'ann' } });
  await handle.signal(messages.decide, { approval_id: 'validation', choice: 'reject', by: 'eve', comment: 'no' });
  expect(await approve(handle, 'validation-2')).toMatchObject({ outcome: 'accepted' });
  expect(types((await ended(handle)).events).at(-1)).toBe('ORDER.EXPORT_READY');
});

it('an order that is cancelled while it waits ends at once, without an export', async () => {
  const handle = await start();
  const name = await fileNames(handle);
  await asked(handle);
  await stack.pass(5 * HOUR);
  await handle.signal(messages.cancel, { by: 'ann' });
  await handle.result().catch(() => undefined);
  const { events, status } = (await stack.record(handle))!;
  expect(breachesOf(events)).toEqual([]);
  expect([status, types(events).at(-1), levels(events)]).toEqual(['cancelled', 'ORDER.FAILED', ['reminder']]);
  expect(existsSync(name('csv'))).toBe(false);
});
