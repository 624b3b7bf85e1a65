import { createHash } from 'node:crypto';
import { artifactPath, keepArtifact } from '../documents/artifacts';
import { FileCache } from '../documents/cache';
import { DocumentError } from '../documents/errors';
import { canonicalJson, parseStored, sha256 } from '../documents/json';
import { pathsBelow } from '../documents/pages';
import type { DocumentStore } from '../documents/port';

/** Bytes of a piece that its entry holds itself; a larger one is an artifact. */
const INLINE = 16 * 1024;

/** Bytes of entries that a process remembers: they never change, and each append reads them all. */
const REMEMBERED = 16 * 1024 * 1024;

/** An entry: the artifact that the content begins with (null: no file), or a piece that a key has appended. */
export type Entry =
  | { base: string | null }
  | { key: string; text: string }
  | { key: string; bytes: string }
  | { key: string; artifact: string };

/**
 * What a file was made of: the entries of its last chapter, a base and the pieces after it, and the keys of all pieces.
 * A chapter ends where the file is replaced.
 */
export interface Log {
  chapter: number;
  entries: Entry[];
  keys: Set<string>;
  /** the name of its last entry; empty if there is none */
  last: string;
}

/** Logs of the pieces that are appended to files. Make one per process. */
export function createAppendLogs(store: DocumentStore) {
  const known = new FileCache(REMEMBERED);

  const folderOf = (run: string, path: string): string => `appends/${run}/${sha256(path).slice(0, 32)}/`;

  async function names(folder: string): Promise<string[]> {
    return (await pathsBelow(store, folder)).map((path) => path.slice(folder.length));
  }

  async function readEntry(path: string): Promise<Entry> {
    const remembered = known.get(path);
    if (remembered) return remembered.value as Entry;
    const bytes = await store.read(path);
    if (!bytes) throw new DocumentError('corrupt', `${path} was there and is not any more`);
    const entry = parseStored(bytes, path) as Entry;
    known.set(path, { value: entry, bytes: bytes.length });
    return entry;
  }

  async function* bytesOf(entry: Entry): AsyncGenerator<Uint8Array> {
    if ('text' in entry || 'bytes' in entry) {
      yield 'text' in entry ? Buffer.from(entry.text) : Buffer.from(entry.bytes, 'base64');
      return;
    }
    const id = 'base' in entry ? entry.base : entry.artifact;
    if (id === null) return;
    const found = await store.stream(artifactPath(id));
    if (!found) throw new DocumentError('corrupt', `the artifact ${id} is lost`);
    yield* found.body as AsyncIterable<Uint8Array>;
  }

  return {
    async read(run: string, path: string): Promise<Log> {
      const folder = folderOf(run, path);
      const all = await names(folder);
      const last = all.at(-1) ?? '';
      const chapter = chapterOf(last);
      const entries = await Promise.all(all.map((name) => readEntry(`${folder}${name}`)));
      return {
        chapter,
        last,
        entries: entries.filter((_, i) => chapterOf(all[i] ?? '') === chapter),
        keys: new Set(entries.flatMap((entry) => ('key' in entry ? [entry.key] : []))),
      };
    },

    /** The name of the last entry; empty if there is none. */
    last: async (run: string, path: string): Promise<string> => (await names(folderOf(run, path))).at(-1) ?? '',

    /** Puts an entry in its place; false if somebody else has that. */
    async claim(run: string, path: string, at: { chapter: number; number: number }, entry: Entry): Promise<boolean> {
      const name = `${digits(at.chapter)}-${digits(at.number)}.json`;
      return (await store.create(`${folderOf(run, path)}${name}`, Buffer.from(canonicalJson(entry)))) === 'created';
    },

    /** The entry of a piece. */
    async entryOf(bytes: Buffer, key: string): Promise<Entry> {
      if (bytes.length > INLINE) {
        const options = { media_type: 'application/octet-stream', maxBytes: Infinity };
        return { key, artifact: (await keepArtifact(store, bytes, options)).artifact_id };
      }
      const text = bytes.toString();
      return Buffer.from(text).equals(bytes) ? { key, text } : { key, bytes: bytes.toString('base64') };
    },

    /** The content that entries make. */
    async *content(entries: readonly Entry[]): AsyncGenerator<Uint8Array> {
      for (const entry of entries) yield* bytesOf(entry);
    },

    /** True if a content, by its hash (null: no file), is what entries or a beginning of them make. */
    async makes(entries: readonly Entry[], content: string | null): Promise<boolean> {
      const [first] = entries;
      if (first && 'base' in first && first.base === content) return true;
      const hash = createHash('sha256');
      for (const entry of entries) {
        for await (const chunk of bytesOf(entry)) hash.update(chunk);
        if (hash.copy().digest('hex') === content) return true;
      }
      return false;
    },
  };
}

export type AppendLogs = ReturnType<typeof createAppendLogs>;

export const chapterOf = (name: string): number => Number(name.slice(0, 6));

const digits = (count: number): string => String(count).padStart(6, '0');
