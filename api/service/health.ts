import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DependencyState } from '../../schemas/api';
import type { DocumentStore } from '../../src/documents/port';
import { AHEAD } from '../../src/streams/mend';
import type { StreamsState } from '../../src/streams/state';
import { queueClasses, type QueueClass } from '../../schemas/queues';
import type { TemporalPort } from '../../src/temporal/client';

export interface HealthDependencies {
  temporal: Pick<TemporalPort, 'answers' | 'pollers'>;
  store: Pick<DocumentStore, 'create' | 'remove'>;
  /** true if Redis answers */
  redis: () => Promise<boolean>;
  /** state of the streams; undefined while Redis is away */
  streams: () => Promise<StreamsState | undefined>;
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
export function createHealth({ temporal, store, redis, streams }: HealthDependencies) {
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
    const poll = (work: QueueClass) =>
      line(`workers:${work}`, async () => ((await temporal.pollers(work, 1_500)) > 0 ? undefined : 'no worker polls'));
    const cannotTell = (work: QueueClass): DependencyState => ({ name: `workers:${work}`, state: 'unknown' });
    const workers = server.state === 'up' ? await Promise.all(queueClasses.map(poll)) : queueClasses.map(cannotTell);
    const others = await Promise.all([
      line('redis', async () => ((await redis()) ? undefined : 'does not answer; events reach their streams later')),
      line('document_store', () => canWrite(store)),
    ]);
    return [server, ...others, ...workers, ...streamLines(await streams())];
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
        .filter(({ name, state }) => state !== 'up' && !isOfRedis(name))
        .map(({ name, detail }) => `${name}: ${detail ?? 'down'}`);
    },
  };
}

export type HealthReport = ReturnType<typeof createHealth>;

/** Requests are accepted and processed while Redis is away, whatever its streams hold. */
const isOfRedis = (name: string): boolean => /^(redis|stream|dlq|lost|group:.*)$/.test(name);

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
      detail: `${events} entries${ahead_seconds <= AHEAD ? '' : ahead}`,
    },
    {
      name: 'dlq',
      state: choose(dlq.moved === 0),
      detail: `${dlq.entries} dead letters${old(dlq.oldest_seconds)}${dlq.moved === 0 ? '' : moved}`,
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

async function canWrite(store: HealthDependencies['store']): Promise<string | undefined> {
  const path = `health/${randomUUID()}`;
  const outcome = await Promise.race([
    store.create(path, Buffer.from('ok')),
    new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), 2_000).unref()),
  ]);
  void store.remove(path).catch(() => undefined);
  return outcome === 'created' ? undefined : 'does not take a file';
}
