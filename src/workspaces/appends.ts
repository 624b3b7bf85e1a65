import { DocumentError } from '../documents/errors';
import { hashDocument } from '../documents/hash-document';
import type { DocumentStore } from '../documents/port';
import { chapterOf, createAppendLogs, type Entry } from './append-log';
import { workspaceRoot } from './files';
import type { WriteOptions, WrittenFile } from './port';
import { createTurns } from './turns';

/** Tries to get a place in a log that others write to as well. */
const TRIES = 1_000;

/** Files of which it is remembered what they were made of. */
const REMEMBERED = 1_000;

/** Way of a workspace to its files; paths are checked. */
interface Files {
  put(path: string, content: AsyncIterable<Uint8Array>, options: WriteOptions): Promise<WrittenFile>;
  file(path: string): Promise<WrittenFile>;
  prepare(path: string, size: number): Promise<unknown>;
}

/** A file that is appended to. */
interface Target {
  run: string;
  path: string;
  files: Files;
}

/**
 * Appending without locks. A piece first gets a place in the file's log, which it is alone in having, and then the file
 * is made from the log, as often as it takes until nobody has come after. So no piece is lost to another, and one with
 * the key of an earlier one is not appended again. Make one per process, whose own pieces wait for each other.
 */
export function createAppends(store: DocumentStore) {
  const logs = createAppendLogs(store);
  const inTurn = createTurns();
  /** the content that this process has made of a log, by the name of the log's last entry */
  const made = new Map<string, { last: string; sha256: string }>();

  /** Gives a piece its place. */
  async function enter({ run, path, files }: Target, entry: Entry & { key: string }): Promise<void> {
    for (let tries = 0; tries < TRIES; tries++) {
      const { chapter, entries, keys, last } = await logs.read(run, path);
      if (keys.has(entry.key)) return;
      const document = `${workspaceRoot(run)}${path}`;
      const content = (await hashDocument(store, document)) ?? null;
      const ours = made.get(document);
      if ((ours?.last === last && ours.sha256 === content) || (await logs.makes(entries, content))) {
        if (await logs.claim(run, path, { chapter, number: entries.length }, entry)) return;
      } else if ((await logs.last(run, path)) === last) {
        // nobody was appending meanwhile, so the file has been replaced
        const base = content === null ? null : (await files.file(path)).sha256;
        await logs.claim(run, path, { chapter: chapter + 1, number: 0 }, { base });
      }
    }
    throw new DocumentError('unavailable', `${path} is being appended to by too many`);
  }

  /** Makes the file of its log. */
  async function make({ run, path, files }: Target): Promise<WrittenFile> {
    for (;;) {
      const { entries, last } = await logs.read(run, path);
      const done = await files.put(path, logs.content(entries), {});
      if ((await logs.last(run, path)) !== last) continue;
      const document = `${workspaceRoot(run)}${path}`;
      made.delete(document);
      made.set(document, { last, sha256: done.sha256 });
      if (made.size > REMEMBERED) made.delete(made.keys().next().value ?? '');
      return done;
    }
  }

  return {
    /** Adds bytes to the end of a file, making it if it is missing; once for a key. */
    async append(target: Target, bytes: Buffer, key: string): Promise<WrittenFile> {
      const { run, path, files } = target;
      return await inTurn(`${run}/${path}`, async () => {
        const size = (await store.stat(`${workspaceRoot(run)}${path}`))?.bytes ?? 0;
        await files.prepare(path, size + bytes.length);
        await enter(target, { ...(await logs.entryOf(bytes, key)), key });
        return await make(target);
      });
    },

    /** Notes that a file has been written as a whole, or removed (null). */
    async replaced(run: string, path: string, base: string | null): Promise<void> {
      const last = await logs.last(run, path);
      if (last !== '') await logs.claim(run, path, { chapter: chapterOf(last) + 1, number: 0 }, { base });
    },
  };
}

export type Appends = ReturnType<typeof createAppends>;
