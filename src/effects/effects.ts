import type { Effect } from '../../schemas/effects';
import { canonicalJson, parseStored, sha256 } from '../documents/json';
import { pagesOf } from '../documents/pages';
import type { DocumentStore } from '../documents/port';
import { createPlaces } from './places';

/** Entries that are read at once. */
const AT_ONCE = 32;

/** What is known of an effect before it is made. */
export type Intention = Pick<Effect, 'key' | 'step' | 'round' | 'tool' | 'targets'>;

/** How an attempt has ended. */
export type Settlement = Pick<Effect, 'error'> & { status: 'done' | 'failed' | 'unknown' };

/** An effect that is written down. */
export interface Intended {
  /** Once for each attempt. What is done stays done; what an earlier attempt left open, a failure does not settle. */
  settle(end: Settlement): Promise<void>;
}

/** The effects of a run. Every method throws DocumentError. */
export interface RunEffects {
  /**
   * Writes an effect down before it is made: durable when it returns. A further attempt has the entry of the first.
   * Undefined where the run may have `most` effects, and others have been written down.
   */
  intend(intention: Intention, most?: number): Promise<Intended | undefined>;
  /** Writes down what a simulation did not do; `refused`: times that it was refused the way to the outside. */
  simulated(intention: Intention, refused: number): Promise<void>;
  /** oldest first */
  list(): Promise<Effect[]>;
  /** number of entries */
  count(): Promise<number>;
}

/** The effects of all runs. */
export interface Effects {
  /** by workflow id */
  of(run: string): RunEffects;
}

/** Effects in the document store: a file for each, called by the hash of its key. */
export function createEffects(store: DocumentStore, clock: () => number = Date.now): Effects {
  const now = (): string => new Date(clock()).toISOString();
  const takePlace = createPlaces(store);
  const replace = (path: string, effect: Effect) => store.replace(path, bytesOf(effect), META);

  /** The entry of a call, made if there is none; with that of the attempts before, if there were any. */
  async function open(path: string, first: Effect): Promise<{ effect: Effect; before?: Effect }> {
    if ((await store.create(path, bytesOf(first), META)) === 'created') return { effect: first };
    const before = await read(store, path);
    return before ? { effect: { ...before, attempts: before.attempts + 1 }, before } : { effect: first };
  }

  return {
    of(run) {
      const folder = `effects/${run}/`;
      const pathOf = (key: string): string => `${folder}${sha256(key).slice(0, 32)}.json`;

      return {
        async intend(intention, most) {
          const path = pathOf(intention.key);
          // an entry has its place already: the place is taken first
          const hasPlace = most === undefined || (await store.stat(path)) !== undefined;
          if (!hasPlace && !(await takePlace(`reserved/${run}/`, intention.key, most))) return undefined;
          const { effect, before } = await open(path, { ...intention, status: 'intended', attempts: 1, at: now() });
          const isOpen = before?.status === 'intended' || before?.status === 'unknown';
          if (before) await replace(path, { ...effect, status: before.status === 'done' ? 'done' : 'intended' });
          return {
            async settle({ status, error }) {
              const last = (await read(store, path)) ?? effect;
              if (last.status === 'done') return;
              const settled = status === 'failed' && isOpen ? 'unknown' : status;
              await replace(path, { ...last, status: settled, settled_at: now(), error });
            },
          };
        },

        async simulated(intention, refused) {
          const path = pathOf(intention.key);
          const first: Effect = { ...intention, status: 'simulated', attempts: 1, at: now(), refused };
          const { effect, before } = await open(path, first);
          if (before) await replace(path, { ...effect, refused: (before.refused ?? 0) + refused });
        },

        async list() {
          const found: Effect[] = [];
          for await (const paths of pagesOf(store, folder)) {
            for (let from = 0; from < paths.length; from += AT_ONCE) {
              const some = paths.slice(from, from + AT_ONCE).map((path) => read(store, path));
              found.push(...(await Promise.all(some)).filter((effect) => effect !== undefined));
            }
          }
          return found.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.key < b.key ? -1 : 1));
        },

        async count() {
          let entries = 0;
          for await (const paths of pagesOf(store, folder)) entries += paths.length;
          return entries;
        },
      };
    },
  };
}

const META = { media_type: 'application/json' };

const bytesOf = (effect: Effect): Buffer => Buffer.from(canonicalJson(effect));

async function read(store: DocumentStore, path: string): Promise<Effect | undefined> {
  const bytes = await store.read(path);
  return bytes && (parseStored(bytes, path) as Effect);
}
