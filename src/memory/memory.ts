import type { Json } from '../../schemas/json';
import { canonicalJson, parseStored, sha256 } from '../documents/json';
import { pagesOf, pathsBelow } from '../documents/pages';
import type { DocumentStore } from '../documents/port';
import { plainName } from '../names';
import { MemoryError } from './errors';

export { MemoryError } from './errors';

/** Limits of the memory of a run: bytes of JSON for a value, and names. */
const LIMITS = { bytes: 1024 * 1024, names: 1_000 };

/** The folder of all runs. */
const ROOT = 'memory/';

/** Values that are read at once. */
const AT_ONCE = 32;

/** A value that steps of a run share, under a name. */
export interface MemoryEntry {
  name: string;
  value: Json;
}

/**
 * Values that the steps of a run share by name, durable as soon as they are set, and readable when the run is over. Of
 * two writers of a name the later one counts; writers of different names do not touch each other.
 */
export interface Memory {
  /** @throws MemoryError, DocumentError */
  set(name: string, value: Json): Promise<void>;
  get(name: string): Promise<MemoryEntry | undefined>;
  /** in the order of names */
  list(): Promise<MemoryEntry[]>;
}

/** Values that a run has kept, and the bytes of their files. */
export interface MemoryCounts {
  run: string;
  values: number;
  bytes: number;
}

/** The memories of all runs. */
export interface Memories {
  /** by workflow id */
  of(run: string): Memory;
  /** Runs that have kept values, by their workflow ids. @throws DocumentError */
  runs(): Promise<MemoryCounts[]>;
  /** Removes all values of a run. @throws DocumentError */
  clear(run: string): Promise<void>;
}

/** Memories in the document store: a file for each name, called by the hash of it. */
export function createMemories(store: DocumentStore): Memories {
  const folderOf = (run: string): string => `${ROOT}${run}/`;
  return {
    async runs() {
      const byRun = new Map<string, MemoryCounts>();
      for await (const paths of pagesOf(store, ROOT)) {
        const stats = await Promise.all(paths.map((path) => store.stat(path)));
        paths.forEach((path, index) => {
          const run = path.slice(ROOT.length, path.lastIndexOf('/'));
          const { values, bytes } = byRun.get(run) ?? { values: 0, bytes: 0 };
          byRun.set(run, { run, values: values + 1, bytes: bytes + (stats[index]?.bytes ?? 0) });
        });
      }
      return [...byRun.values()].sort((a, b) => (a.run < b.run ? -1 : 1));
    },
    async clear(run) {
      if (run === '' || run.includes('/')) return;
      for (const path of await pathsBelow(store, folderOf(run))) await store.remove(path);
    },
    of(run) {
      const folder = folderOf(run);
      const fileOf = (name: string): string => `${folder}${sha256(nameOf(name)).slice(0, 32)}.json`;

      async function paths(): Promise<string[]> {
        return (await store.list(folder, { limit: LIMITS.names })).paths;
      }

      return {
        async set(given, value) {
          const [name, path] = [nameOf(given), fileOf(given)];
          const bytes = Buffer.from(canonicalJson({ name, value }));
          if (bytes.length > LIMITS.bytes)
            throw new MemoryError(
              'too_large',
              `the value of ${name} has ${bytes.length} bytes; at most ${LIMITS.bytes} are kept: write a file`,
            );
          if ((await paths()).length >= LIMITS.names && !(await store.stat(path)))
            throw new MemoryError('quota', `the memory of the run has ${LIMITS.names} names, and takes no more`);
          await store.replace(path, bytes, { media_type: 'application/json' });
        },
        get: async (name) => await read(store, fileOf(name)),
        async list() {
          const all = await paths();
          const entries: MemoryEntry[] = [];
          for (let from = 0; from < all.length; from += AT_ONCE) {
            const some = await Promise.all(all.slice(from, from + AT_ONCE).map((path) => read(store, path)));
            entries.push(...some.filter((entry) => entry !== undefined));
          }
          return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
        },
      };
    },
  };
}

async function read(store: DocumentStore, path: string): Promise<MemoryEntry | undefined> {
  const bytes = await store.read(path);
  return bytes && (parseStored(bytes, path) as MemoryEntry);
}

/** A name in the one form that is used everywhere. @throws MemoryError */
function nameOf(given: string): string {
  const name = plainName(given);
  if (name === undefined) throw new MemoryError('bad_name', 'a name in the memory has 1 to 200 characters');
  return name;
}
