import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DependencyState } from '../../schemas/api';
import { DocumentError, type DocumentStore } from '../../src/documents/port';
import { AHEAD } from '../../src/streams/mend';
import type { StreamsState } from '../../src/streams/state';
import { queueClasses, type QueueClass } from '../../schemas/queues';
import type { TemporalPort } from '../../src/temporal/client';
import { stuckLine, type StuckRun } from '../../src/temporal/stuck';
import { counted } from '../../src/words';

export interface HealthDependencies {
  temporal: Pick<TemporalPort, 'answers' | 'pollers'>;
  store: Pick<DocumentStore, 'create' | 'remove' | 'free'>;
  /** true if Redis answers */
  redis: () => Promise<boolean>;
  /** queues whose workers have all died lately; none while Redis is away */
  deserted: () => Promise<ReadonlySet<QueueClass>>;
  /** state of the streams; undefined while Redis is away */
  streams: () => Promise<StreamsState | undefined>;
  /** runs that stand still, as far as they are known */
  stuck: () => StuckRun[];
}

/** Milliseconds for which a snapshot is reused; for which it is still shown while a new one is made. */
const FRESH = 2_000;
const STALE = 10_000;

/** Milliseconds that a probe waits for a new snapshot. */
const WAIT = 2_500;

const unknownSince =
  (age: number) =>
  ({ name, state }: DependencyState): DependencyState => ({
    name,
    state: 'unknown',
    detail: `${state} ${Math.round(age / 1_000)} s ago; the check takes long`,
  });

/** State of the API's dependencies. Never throws, and answers within seconds, whichever of them is away. */
export function createHealth({ temporal, store, redis, deserted, streams, stuck }: HealthDependencies) {
  const line = async (name: string, work: () => Promise<string | undefined>): Promise<DependencyState> => {
    try {
      const wrong = await work();
      return wrong === undefined ? { name, state: 'up' } : { name, state: 'down', detail: wrong };
    } catch {
      return { name, state: 'down', detail: 'does not answer' };
    }
  };

  async function look(): Promise<DependencyState[]> {
    const server = await line('temporal', async () =>
      (await temporal.answers(1_500)) ? undefined : 'does not answer',
    );
    const dead = await deserted();
    const poll = (work: QueueClass) =>
      line(`workers:${work}`, async () => {
        if (dead.has(work)) return 'its last worker has died or stopped';
        return (await temporal.pollers(work, 1_500)) > 0 ? undefined : 'no worker polls';
      });
    const cannotTell = (work: QueueClass): DependencyState => ({ name: `workers:${work}`, state: 'unknown' });
    const workers = server.state === 'up' ? await Promise.all(queueClasses.map(poll)) : queueClasses.map(cannotTell);
    const others = await Promise.all([
      line('redis', async () => ((await redis()) ? undefined : 'does not answer; events reach their streams later')),
      line('document_store', () => canWrite(store)),
    ]);
    return [server, ...others, ...workers, runsLine(stuck()), ...streamLines(await streams())];
  }

  let seen: { at: number; states: DependencyState[] } | undefined;
  let looking: Promise<DependencyState[]> | undefined;

  const lookAgain = (): Promise<DependencyState[]> => {
    looking ??= look()
      .then((states) => (seen = { at: Date.now(), states }).states)
      .finally(() => (looking = undefined));
    return looking;
  };

  /** The last snapshot; while it grows old a new one is made, and one that is too old is waited for, not for long. */
  const states = async (): Promise<DependencyState[]> => {
    const age = Date.now() - (seen?.at ?? 0);
    if (seen && age <= FRESH) return seen.states;
    const next = lookAgain();
    if (!seen) return await next;
    if (age <= STALE) return seen.states;
    const { states: old } = seen;
    return await Promise.race([next, sleep(WAIT, undefined, { ref: false }).then(() => old.map(unknownSince(age)))]);
  };

  return {
    states,
    /** Reasons why requests cannot be accepted and processed now; none if they can. Redis may be away. */
    async obstacles(): Promise<string[]> {
      return (await states())
        .filter(({ name, state }) => state !== 'up' && !isBeside(name))
        .map(({ name, detail }) => `${name}: ${detail ?? 'down'}`);
    },
  };
}

export type HealthReport = ReturnType<typeof createHealth>;

/** Requests are accepted and processed while Redis is away, whatever its streams hold, and whichever run is stuck. */
const isBeside = (name: string): boolean => /^(redis|runs|stream|dlq|lost|group:.*)$/.test(name);

/** Runs that stand still: the one that does so for the longest stands for all. */
function runsLine(stuck: StuckRun[]): DependencyState {
  const [first] = stuck;
  if (!first) return { name: 'runs', state: 'up' };
  return { name: 'runs', state: 'down', detail: `${counted(stuck.length, 'run')} stuck; ${stuckLine(first)}` };
}

/** Seconds after which a group that has not handled an entry does not keep up. */
const AGEING = 60;

/** Contents of the streams, whether events arrive in them, and the progress of their groups. */
function streamLines(state: StreamsState | undefined): DependencyState[] {
  if (!state) return [{ name: 'stream', state: 'unknown' }];
  const { events, groups, dlq, ahead_seconds } = state;
  const choose = (sound: boolean) => (sound ? ('up' as const) : ('down' as const));
  const ahead = `, and an id ${Math.round(ahead_seconds)} s ahead of the clock: new events may find no place behind it, \`awe events rebuild\` mends it`;
  const moved = `; ${dlq.moved} older ones were moved to the document store within a day: find out who writes them`;
  const old = (age: number | null) => (age === null ? '' : `, the oldest ${Math.round(age)} s old`);
  return [
    {
      name: 'stream',
      state: choose(ahead_seconds <= AHEAD),
      detail: `${counted(events, 'entry', 'entries')}${ahead_seconds <= AHEAD ? '' : ahead}`,
    },
    {
      name: 'dlq',
      state: choose(dlq.moved === 0),
      detail: `${counted(dlq.entries, 'dead letter')}${old(dlq.oldest_seconds)}${dlq.moved === 0 ? '' : moved}`,
    },
    { name: 'lost', state: 'up', detail: lostWords(groups) },
    ...groups.map(({ group, lag, pending, oldest_seconds: age, deliveries, consumers }): DependencyState => {
      const tries = pending === 0 ? '' : `, delivered ${deliveries} times at most`;
      const detail = `lag ${lag ?? 'unknown'}, pending ${pending}${old(age)}${tries}, consumers ${consumers}`;
      return { name: `group:${group}`, state: choose((age ?? 0) <= AGEING), detail };
    }),
  ];
}

/** Entries that no group will handle: trimmed or deleted while a group had them in hand. */
function lostWords(groups: StreamsState['groups']): string {
  const losers = groups.filter(({ lost }) => lost > 0);
  const entries = losers.reduce((sum, { lost }) => sum + lost, 0);
  const by = losers.map(({ group, lost }) => `${group} ${lost}`).join(', ');
  return `${entries} entries were cut off before a group had handled them${by && `: ${by}`}`;
}

/** Bytes of room below which requests are not accepted: the largest uploads and what is made of them. */
const LEAST_ROOM = 64 * 1024 * 1024;

async function canWrite(store: HealthDependencies['store']): Promise<string | undefined> {
  const path = `health/${randomUUID()}`;
  const outcome = await Promise.race([
    store.create(path, Buffer.from('ok')).catch((error: unknown) => {
      if (error instanceof DocumentError && error.code === 'full') return 'full' as const;
      throw error;
    }),
    new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), 2_000).unref()),
  ]);
  if (outcome === 'full') return 'its disk is full: make room';
  void store.remove(path).catch(() => undefined);
  if (outcome !== 'created') return 'does not take a file';
  const room = (await store.free()) ?? Infinity;
  return room < LEAST_ROOM ? `its disk is nearly full (${Math.floor(room / 1024)} KiB are free): make room` : undefined;
}
