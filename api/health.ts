import { randomUUID } from 'node:crypto';
import type { DependencyState } from '../schemas/api';
import type { DocumentStore } from '../src/documents/port';
import { queueClasses, type QueueClass } from '../src/temporal/ids';
import type { TemporalPort } from '../src/temporal/client';

export interface HealthDependencies {
  temporal: Pick<TemporalPort, 'answers' | 'pollers'>;
  store: Pick<DocumentStore, 'create' | 'remove'>;
  /** whether Redis answers */
  redis: () => Promise<boolean>;
}

/** Milliseconds for which an answer is taken for still true: probes come often, and from several sides. */
const FRESH = 2_000;

/** How the things that the API leans on are. Never throws, and answers within some seconds whatever is away. */
export function createHealth({ temporal, store, redis }: HealthDependencies) {
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
    return [server, ...others, ...workers];
  }

  let last: { at: number; states: Promise<DependencyState[]> } | undefined;
  const states = (): Promise<DependencyState[]> => {
    if (!last || Date.now() - last.at > FRESH) last = { at: Date.now(), states: look() };
    return last.states;
  };

  return {
    states,
    /** Why requests cannot be taken and worked off now; nothing where they can. Redis may be away. */
    async obstacles(): Promise<string[]> {
      return (await states())
        .filter(({ name, state }) => name !== 'redis' && state !== 'up')
        .map(({ name, detail }) => `${name}: ${detail ?? 'down'}`);
    },
  };
}

export type HealthReport = ReturnType<typeof createHealth>;

async function canWrite(store: HealthDependencies['store']): Promise<string | undefined> {
  const path = `health/${randomUUID()}`;
  const outcome = await Promise.race([
    store.create(path, Buffer.from('ok')),
    new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), 2_000).unref()),
  ]);
  await store.remove(path).catch(() => undefined);
  return outcome === 'created' ? undefined : 'does not take a file';
}
