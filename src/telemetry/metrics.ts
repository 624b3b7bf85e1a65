import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ConsumerStats } from '../streams/consumer';
import type { GroupState, StreamsState } from '../streams/state';
import type { TemporalState } from '../temporal/state';
import { httpMeter, type HttpMeter } from './http';
import { temporalGauges, type Slots } from './temporal';
import { workMeter, type WorkMeter } from './work';

/** Counts the work of the mirror; see `measureMirror`. */
export interface MirrorMeter {
  /** events of one batch: new in the stream, there before, new in the dead letters; `gap`: earlier ones are missing */
  countPublished(outcome: { added: number; repeated: number; breaches: number; gap: boolean }): void;
  /** seconds from an event's `occurred_at` until it was in the stream */
  observeDelay(seconds: number): void;
  countFailure(reason: 'away' | 'refused'): void;
}

/** The counters of a consumer, from its `stats()`, without those that it does not have. */
export type CountedConsumer = Partial<ConsumerStats> & Pick<ConsumerStats, 'group'>;

/** The metrics of a process: made once, passed to every role that it runs. */
export interface Metrics {
  /** for metrics that only one role knows */
  registry: Registry;
  mirror: MirrorMeter;
  work: WorkMeter;
  http: HttpMeter;
  /** Reads the gauges of Redis at every scrape. The first reader counts, because there is one Redis. */
  watchStreams(read: () => Promise<StreamsState | undefined>): void;
  /** Reads the counters of consumers at every scrape. */
  watchConsumers(read: () => CountedConsumer[]): void;
  /** Reads the gauges of Temporal at every scrape. The first reader counts. */
  watchTemporal(read: () => Promise<TemporalState | undefined>): void;
  /** Reads the used slots of this process's workers at every scrape. */
  watchSlots(read: () => Slots[]): void;
  /** All metrics in Prometheus' format. Never fails and answers within 2 s, without what cannot be read. */
  text(): Promise<{ contentType: string; body: string }>;
}

/** Milliseconds that reading Redis or Temporal may take before a scrape goes on without it. */
const LIMIT = 2_000;

/** Metrics of Node's own collector whose names break Prometheus' rules. */
const ILL_NAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/** @param version of AWE, for `awe_build_info` */
export function createMetrics(version = 'unknown'): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of ILL_NAMED) registry.removeSingleMetric(name);
  const info = { name: 'awe_build_info', help: 'Always 1; the version of AWE is a label.', labelNames: ['version'] };
  new Gauge({ ...info, registers: [registry] }).set({ version }, 1);
  const streams = streamGauges(registry);
  const consumers = consumerCounters(registry);
  const temporal = temporalGauges(registry);
  let readStreams: (() => Promise<StreamsState | undefined>) | undefined;
  let readTemporal: (() => Promise<TemporalState | undefined>) | undefined;
  const readConsumers: (() => CountedConsumer[])[] = [];
  const readSlots: (() => Slots[])[] = [];

  return {
    registry,
    mirror: mirrorMeter(registry),
    work: workMeter(registry),
    http: httpMeter(registry),
    watchStreams: (read) => void (readStreams ??= read),
    watchConsumers: (read) => void readConsumers.push(read),
    watchTemporal: (read) => void (readTemporal ??= read),
    watchSlots: (read) => void readSlots.push(read),
    async text() {
      const [stream, queues] = await Promise.all([
        readStreams && inTime(readStreams()),
        readTemporal && inTime(readTemporal()),
      ]);
      streams.set(stream);
      temporal.set(queues);
      temporal.setSlots(readSlots.flatMap((read) => read()));
      consumers.set(readConsumers.flatMap((read) => read()));
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}

function mirrorMeter(registry: Registry): MirrorMeter {
  const registers = [registry];
  const events = new Counter({
    name: 'awe_mirror_events_total',
    help: 'Events sent to Redis: published (new in the stream), repeated (there before), breach (to the dead letters).',
    labelNames: ['outcome'],
    registers,
  });
  const gaps = new Counter({
    name: 'awe_mirror_gaps_total',
    help: 'Batches whose earlier events are missing in the stream, because Redis has lost them.',
    registers,
  });
  const failures = new Counter({
    name: 'awe_mirror_failures_total',
    help: 'Batches that Redis did not take at once: away (no answer) or refused (a person has to fix Redis).',
    labelNames: ['reason'],
    registers,
  });
  const delay = new Histogram({
    name: 'awe_mirror_delay_seconds',
    help: 'Time from the occurrence of an event until it was in the stream.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300],
    registers,
  });
  for (const outcome of ['published', 'repeated', 'breach']) events.inc({ outcome }, 0);
  for (const reason of ['away', 'refused']) failures.inc({ reason }, 0);
  return {
    countPublished({ added, repeated, breaches, gap }) {
      events.inc({ outcome: 'published' }, added);
      events.inc({ outcome: 'repeated' }, repeated);
      events.inc({ outcome: 'breach' }, breaches);
      if (gap) gaps.inc();
    },
    observeDelay: (seconds) => delay.observe(Math.max(0, seconds)),
    countFailure: (reason) => failures.inc({ reason }),
  };
}

function streamGauges(registry: Registry) {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const up = gauge('awe_redis_up', '1 if the state of the streams could be read from Redis, 0 if not.');
  const entries = gauge('awe_stream_entries', 'Entries in the stream of events.');
  const ahead = gauge(
    'awe_stream_ahead_seconds',
    'Time by which the last id of the stream lies in the future: an alarm.',
  );
  const dead = gauge('awe_dlq_entries', 'Dead letters that wait for an operator.');
  const deadAge = gauge('awe_dlq_oldest_age_seconds', 'Age of the oldest dead letter; 0 if there is none.');
  const deadTasks = gauge('awe_dlq_task_entries', 'Tasks of jobs that have failed for good and wait for an operator.');
  const moved = gauge('awe_dlq_moved_entries', 'Dead letters moved to the document store within a day: an alarm.');
  const byGroup: [Gauge, (group: GroupState) => number | null][] = [
    [
      gauge('awe_group_lag_entries', 'Entries never delivered to a consumer group; NaN: Redis cannot tell.', ['group']),
      ({ lag }) => lag ?? NaN,
    ],
    [
      gauge('awe_group_pending_entries', 'Entries delivered to a consumer group and not acknowledged.', ['group']),
      ({ pending }) => pending,
    ],
    [
      gauge('awe_group_oldest_age_seconds', 'Age of the oldest entry that a consumer group has not handled; 0: none.', [
        'group',
      ]),
      ({ oldest_seconds: age }) => age ?? 0,
    ],
    [
      gauge('awe_group_deliveries', 'Most deliveries of one entry among the oldest pending ones.', ['group']),
      ({ deliveries }) => deliveries,
    ],
    [gauge('awe_group_consumers', 'Consumers in a consumer group.', ['group']), ({ consumers }) => consumers],
    [
      gauge('awe_group_lost_entries', 'Entries trimmed before a consumer group had handled them: an alarm.', ['group']),
      ({ lost }) => lost,
    ],
  ];

  return {
    /** Unknown values are left out: an old value would look like a new one. */
    set(state: StreamsState | undefined): void {
      up.set(state ? 1 : 0);
      for (const one of [entries, ahead, dead, deadAge, moved]) one.remove();
      for (const [one] of byGroup) one.reset();
      if (!state) return;
      entries.set(state.events);
      ahead.set(state.ahead_seconds);
      moved.set(state.dlq.moved);
      dead.set(state.dlq.entries);
      deadTasks.set(state.dlq.tasks);
      deadAge.set(state.dlq.oldest_seconds ?? 0);
      for (const group of state.groups)
        for (const [one, value] of byGroup) one.set({ group: group.group }, value(group) ?? NaN);
    },
  };
}

/** Members of a consumer's statistics, with the outcome under which each is counted. */
const OUTCOMES = { handled: 'handled', retried: 'failed', dead: 'dead_lettered', claimed: 'claimed', lost: 'lost' };

function consumerCounters(registry: Registry) {
  const registers = [registry];
  const entries = new Counter({
    name: 'awe_consumer_entries_total',
    help:
      'Entries of this process by group: handled, failed (the attempt is repeated), dead_lettered, claimed (taken over ' +
      'from a consumer that is gone), lost (trimmed before they were handled: an alarm).',
    labelNames: ['group', 'outcome'],
    registers,
  });
  const inHand = new Gauge({
    name: 'awe_consumer_in_hand_entries',
    help: 'Entries that this process has read and not finished.',
    labelNames: ['group'],
    registers,
  });
  const up = new Gauge({
    name: 'awe_consumer_up',
    help: '1 if the consumer of a group reads, 0 if it cannot.',
    labelNames: ['group'],
    registers,
  });
  const reconnects = new Counter({
    name: 'awe_consumer_reconnects_total',
    help: 'Times that a consumer replaced its connection.',
    labelNames: ['group'],
    registers,
  });
  const groupsLost = new Counter({
    name: 'awe_consumer_groups_lost_total',
    help: 'Times that a consumer found its group missing while it ran.',
    labelNames: ['group'],
    registers,
  });

  return {
    set(all: CountedConsumer[]): void {
      for (const one of [entries, inHand, up, reconnects, groupsLost]) one.reset();
      for (const stats of all) {
        const { group } = stats;
        for (const [part, outcome] of Object.entries(OUTCOMES))
          entries.inc({ group, outcome }, ((stats as Record<string, unknown>)[part] as number | undefined) ?? 0);
        inHand.set({ group }, stats.in_hand ?? 0);
        up.set({ group }, stats.state === 'up' ? 1 : 0);
        reconnects.inc({ group }, stats.reconnects ?? 0);
        groupsLost.inc({ group }, stats.groups_lost ?? 0);
      }
    },
  };
}

function inTime<T>(promise: Promise<T | undefined>): Promise<T | undefined> {
  return Promise.race([
    promise.catch(() => undefined),
    new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), LIMIT).unref()),
  ]);
}
