import { MockActivityEnvironment } from '@temporalio/testing';
import { createEventActivities } from '../../../activities/engine/events';
import type { RunRecord } from '../../../schemas/run';
import { RedisRefused, RedisUnavailable } from '../../../src/redis/errors';
import type { Mirror, MirrorBatch } from '../../../src/streams/mirror';
import { events, upTo } from '../../integration/mirror-fixture';

type Publish = Mirror['publish'];

/** The activities over a publisher that does `publish`, and the batches it was given. */
function setup(publish: Publish = async () => ({ added: 0, repeated: 0, breaches: 0 }), record = true) {
  const batches: MirrorBatch[] = [];
  const mirror: Mirror = {
    available: () => true,
    publish: (batch, signal) => {
      batches.push(batch);
      return publish(batch, signal);
    },
  };
  const all = events('r', 1, 450);
  const activities = createEventActivities({
    mirror,
    readEvents: () => Promise.resolve(all),
    records: { readRecord: async () => (record ? ({ events: all } as RunRecord) : undefined) },
  });
  return { batches, activities };
}

const ref = { $ref: `sha256:${'0'.repeat(64)}`, bytes: 1 };
const batch = { run: 'r', events: events('r', 1, 3), ended: true };

describe('publishing once', () => {
  it('refuses to leave a gap', async () => {
    const { activities, batches } = setup();
    expect(await new MockActivityEnvironment().run(activities.publishBatch, batch)).toEqual({});
    expect(batches).toEqual([{ ...batch, refuseGap: true }]);
  });
});

describe("publishing on the mirror's queue", () => {
  it('answers when Redis has taken the batch', async () => {
    expect(await new MockActivityEnvironment().run(setup().activities.mirrorBatch, batch)).toEqual({});
  });

  it('publishes what an archive holds after a number, in parts', async () => {
    const { activities, batches } = setup();
    const input = { run: 'r', ref, after: 10 };
    expect(await new MockActivityEnvironment().run(activities.mirrorArchive, input)).toEqual({});
    expect(batches.flatMap((part) => part.events.map(({ seq }) => seq))).toEqual(upTo(450).slice(10));
    expect(batches.map((part) => part.events.length)).toEqual([200, 200, 40]);
  });

  it('publishes a record page by page, of which the last one ends the run', async () => {
    const { activities, batches } = setup();
    const page = (after: number) =>
      new MockActivityEnvironment().run(activities.mirrorRecord, { workflow_id: 'r', after });
    expect([await page(10), await page(210), await page(410)]).toEqual([
      { last: 210, more: true },
      { last: 410, more: true },
      { last: 450, more: false },
    ]);
    expect(batches.flatMap((part) => part.events.map(({ seq }) => seq))).toEqual(upTo(450).slice(10));
    expect(batches.map(({ ended }) => ended)).toEqual([false, false, true]);
  });

  it('gives up where there is no record', async () => {
    const { activities } = setup(undefined, false);
    await expect(
      new MockActivityEnvironment().run(activities.mirrorRecord, { workflow_id: 'r', after: 0 }),
    ).rejects.toMatchObject({ type: 'documents.not_found', nonRetryable: true });
  });

  it.each([
    [
      'away',
      new RedisUnavailable('Redis is away', true),
      { type: 'mirror.unavailable', nonRetryable: false },
      'BENIGN',
    ],
    [
      'refusing',
      new RedisRefused('WRONGTYPE'),
      { type: 'mirror.refused', nonRetryable: false, nextRetryDelay: '30s' },
      undefined,
    ],
  ])('fails so that it is tried again when Redis is %s, and warns of what nobody else says', async (...row) => {
    const [, error, failure, category] = row;
    const { activities } = setup(() => Promise.reject(error));
    // the SDK logs a benign failure at the level `debug`: the gate has said that Redis is away
    await expect(new MockActivityEnvironment().run(activities.mirrorBatch, batch)).rejects.toMatchObject({
      ...failure,
      category,
    });
  });

  it('ends its wait when it is cancelled', async () => {
    const environment = new MockActivityEnvironment();
    const { activities } = setup(
      (_, signal) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
    );
    const running = environment.run(activities.mirrorBatch, batch);
    environment.cancel('CANCELLED');
    await expect(running).rejects.toMatchObject({ name: 'CancelledFailure' });
  });
});
