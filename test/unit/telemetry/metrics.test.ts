import { spawnSync } from 'node:child_process';
import { which } from '../../../src/local/commands';
import type { PlatformEvent } from '../../../schemas/envelope';
import { RedisRefused, RedisUnavailable } from '../../../src/redis/errors';
import type { Mirror, Published } from '../../../src/streams/mirror';
import type { StreamsState } from '../../../src/streams/state';
import { measureMirror } from '../../../src/telemetry/measured-mirror';
import { createMetrics } from '../../../src/telemetry/metrics';
import type { RunRecord } from '../../../schemas/run';
import type { TemporalState } from '../../../src/temporal/state';
import { problemsOf, valueOf } from './text-format';

const state: StreamsState = {
  events: 1_200,
  ahead_seconds: 0,
  groups: [
    { group: 'orchestrators', lag: 3, pending: 2, oldest_seconds: 7.5, deliveries: 4, consumers: 1, lost: 3 },
    {
      group: 'odd "name"\n',
      lag: null,
      pending: 0,
      oldest_seconds: null,
      deliveries: 0,
      consumers: 0,
      lost: 0,
    },
  ],
  dlq: { entries: 2, oldest_seconds: 90, moved: 0, tasks: 4, tasks_oldest_seconds: 60 },
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

const temporal: TemporalState = {
  queues: [
    { queue: 'tools', backlog: 7, ageSeconds: 3, pollers: 2 },
    { queue: 'agents', pollers: 0 },
  ],
  runs: { running: 4, waiting: 2, paused: 0, mirroring: 1 },
  pending: { order: 2 },
  stuck: [
    {
      workflow_id: 'awe.order.1',
      process: 'order',
      since: '2026-01-05T08:00:00.000Z',
      attempts: 7,
      reason: 'the code of the workers does not fit it',
    },
  ],
};

const slots = { queue: 'tools', slots: 50, used: { activities: 3, workflow_tasks: 0 } };

const ended = {
  ...{ process: 'order', status: 'completed', view: { status: 'approved' } },
  ...{ started_at: '2026-01-01T00:00:00.000Z', ended_at: '2026-01-01T00:00:10.000Z' },
  step_views: [
    { id: 'a', kind: 'agent', status: 'completed', rounds: 1, started_at: 1_000, ended_at: 3_000 },
    { id: 'b', kind: 'tool', status: 'skipped', rounds: 0 },
  ],
} as unknown as RunRecord;

describe('metrics', () => {
  it('tell of runs, steps, orders, calls and faults as activities tell them', async () => {
    const metrics = createMetrics();
    metrics.work.runStarted('order');
    metrics.work.runEnded(ended);
    metrics.work.call({ kind: 'agent', uses: 'cost_worker', outcome: 'permanent', seconds: 1 });
    metrics.work.countDocumentFault('create', 'unavailable');
    const { body } = await metrics.text();
    expect(valueOf(body, 'awe_runs_started_total{process="order"}')).toBe('1');
    expect(valueOf(body, 'awe_runs_ended_total{process="order",status="completed"}')).toBe('1');
    expect(valueOf(body, 'awe_run_duration_seconds_sum{process="order"}')).toBe('10');
    expect(valueOf(body, 'awe_steps_total{kind="agent",outcome="completed"}')).toBe('1');
    expect(valueOf(body, 'awe_steps_total{kind="tool",outcome="skipped"}')).toBe('1');
    expect(valueOf(body, 'awe_step_duration_seconds_sum{kind="agent"}')).toBe('2');
    expect(valueOf(body, 'awe_orders_ended_total{outcome="approved"}')).toBe('1');
    expect(valueOf(body, 'awe_tool_calls_total{kind="agent",uses="cost_worker",outcome="permanent"}')).toBe('1');
    expect(valueOf(body, 'awe_document_errors_total{operation="create",code="unavailable"}')).toBe('1');
  });

  it('tell of queues, open runs and slots, and nothing old while Temporal is away', async () => {
    const metrics = createMetrics();
    let away = false;
    metrics.watchTemporal(async () => (away ? Promise.reject(new Error('away')) : temporal));
    metrics.watchSlots(() => [slots]);
    const { body } = await metrics.text();
    expect(valueOf(body, 'awe_temporal_up')).toBe('1');
    expect(valueOf(body, 'awe_queue_backlog_entries{queue="tools"}')).toBe('7');
    expect(valueOf(body, 'awe_queue_backlog_entries{queue="agents"}')).toBeUndefined();
    expect(valueOf(body, 'awe_queue_pollers{queue="agents"}')).toBe('0');
    expect(valueOf(body, 'awe_open_runs{status="waiting"}')).toBe('2');
    expect(valueOf(body, 'awe_pending_orders')).toBe('2');
    expect(valueOf(body, 'awe_stuck_runs')).toBe('1');
    expect(valueOf(body, 'awe_worker_used_slots{queue="tools",kind="activities"}')).toBe('3');
    away = true;
    const later = (await metrics.text()).body;
    expect(valueOf(later, 'awe_temporal_up')).toBe('0');
    expect(valueOf(later, 'awe_queue_pollers{queue="agents"}')).toBeUndefined();
    expect(valueOf(later, 'awe_pending_orders')).toBeUndefined();
  });

  it('are what Prometheus accepts, with help, units and no ill-formed name', async () => {
    const metrics = createMetrics();
    metrics.watchStreams(async () => state);
    metrics.watchConsumers(() => [consumer]);
    metrics.mirror.countPublished({ added: 3, repeated: 1, breaches: 1, gap: true });
    metrics.mirror.observeDelay(0.02);
    metrics.watchTemporal(async () => temporal);
    metrics.watchSlots(() => [slots]);
    metrics.work.runStarted('audit');
    metrics.work.runEnded(ended);
    metrics.work.call({ kind: 'tool', uses: 'data.echo', outcome: 'transient', seconds: 0.2 });
    metrics.work.countDocumentFault('read', 'unavailable');
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
    expect(valueOf(body, 'awe_group_oldest_age_seconds{group="orchestrators"}')).toBe('7.5');
    expect(valueOf(body, 'awe_dlq_entries')).toBe('2');
    expect(valueOf(body, 'awe_dlq_task_entries')).toBe('4');
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
      const { body } = await metrics.text();
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
    const measured = measureMirror(
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
      const measured = measureMirror(
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
