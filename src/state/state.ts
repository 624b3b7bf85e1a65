import type { Json } from '../../schemas/json';
import { canonicalJson, parseStored, sha256 } from '../documents/json';
import { pagesOf } from '../documents/pages';
import type { DocumentStore } from '../documents/port';
import { plainName } from '../names';
import { StateError } from './errors';

export { StateError } from './errors';

/** Bytes of JSON of a value. */
const MOST_BYTES = 256 * 1024;

/** Times that a value without a version is set again when others set one at the same time. */
const TRIES = 50;

/** Digits of a version in a path, so that paths are in the order of versions. */
const DIGITS = 12;

/**
 * Versions of a value that stay. A writer that has slept while so many were set could create one that is gone, and must
 * not take that for a success.
 */
const KEPT = 64;

/** Milliseconds for which the files of a value stay after it has expired: whoever still knows its version gets a conflict. */
const GRACE = 86_400_000;

/** Milliseconds between two looks at all names of an owner for values that have expired. */
const SWEEP = 3_600_000;

/** A value and its version, which counts how often it was set. */
export interface Stated {
  value: Json;
  version: number;
}

export interface SetOptions {
  /** the version that the value has to have, 0: none is there; without it, the value is set whatever is there */
  version?: number;
  /** milliseconds after which the value is gone */
  ttlMs?: number;
}

/** Values that an agent keeps between its calls, whichever run and worker they are in. */
export interface State {
  /** undefined if none is there, or it has expired @throws StateError, DocumentError */
  get(name: string): Promise<Stated | undefined>;
  /** Gives the new version. @throws StateError `conflict` where the version is not the one that was meant */
  set(name: string, value: Json, options?: SetOptions): Promise<number>;
}

/** The states of all agents and tools. */
export interface States {
  /** by the name of the agent */
  of(owner: string): State;
}

/** A value as it is stored. */
interface StoredState extends Stated {
  name: string;
  /** UTC milliseconds */
  expires_at?: number;
}

/**
 * States in the document store: a file for each version of a value, created exclusively, so that of two writers one
 * gets the next version and the other learns of it.
 */
export function createStates(store: DocumentStore, clock: () => number = Date.now): States {
  const swept = new Map<string, number>();

  return {
    of(owner) {
      const root = `state/${owner}/`;
      const folderOf = (name: string): string => `${root}${sha256(nameOf(name)).slice(0, 32)}/`;
      const fileOf = (folder: string, version: number): string =>
        `${folder}${String(version).padStart(DIGITS, '0')}.json`;

      /** The newest version, expired or not, and the files of all. */
      async function newest(folder: string): Promise<{ stored?: StoredState; paths: string[] }> {
        for (;;) {
          const { paths } = await store.list(folder);
          const last = paths.at(-1);
          if (last === undefined) return { paths };
          const bytes = await store.read(last);
          // gone in between: there are newer ones
          if (bytes) return { stored: parseStored(bytes, last) as StoredState, paths };
        }
      }

      /** True if so many versions follow that this one was created long after it had been taken. */
      async function isOvertaken(folder: string, version: number): Promise<boolean> {
        const { stored } = await newest(folder);
        return (stored?.version ?? 0) > version + KEPT / 2;
      }

      const isOver = ({ expires_at = Infinity }: StoredState, grace = 0): boolean => expires_at + grace <= clock();

      /** Removes what has expired long ago, of names that nobody has asked for since. */
      async function sweep(): Promise<void> {
        const now = clock();
        if (now - (swept.get(owner) ?? 0) < SWEEP) return;
        swept.set(owner, now);
        for await (const page of pagesOf(store, root)) {
          const folders = new Set(page.map((path) => path.slice(0, path.lastIndexOf('/') + 1)));
          for (const folder of folders) {
            const { stored, paths } = await newest(folder);
            if (stored && isOver(stored, GRACE)) for (const path of paths) await store.remove(path);
          }
        }
      }

      return {
        async get(name) {
          const { stored } = await newest(folderOf(name));
          return stored && !isOver(stored) ? { value: stored.value, version: stored.version } : undefined;
        },
        async set(given, value, { version, ttlMs } = {}) {
          const [name, folder] = [nameOf(given), folderOf(given)];
          const expires_at = ttlMs === undefined ? undefined : clock() + ttlMs;
          for (let tries = 0; tries < TRIES; tries++) {
            const { stored, paths } = await newest(folder);
            const there = stored && !isOver(stored) ? stored.version : 0;
            if (version !== undefined && version !== there) throw conflict(name, version, there);
            const next = (stored?.version ?? 0) + 1;
            const bytes = Buffer.from(canonicalJson({ name, value, version: next, expires_at }));
            if (bytes.length > MOST_BYTES)
              throw new StateError(
                'too_large',
                `the state ${name} has ${bytes.length} bytes; at most ${MOST_BYTES} are kept`,
              );
            const file = fileOf(folder, next);
            if ((await store.create(file, bytes, { media_type: 'application/json' })) === 'exists') continue;
            if (await isOvertaken(folder, next)) {
              await store.remove(file);
              continue;
            }
            for (const path of paths.slice(0, 1 - KEPT)) await store.remove(path);
            await sweep();
            return next;
          }
          throw new StateError('conflict', `the state ${name} was set by others ${TRIES} times in a row`);
        },
      };
    },
  };
}

const conflict = (name: string, meant: number, there: number): StateError =>
  new StateError('conflict', `the state ${name} has version ${there}, not ${meant}: read it again`);

/** A name in the one form that is used everywhere. @throws StateError */
function nameOf(given: string): string {
  const name = plainName(given);
  if (name === undefined) throw new StateError('bad_name', 'a name of a state has 1 to 200 characters');
  return name;
}
