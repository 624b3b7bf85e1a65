/** Waits of a plan: for people, for time, for another attempt. */
import type { JsonObject } from '../../../schemas/json';
import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { ToolError } from '../../../activities/tools/errors';
import type { Tool } from '../../../activities/tools/tool';
import type { PlatformEvent } from '../../../schemas/envelope';
import type { Plan, Step } from '../../../schemas/plan';
import { messages, type RunRecord } from '../../../schemas/run';
import { decide, statusOf, stepsOf } from '../../support/stack';
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
import { until } from '../../support/until';

/** A tool that is away for a while: it works from attempt `works_from` on, and may say when to come back. */
const away: Tool = {
  spec: {
    name: 'test.away',
    version: '1.0.0',
    description: 'for tests',
    input: { type: 'object' },
    output: {},
    effect: 'none',
    timeout: 10_000,
    retry: { attempts: 6, initialMs: HOUR, backoff: 2, maxMs: 6 * HOUR },
  },
  async run(input, { attempt }) {
    const { works_from, retry_after } = input as { works_from: number; retry_after?: number };
    if (attempt >= works_from) return { attempt };
    throw new ToolError({ class: 'transient', type: 'test.away', message: 'come again', retryAfterMs: retry_after });
  },
};

let stack: TimedStack;
beforeAll(async () => (stack = await startTimedStack({ tools: [away] })));
afterAll(async () => await stack.stop());

const start = (steps: Step[], result?: Plan['result']) =>
  stack.run({ name: 'timed', steps, ...(result && { result }) });
const note = (id: string, more: Partial<Step> = {}): Step => ({
  id,
  kind: 'tool',
  uses: 'test.note',
  with: {},
  ...more,
});
const ended = async (handle: WorkflowHandle): Promise<RunRecord> => {
  await handle.result().catch((error: unknown) => expect(error).toBeInstanceOf(WorkflowFailedError));
  return (await stack.record(handle))!;
};
const of = (events: PlatformEvent[], type: string) => events.filter(({ event_type }) => event_type === type);
const statuses = ({ step_views }: RunRecord) => Object.fromEntries(step_views.map(({ id, status }) => [id, status]));

describe('an approval', () => {
  const ask = (more: Partial<NonNullable<Step['approval']>> = {}): Step => ({
    id: 'ok',
    kind: 'approval',
    approval: { question: 'Go?', remind_after: '1h', escalate_after: '1d', expire_after: '3d', ...more },
  });
  const levels = (events: PlatformEvent[]) =>
    of(events, 'APPROVAL.OVERDUE').map(({ payload }) => (payload as { level: string }).level);

  it('is reminded of, escalated, and when nobody decides it counts as a refusal', async () => {
    const record = await ended(await start([ask(), note('after', { depends_on: ['ok'] })]));
    const { events, status, error } = record;
    expect([status, error?.type]).toEqual(['failed', 'approval.expired']);
    expect(levels(events)).toEqual(['reminder', 'escalation']);
    const [asked] = of(events, 'APPROVAL.REQUESTED');
    expectAfter(between(asked!, of(events, 'APPROVAL.OVERDUE')[0]!), HOUR);
    expectAfter(between(asked!, of(events, 'APPROVAL.OVERDUE')[1]!), DAY);
    expectAfter(between(asked!, of(events, 'APPROVAL.EXPIRED')[0]!), 3 * DAY);
    expect(statuses(record)).toEqual({ ok: 'failed', after: 'pending' });
    expect(record.approvals[0]!.status).toBe('expired');
  });

  it('is skipped when nobody decides, with what hangs on it alone, where the plan says so', async () => {
    const record = await ended(
      await start([ask({ on_expiry: 'skip' }), note('behind', { depends_on: ['ok'] }), note('beside')]),
    );
    expect(record.status).toBe('completed');
    expect(statuses(record)).toEqual({ ok: 'skipped', behind: 'skipped', beside: 'completed' });
    expect(of(record.events, 'TASK.SKIPPED')[0]).toMatchObject({ payload: { reason: 'nobody has decided in time' } });
  });

  it('may be decided between the reminder and the escalation, and is not reminded of again', async () => {
    const handle = await start([ask(), { id: 'later', kind: 'wait', with: { for: '10d' }, depends_on: ['ok'] }]);
    await waitForEvent(handle, 'APPROVAL.REQUESTED');
    await stack.pass(2 * HOUR);
    await waitForEvent(handle, 'APPROVAL.OVERDUE');
    expect(await decide(handle, { approval_id: 'ok', choice: 'approve', by: 'ann' })).toMatchObject({
      outcome: 'accepted',
    });
    const { events, status } = await ended(handle);
    expect([status, levels(events)]).toEqual(['completed', ['reminder']]);
  });

  it('does not grow old while the run is paused', async () => {
    const handle = await start([ask({ on_expiry: 'skip' })]);
    await waitForEvent(handle, 'APPROVAL.REQUESTED');
    await handle.signal(messages.pause, { by: 'ann' });
    await until(async () => (await statusOf(handle)).status === 'paused');
    await stack.pass(20 * DAY);
    expect(levels(await readEvents(handle))).toEqual([]);
    await handle.signal(messages.resume, { by: 'ann' });
    const { events } = await ended(handle);
    expect(levels(events)).toEqual(['reminder', 'escalation']);
    const [asked, paused, resumed, expired] = [
      'APPROVAL.REQUESTED',
      'RUN.PAUSED',
      'RUN.RESUMED',
      'APPROVAL.EXPIRED',
    ].map((type) => of(events, type)[0]!);
    expectAfter(between(asked!, paused!) + between(resumed!, expired!), 3 * DAY);
  });

  it('that is over takes no decision, however it comes', async () => {
    const handle = await start([ask({ on_expiry: 'skip' }), { id: 'later', kind: 'wait', with: { for: '10d' } }]);
    await waitForEvent(handle, 'APPROVAL.REQUESTED');
    await stack.pass(3 * DAY + MINUTE);
    await waitForEvent(handle, 'APPROVAL.EXPIRED');
    const late = { approval_id: 'ok', choice: 'approve', by: 'ann' };
    expect(await decide(handle, late)).toMatchObject({ outcome: 'refused', reason: 'closed' });
    await handle.signal(messages.decide, late);
    await waitForEvent(handle, 'DECISION.REFUSED');
    expect(statuses(await ended(handle))['ok']).toBe('skipped');
  });

  it('has the time of the run where it names none', async () => {
    const handle = await start([{ id: 'ok', kind: 'approval', approval: { question: 'Go?', expire_after: '7d' } }]);
    const { events } = await ended(handle);
    expectAfter(between(of(events, 'APPROVAL.REQUESTED')[0]!, of(events, 'APPROVAL.EXPIRED')[0]!), 7 * DAY);
    expect(levels(events)).toEqual([]);
  });

  it('of one step does not end the wait of another', async () => {
    const second: Step = { ...ask({ expire_after: '5d', remind_after: '4d', on_expiry: 'skip' }), id: 'second' };
    const record = await ended(await start([ask({ on_expiry: 'skip' }), second]));
    const [asked] = of(record.events, 'APPROVAL.REQUESTED');
    const expired = of(record.events, 'APPROVAL.EXPIRED');
    expect(expired.map(({ payload }) => (payload as { approval_id: string }).approval_id)).toEqual(['ok', 'second']);
    expectAfter(between(asked!, expired[1]!), 5 * DAY);
  });
});

describe('a check that is not met', () => {
  const improve: Step = {
    id: 'text',
    kind: 'tool',
    uses: 'test.improve',
    until: {
      check: 'test.check',
      with: { output: '${{ steps.text.output }}', good_from: 9 },
      rounds: 2,
      otherwise: 'ask',
    },
  };

  it('waits for a person as long as the run allows, then fails the step', async () => {
    const { events, error } = await ended(await start([improve]));
    expect(error).toMatchObject({ type: 'review.expired', message: expect.stringContaining('test.not_good') });
    expectAfter(between(of(events, 'APPROVAL.REQUESTED')[0]!, of(events, 'APPROVAL.EXPIRED')[0]!), 7 * DAY);
    expect(of(events, 'TASK.RETRIED')).toHaveLength(1);
  });
});

describe('a wait', () => {
  it('of three days takes three days, and the rest goes on meanwhile', async () => {
    const handle = await start([
      { id: 'w', kind: 'wait', with: { for: '${{ input == null ? "3d" : "1d" }}' } },
      note('beside'),
      note('after', { depends_on: ['w'] }),
    ]);
    await until(async () => (await stepsOf(handle)).steps[1]?.status === 'completed');
    expect((await stepsOf(handle)).steps.map(({ status }) => status)).toEqual(['waiting', 'completed', 'pending']);
    const { events, step_views } = await ended(handle);
    expectAfter(between(events[0]!, events.at(-1)!), 3 * DAY);
    expect(step_views[0]!.ended_at! - step_views[0]!.started_at!).toBeGreaterThanOrEqual(3 * DAY);
  });

  it('until an instant ends at it, and one in the past at once', async () => {
    const instant = new Date((await stack.now()) + 2 * DAY).toISOString();
    const record = await ended(
      await start([
        { id: 'past', kind: 'wait', with: { until: '2020-01-01T00:00:00Z' } },
        { id: 'future', kind: 'wait', with: { until: instant }, depends_on: ['past'] },
      ]),
    );
    const [past, future] = record.step_views;
    expect(past!.ended_at! - past!.started_at!).toBeLessThan(MINUTE);
    expectAfter(future!.ended_at! - Date.parse(instant), 0);
    expect(future!.output).toEqual({ inline: { waited_until: instant } });
  });

  it('fails its step when it names no time, or one that is too far away', async () => {
    const wrongs: JsonObject[] = [{}, { for: '3 days' }, { until: 'tomorrow' }, { for: '367d' }];
    for (const wrong of wrongs) {
      const { error } = await ended(await start([{ id: 'w', kind: 'wait', with: wrong }]));
      expect(error?.type).toMatch(/^(wait|plan)\.invalid$/);
    }
  });

  it('that ends while the run is paused is done, and what follows starts when the run is resumed', async () => {
    const handle = await start([{ id: 'w', kind: 'wait', with: { for: '2d' } }, note('after', { depends_on: ['w'] })]);
    await until(async () => (await stepsOf(handle)).steps[0]?.status === 'waiting');
    await handle.signal(messages.pause, { by: 'ann' });
    await stack.pass(3 * DAY);
    await until(async () => (await stepsOf(handle)).steps[0]?.status === 'completed');
    expect((await statusOf(handle)).status).toBe('paused');
    expect((await stepsOf(handle)).steps[1]?.status).toBe('pending');
    await handle.signal(messages.resume, { by: 'ann' });
    expect((await ended(handle)).status).toBe('completed');
  });

  it('ends at once when the run is cancelled', async () => {
    const handle = await start([{ id: 'w', kind: 'wait', with: { for: '30d' } }]);
    await until(async () => (await stepsOf(handle)).steps[0]?.status === 'waiting');
    await handle.signal(messages.cancel, { by: 'ann' });
    const record = await ended(handle);
    expect([record.status, statuses(record)['w']]).toEqual(['cancelled', 'cancelled']);
    expect(between(record.events[0]!, record.events.at(-1)!)).toBeLessThan(HOUR);
  });
});

describe('a step that fails in passing', () => {
  const step = (with_: object, more: Partial<Step> = {}): Step => ({
    ...{ id: 'a', kind: 'tool' as const, uses: 'test.away', with: with_ as Step['with'] },
    ...more,
  });
  const took = ({ events }: RunRecord) =>
    between(
      of(events, 'TASK.STARTED')[0]!,
      events.find(({ event_type }) => /TASK\.(COMPLETED|FAILED)/.test(event_type))!,
    );

  it('is tried again with growing pauses, up to the longest that its tool allows', async () => {
    const record = await ended(await start([step({ works_from: 6 })]));
    expect(record.step_views[0]!.output).toEqual({ inline: { attempt: 6 } });
    expectAfter(took(record), (1 + 2 + 4 + 6 + 6) * HOUR);
    expect(of(record.events, 'TASK.STARTED')).toHaveLength(1);
  });

  it('fails when its attempts are used up', async () => {
    const record = await ended(await start([step({ works_from: 9 })]));
    expect(record.error?.type).toBe('test.away');
    expectAfter(took(record), 19 * HOUR);
  });

  it('has the attempts and pauses that the plan gives it', async () => {
    const retry = { attempts: 3, initial: '2d', backoff: 1 };
    const record = await ended(await start([step({ works_from: 3 }, { retry: { ...retry, max: '2d' } })]));
    expectAfter(took(record), 4 * DAY);
  });

  it('is tried again when it says so itself', async () => {
    const record = await ended(await start([step({ works_from: 2, retry_after: 5 * HOUR })]));
    expectAfter(took(record), 5 * HOUR);
  });

  it('is given up at the time limit that the plan sets for all its attempts', async () => {
    const record = await ended(await start([step({ works_from: 6 }, { timeout: '4h' })]));
    expect(record.status).toBe('failed');
    expect(took(record)).toBeLessThanOrEqual(4 * HOUR + MINUTE);
    expect(record.error?.type).toMatch(/^(test\.away|step\.timeout)$/);
  });

  it('keeps the attempts of others out of its way, and they keep out of its', async () => {
    const handle = await start([step({ works_from: 3 }), note('b'), note('c', { depends_on: ['b'] })]);
    await waitForEvent(handle, 'TASK.COMPLETED', 2);
    expect(of(await readEvents(handle), 'TASK.FAILED')).toHaveLength(0);
    expect((await ended(handle)).status).toBe('completed');
  });

  it('can be cancelled between two attempts', async () => {
    const handle = await start([step({ works_from: 6 })]);
    await waitForEvent(handle, 'TASK.STARTED');
    await stack.pass(2 * HOUR);
    await handle.signal(messages.cancel, { by: 'ann' });
    const record = await ended(handle);
    expect([record.status, statuses(record)['a']]).toEqual(['cancelled', 'cancelled']);
  });
});

it('a step that hangs ends at its time limit', async () => {
  const record = await ended(
    await start([{ id: 'a', kind: 'tool', uses: 'test.work', with: { ms: 30_000 }, timeout: '1s' }]),
  );
  expect(record.error?.type).toMatch(/timeout$/);
});
