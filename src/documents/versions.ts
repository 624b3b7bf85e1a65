import { canonicalJson, parseStored } from './json';
import { pathsBelow } from './pages';
import type { DocumentStore } from './port';

/** A version of a thing. A deletion is one, too. */
export interface Version {
  id: string;
  version: number;
}

/** Versions of things of a kind: one file each, created exclusively, never changed. */
export interface VersionStore<V extends Version> {
  /** Of any number of writers of a version one gets `created`; who writes the very same again, too. */
  writeVersion(stored: V): Promise<'created' | 'exists'>;
  readVersion(id: string, version: number): Promise<V | undefined>;
  /** The newest version, which may be a deletion. */
  readLatest(id: string): Promise<V | undefined>;
  /** Numbers of the versions of a thing, in order. */
  listVersions(id: string): Promise<number[]>;
  /** Ids in order, those of deleted things too; `next` is the `after` of the next page. */
  listIds(options: { after?: string; limit: number }): Promise<{ ids: string[]; next?: string }>;
}

/** Sorts behind every file of a thing. */
const BEHIND = '~';

/** @param root folder of the kind, such as `definitions` */
export function createVersionStore<V extends Version>(store: DocumentStore, root: string): VersionStore<V> {
  const folderOf = (id: string): string => `${root}/${id}/`;
  const fileOf = (id: string, version: number): string => `${folderOf(id)}${String(version).padStart(6, '0')}.json`;

  async function readVersion(id: string, version: number): Promise<V | undefined> {
    const path = fileOf(id, version);
    const bytes = await store.read(path);
    return bytes && (parseStored(bytes, path) as V);
  }

  async function listVersions(id: string): Promise<number[]> {
    const paths = await pathsBelow(store, folderOf(id));
    return paths.map((path) => Number(path.slice(folderOf(id).length, -'.json'.length)));
  }

  return {
    readVersion,
    listVersions,

    async writeVersion(stored) {
      const path = fileOf(stored.id, stored.version);
      const bytes = Buffer.from(canonicalJson(stored));
      if ((await store.create(path, bytes, { media_type: 'application/json' })) === 'created') return 'created';
      const there = await store.read(path);
      return there && bytes.equals(there) ? 'created' : 'exists';
    },

    async readLatest(id) {
      const latest = (await listVersions(id)).at(-1);
      return latest === undefined ? undefined : await readVersion(id, latest);
    },

    async listIds({ after, limit }) {
      const ids: string[] = [];
      for (let last = after; ; last = ids.at(-1)) {
        const position = last === undefined ? {} : { after: `${folderOf(last)}${BEHIND}` };
        const { paths } = await store.list(`${root}/`, { ...position, limit: 1 });
        const [, id] = paths[0]?.split('/') ?? [];
        if (id === undefined) return { ids };
        if (ids.length >= limit) return { ids, next: ids.at(-1) };
        ids.push(id);
      }
    },
  };
}
