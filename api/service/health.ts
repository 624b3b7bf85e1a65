import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DependencyState } from '../../schemas/api';
import type { Bilingual, Language } from '../../schemas/language';
import { DocumentError, type DocumentStore } from '../../src/documents/port';
import { AHEAD } from '../../src/streams/mend';
import type { StreamsState } from '../../src/streams/state';
import { queueClasses, type QueueClass } from '../../schemas/queues';
import type { TemporalPort } from '../../src/temporal/client';
import type { StuckRun } from '../../src/temporal/stuck';
import * as words from './health-words';

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

/** The state of a dependency, with what there is to say of it in all languages. */
type Line = Omit<DependencyState, 'detail'> & { detail?: Bilingual };

/** Milliseconds for which a snapshot is reused; for which it is still shown while a new one is made. */
const FRESH = 2_000;
const STALE = 10_000;

/** Milliseconds that a probe waits for a new snapshot. */
const WAIT = 2_500;

const unknownSince =
  (age: number) =>
  ({ name, state }: Line): Line => ({ name, state: 'unknown', detail: words.seenAgo(state, age) });

/** State of the API's dependencies. Never throws, and answers within seconds, whichever of them is away. */
export function createHealth({ temporal, store, redis, deserted, streams, stuck }: HealthDependencies) {
  const line = async (name: string, work: () => Promise<Bilingual | undefined>): Promise<Line> => {
    try {
      const wrong = await work();
      return wrong === undefined ? { name, state: 'up' } : { name, state: 'down', detail: wrong };
    } catch {
      return { name, state: 'down', detail: words.fixed.silent };
    }
  };

  async function look(): Promise<Line[]> {
    const server = await line('temporal', async () =>
      (await temporal.answers(1_500)) ? undefined : words.fixed.silent,
    );
    const dead = await deserted();
    const poll = (work: QueueClass) =>
      line(`workers:${work}`, async () => {
        if (dead.has(work)) return words.fixed.deserted;
        return (await temporal.pollers(work, 1_500)) > 0 ? undefined : words.fixed.noPoller;
      });
    const cannotTell = (work: QueueClass): Line => ({ name: `workers:${work}`, state: 'unknown' });
    const workers = server.state === 'up' ? await Promise.all(queueClasses.map(poll)) : queueClasses.map(cannotTell);
    const others = await Promise.all([
      line('redis', async () => ((await redis()) ? undefined : words.fixed.silentRedis)),
      line('document_store', () => canWrite(store)),
    ]);
    return [server, ...others, ...workers, runsLine(stuck()), ...streamLines(await streams())];
  }

  let seen: { at: number; states: Line[] } | undefined;
  let looking: Promise<Line[]> | undefined;

  const lookAgain = (): Promise<Line[]> => {
    looking ??= look()
      .then((states) => (seen = { at: Date.now(), states }).states)
      .finally(() => (looking = undefined));
    return looking;
  };

  /** The last snapshot; while it grows old a new one is made, and one that is too old is waited for, not for long. */
  const lines = async (): Promise<Line[]> => {
    const age = Date.now() - (seen?.at ?? 0);
    if (seen && age <= FRESH) return seen.states;
    const next = lookAgain();
    if (!seen) return await next;
    if (age <= STALE) return seen.states;
    const { states: old } = seen;
    return await Promise.race([next, sleep(WAIT, undefined, { ref: false }).then(() => old.map(unknownSince(age)))]);
  };

  const states = async (language: Language = 'en'): Promise<DependencyState[]> =>
    (await lines()).map((line) => ({ ...line, detail: line.detail?.[language] }));

  return {
    states,
    /** Reasons why requests cannot be accepted and processed now; none if they can. Redis may be away. */
    async obstacles(language: Language = 'en'): Promise<string[]> {
      return (await states(language))
        .filter(({ name, state }) => state !== 'up' && !isBeside(name))
        .map(({ name, detail }) => `${name}${language === 'fr' ? ' ' : ''}: ${detail ?? 'down'}`);
    },
  };
}

export type HealthReport = ReturnType<typeof createHealth>;

/** Requests are accepted and processed while Redis is away, whatever its streams hold, and whichever run is stuck. */
const isBeside = (name: string): boolean => /^(redis|runs|stream|dlq|lost|group:.*)$/.test(name);

function runsLine(stuck: StuckRun[]): Line {
  const [first] = stuck;
  if (!first) return { name: 'runs', state: 'up' };
  return { name: 'runs', state: 'down', detail: words.stuckRuns(stuck.length, first) };
}

/** Seconds after which a group that has not handled an entry does not keep up. */
const AGEING = 60;

/** Contents of the streams, whether events arrive in them, and the progress of their groups. */
function streamLines(state: StreamsState | undefined): Line[] {
  if (!state) return [{ name: 'stream', state: 'unknown' }];
  const { events, groups, dlq, ahead_seconds } = state;
  const choose = (sound: boolean) => (sound ? ('up' as const) : ('down' as const));
  const ahead = ahead_seconds <= AHEAD ? undefined : ahead_seconds;
  return [
    { name: 'stream', state: choose(ahead === undefined), detail: words.streamEntries(events, ahead) },
    { name: 'dlq', state: choose(dlq.moved === 0), detail: words.deadLetters(dlq) },
    { name: 'lost', state: 'up', detail: words.lostEntries(groups) },
    ...groups.map((group): Line => {
      const sound = (group.oldest_seconds ?? 0) <= AGEING;
      return { name: `group:${group.group}`, state: choose(sound), detail: words.progressOf(group) };
    }),
  ];
}

/** Bytes of room below which requests are not accepted: the largest uploads and what is made of them. */
const LEAST_ROOM = 64 * 1024 * 1024;

async function canWrite(store: HealthDependencies['store']): Promise<Bilingual | undefined> {
  const path = `health/${randomUUID()}`;
  const outcome = await Promise.race([
    store.create(path, Buffer.from('ok')).catch((error: unknown) => {
      if (error instanceof DocumentError && error.code === 'full') return 'full' as const;
      throw error;
    }),
    new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), 2_000).unref()),
  ]);
  if (outcome === 'full') return words.fixed.full;
  void store.remove(path).catch(() => undefined);
  if (outcome !== 'created') return words.fixed.takesNothing;
  const room = (await store.free()) ?? Infinity;
  return room < LEAST_ROOM ? words.nearlyFull(room) : undefined;
}
