import { spawnSync } from 'node:child_process';
import { which } from '../../../src/local/commands';
import type { PlatformEvent } from '../../../schemas/envelope';
import { RedisRefused, RedisUnavailable } from '../../../src/redis/errors';
import type { Mirror, Published } from '../../../src/streams/mirror';
import type { StreamsState } from '../../../src/streams/state';
import { measuredMirror } from '../../../src/telemetry/measured-mirror';
import { createMetrics } from '../../../src/telemetry/metrics';
import { problemsOf, valueOf } from './text-format';

const state: StreamsState = {
  events: 1_200,
  groups: [
    { group: 'orchestrators', lag: 3, pending: 2, oldest_pending_seconds: 7.5, deliveries: 4, consumers: 1, lost: 3 },
    {
      group: 'odd "name"\n',
      lag: null,
      pending: 0,
      oldest_pending_seconds: null,
      deliveries: 0,
      consumers: 0,
      lost: 0,
    },
  ],
  dlq: { entries: 2, oldest_seconds: 90 },
};

const consumer = {
  group: 'orchestrators',
  state: 'up' as const,
  handled: 5,
  retried: 1,
  dead: 2,
  claimed: 4,
  lost: 1,
  in_hand: 3,
};

describe('metrics', () => {
  it('are what Prometheus accepts, with help, units and no ill-formed name', async () => {
    const metrics = createMetrics();
    metrics.watchStreams(async () => state);
    metrics.watchConsumers(() => [consumer]);
    metrics.mirror.published({ added: 3, repeated: 1, breaches: 1, gap: true });
    metrics.mirror.delay(0.02);
    const { body, contentType } = await metrics.text();
    expect(contentType).toContain('text/plain; version=0.0.4');
    expect(problemsOf(body)).toEqual([]);
    const promtool = which('promtool');
    if (promtool === undefined) return;
    const { status, stdout, stderr } = spawnSync(promtool, ['check', 'metrics'], { input: body, encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('tell of the streams and their groups', async () => {
    const metrics = createMetrics();
    metrics.watchStreams(async () => state);
    metrics.watchConsumers(() => [consumer]);
    const { body } = await metrics.text();
    expect(valueOf(body, 'awe_redis_up')).toBe('1');
    expect(valueOf(body, 'awe_stream_entries')).toBe('1200');
    expect(valueOf(body, 'awe_group_lag_entries{group="orchestrators"}')).toBe('3');
    expect(valueOf(body, 'awe_group_lag_entries{group="odd \\"name\\"\\n"}')).toBe('Nan');
    expect(valueOf(body, 'awe_group_oldest_pending_age_seconds{group="orchestrators"}')).toBe('7.5');
    expect(valueOf(body, 'awe_dlq_entries')).toBe('2');
    expect(valueOf(body, 'awe_consumer_entries_total{group="orchestrators",outcome="lost"}')).toBe('1');
    expect(valueOf(body, 'awe_consumer_entries_total{group="orchestrators",outcome="claimed"}')).toBe('4');
    expect(valueOf(body, 'awe_group_lost_entries{group="orchestrators"}')).toBe('3');
  });

  it('of Redis are left out while it is away, hangs or fails, and the scrape is answered all the same', async () => {
    const answers = [
      async () => state,
      async () => undefined,
      () => Promise.reject(new Error('no')),
      () => new Promise<never>(() => {}),
    ];
    const metrics = createMetrics();
    let next = 0;
    metrics.watchStreams(() => answers[next++]?.() ?? Promise.resolve(undefined));
    expect((await metrics.text()).body).toContain('awe_group_lag_entries{');
    for (let i = 1; i < answers.length; i++) {
      const begin = Date.now();
      const { body } = await metrics.text();
      expect(Date.now() - begin).toBeLessThan(3_000);
      expect(valueOf(body, 'awe_redis_up')).toBe('0');
      for (const name of ['awe_group_lag_entries', 'awe_stream_entries', 'awe_dlq_entries'])
        expect(valueOf(body, name)).toBeUndefined();
      expect(body).not.toContain('awe_group_lag_entries{');
    }
  });

  it('count what consumers say of themselves, and no more than once', async () => {
    const metrics = createMetrics();
    metrics.watchConsumers(() => [consumer]);
    await metrics.text();
    const { body } = await metrics.text();
    expect(valueOf(body, 'awe_consumer_entries_total{group="orchestrators",outcome="handled"}')).toBe('5');
  });
});

describe('a measured mirror', () => {
  const event = (seq: number) => ({ seq, occurred_at: new Date(Date.now() - 1_000).toISOString() }) as PlatformEvent;
  const mirror = (publish: () => Promise<Published>): Mirror => ({ publish, available: () => true });

  it('counts what was published, repeated and broken, and the delay of what is new', async () => {
    const metrics = createMetrics();
    const measured = measuredMirror(
      mirror(async () => ({ added: 1, repeated: 2, breaches: 0 })),
      metrics.mirror,
    );
    await measured.publish({ run: 'r', events: [event(1), event(2), event(3)] });
    const { body } = await metrics.text();
    expect(valueOf(body, 'awe_mirror_events_total{outcome="published"}')).toBe('1');
    expect(valueOf(body, 'awe_mirror_events_total{outcome="repeated"}')).toBe('2');
    expect(valueOf(body, 'awe_mirror_delay_seconds_count')).toBe('1');
    expect(Number(valueOf(body, 'awe_mirror_delay_seconds_sum'))).toBeGreaterThanOrEqual(1);
  });

  it('counts failures by who is to blame, and throws them on', async () => {
    const metrics = createMetrics();
    for (const error of [new RedisUnavailable('away', true), new RedisRefused('no')]) {
      const measured = measuredMirror(
        mirror(() => Promise.reject(error)),
        metrics.mirror,
      );
      await expect(measured.publish({ run: 'r', events: [] })).rejects.toBe(error);
    }
    const { body } = await metrics.text();
    expect(valueOf(body, 'awe_mirror_failures_total{reason="away"}')).toBe('1');
    expect(valueOf(body, 'awe_mirror_failures_total{reason="refused"}')).toBe('1');
  });
});
