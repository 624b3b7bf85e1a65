import type { StoredVersion } from '../../schemas/definition/run';
import { canonicalJson, parseStored } from './json';
import { pathsBelow } from './pages';
import type { DocumentStore } from './port';

/** Versions of workflow definitions: one file each, created exclusively, never changed. A deletion is one, too. */
export interface DefinitionStore {
  /** Of any number of writers of a version one gets `created`; who writes the very same again, too. */
  writeVersion(stored: StoredVersion): Promise<'created' | 'exists'>;
  readVersion(id: string, version: number): Promise<StoredVersion | undefined>;
  /** The newest version, which may be a deletion. */
  readLatest(id: string): Promise<StoredVersion | undefined>;
  /** Numbers of the versions of a definition, in order. */
  listVersions(id: string): Promise<number[]>;
  /** Ids of definitions in order, deleted ones too; `next` is the `after` of the next page. */
  listIds(options: { after?: string; limit: number }): Promise<{ ids: string[]; next?: string }>;
}

const folderOf = (id: string): string => `definitions/${id}/`;
const fileOf = (id: string, version: number): string => `${folderOf(id)}${String(version).padStart(6, '0')}.json`;

/** Sorts behind every file of a definition. */
const BEHIND = '~';

export function createDefinitionStore(store: DocumentStore): DefinitionStore {
  async function readVersion(id: string, version: number): Promise<StoredVersion | undefined> {
    const path = fileOf(id, version);
    const bytes = await store.read(path);
    return bytes && (parseStored(bytes, path) as StoredVersion);
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
        const { paths } = await store.list('definitions/', { ...position, limit: 1 });
        const [, id] = paths[0]?.split('/') ?? [];
        if (id === undefined) return { ids };
        if (ids.length >= limit) return { ids, next: ids.at(-1) };
        ids.push(id);
      }
    },
  };
}
