import { pino } from 'pino';
import { createFollower, type Sink } from '../../../api/live/follow';
import type { Envelope, PlatformEvent } from '../../../schemas/envelope';
import type { RunView } from '../../../schemas/run';
import { eventId } from '../../../src/runs/event-id';
import type { EventsAnswer } from '../../../src/runs';
import { uuid5 } from '../../../core/identity';
import { until } from '../../support/until';

const workflowId = 'audit.audit.1';

const audit = { process: 'audit', end: 'PROJECT.COMPLETED' };
const dispatch = { process: 'dispatch', end: 'WORK.ITEM_COMPLETED' };

function runOf(total: number, { process, end } = audit, runId = 'r1') {
  const subject = { kind: 'project' as const, id: 'P1' };
  const events: PlatformEvent[] = Array.from({ length: total }, (_, i) => ({
    event_id: eventId(workflowId, runId, i + 1),
    event_type: i + 1 === total ? end : 'WORK.ITEM_STARTED',
    schema_version: 1,
    source: `awe.${process}`,
    occurred_at: '2026-01-01T00:00:00Z',
    correlation_id: 'c',
    subject,
    seq: i + 1,
    payload: {},
  }));
  return { subject, events };
}

/** A run that has said `said.count` of its events, a stream that the test speaks on, and a reader that keeps all. */
function scene(total: number, said: { count: number }, about = audit) {
  const { subject, events } = runOf(total, about);
  let listener: (event: Envelope, id: string) => void = () => undefined;
  const questions: number[] = [];
  const received: number[] = [];
  const payloads: unknown[] = [];
  let ended: { status: string; seq: number } | undefined;
  const sink: Sink = {
    async events(some) {
      received.push(...some.map(({ seq }) => seq));
      payloads.push(...some.map(({ payload }) => payload));
      return true;
    },
    end: (status, seq) => (ended = { status, seq }),
    beat: () => undefined,
    close: () => undefined,
    get open() {
      return ended === undefined;
    },
  };
  const follower = createFollower({
    runs: {
      readRun: async () =>
        ({
          workflow_id: workflowId,
          run_id: 'r1',
          process: about.process,
          subject,
          status: 'running',
        }) as unknown as RunView,
      async readEvents(_id, after, limit): Promise<EventsAnswer> {
        questions.push(after);
        const known = events.slice(0, said.count);
        return {
          events: known.filter(({ seq }) => seq > after).slice(0, limit),
          last: known.length,
          ended: false,
        };
      },
      closedSince: async () => [],
    },
    reader: {
      subscribe: (_subject, one) => {
        listener = one;
        return () => (listener = () => undefined);
      },
      onGap: () => () => undefined,
      onState: () => () => undefined,
      state: () => 'up',
    },
    log: pino({ level: 'silent' }),
  });
  return {
    events,
    follower,
    sink,
    received,
    payloads,
    questions,
    speak: (event: Envelope) => listener(event, '1-1'),
    end: () => ended,
  };
}

const settle = (ms = 20) => new Promise((resolve) => setTimeout(resolve, ms));

test('past and presence join without gap or repeat, and the stream ends with the run', async () => {
  const said = { count: 3 };
  const { follower, sink, events, speak, received, end } = scene(6, said);
  const following = await follower.follow(workflowId, 0, () => sink);
  speak(events[2] as Envelope); // again, while the past is on its way
  following.go();
  for (const event of events.slice(3)) {
    said.count += 1;
    speak(event);
    speak(event);
  }
  await until(() => end() !== undefined);
  expect(received).toEqual([1, 2, 3, 4, 5, 6]);
  expect(end()).toEqual({ status: 'completed', seq: 6 });
  expect(follower.count()).toBe(0);
  follower.stop();
});

test('what the stream lacks is fetched from the run, however often the stream speaks of it', async () => {
  const said = { count: 2 };
  const { follower, sink, events, speak, received, questions } = scene(6, said);
  (await follower.follow(workflowId, 0, () => sink)).go();
  await settle();
  said.count = 5;
  for (let i = 0; i < 100; i++) speak(events[4] as Envelope);
  await until(() => received.length === 5);
  expect(received).toEqual([1, 2, 3, 4, 5]);
  expect(questions).toEqual([0, 2]);
  follower.stop();
});

test('a forged event is never passed on, not even with the id of the run\u2019s next one, and hides no true one', async () => {
  const said = { count: 2 };
  const { follower, sink, events, speak, received, payloads, questions, end } = scene(6, said);
  (await follower.follow(workflowId, 0, () => sink)).go();
  await until(() => received.length === 2);
  const next = events[2] as PlatformEvent;
  speak({ ...next, event_id: 'made-up', seq: 1e9, payload: { lie: true } });
  speak({ ...next, event_type: 'PROJECT.COMPLETED', payload: { lie: true } });
  await until(() => questions.length === 2);
  said.count = 6;
  speak({ ...next, payload: { lie: true } });
  await until(() => end() !== undefined);
  expect(received).toEqual([1, 2, 3, 4, 5, 6]);
  expect(JSON.stringify(payloads)).not.toContain('lie');
  follower.stop();
});

test("a dispatch's stream ends with its item", async () => {
  const said = { count: 2 };
  const { follower, sink, events, speak, received, end } = scene(3, said, dispatch);
  (await follower.follow(workflowId, 0, () => sink)).go();
  await settle();
  said.count = 3;
  speak(events[2] as Envelope);
  await until(() => end() !== undefined);
  expect([received, end()]).toEqual([[1, 2, 3], { status: 'completed', seq: 3 }]);
  follower.stop();
});

test('an item of a project does not end its stream', async () => {
  const said = { count: 2 };
  const { follower, sink, events, speak, end } = scene(3, said);
  (await follower.follow(workflowId, 0, () => sink)).go();
  await settle();
  speak({ ...(events[2] as Envelope), event_type: 'WORK.ITEM_COMPLETED' });
  await settle();
  expect(end()).toBeUndefined();
  follower.stop();
});

test('a thousand readers at one place ask the run once', async () => {
  const said = { count: 4 };
  const { follower, sink, questions } = scene(6, said);
  const following = await Promise.all(Array.from({ length: 1_000 }, () => follower.follow(workflowId, 0, () => sink)));
  following.forEach(({ go }) => go());
  await settle();
  expect(questions.length).toBe(1);
  expect(follower.count()).toBe(1_000);
  follower.stop();
});

test('event ids are those that workflows give', () => {
  expect(eventId(workflowId, 'r1', 7)).toBe(uuid5(`${workflowId}:r1:7`));
});
