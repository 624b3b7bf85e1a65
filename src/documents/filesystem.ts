import { createHash, randomUUID } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import * as fs from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DocumentError } from './errors';
import { codeOf, ignoreAbsence, isAbsence, notAFolder, toDocumentError } from './filesystem-errors';
import { listFolder } from './filesystem-list';
import { assertPath, assertPrefix, badPath, WORKING_FOLDER } from './paths';
import {
  PAGE_LIMIT,
  READ_LIMIT,
  type DocumentPage,
  type DocumentStat,
  type DocumentStore,
  type DocumentStream,
} from './port';
import { Slots } from './slots';
import { flushFolder } from './flush-folder';
import { removeEmptyFolders } from './empty-folders';

export interface FilesystemOptions {
  /** the folder of the store; created if missing */
  root: string;
  /** milliseconds after which an unfinished write counts as the leftover of a killed process; default an hour */
  leftoverAge?: number;
}

/** Files open at once: descriptors are few (1,024 by default) and a fan-out is wide. */
const OPEN_AT_ONCE = 64;

const FILE_MODE = 0o640;
const FOLDER_MODE = 0o750;

/** Follows no symbolic link, and does not wait for a named pipe. */
const READ_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Opens a document store in a folder. A write goes to a file of its own in `.tmp`, is flushed, and appears under its
 * path by `link` (exclusive) or `rename`; then the folder is flushed. No symbolic link below the root is ever followed.
 */
export async function openFilesystemStore(options: FilesystemOptions): Promise<DocumentStore> {
  const root = resolve(options.root);
  try {
    await fs.mkdir(join(root, WORKING_FOLDER), { recursive: true, mode: FOLDER_MODE });
    const store = new FilesystemStore(await fs.realpath(root));
    await store.sweep(options.leftoverAge ?? 3_600_000);
    return store;
  } catch (error) {
    throw toDocumentError(error, root);
  }
}

class FilesystemStore implements DocumentStore {
  private readonly slots = new Slots(OPEN_AT_ONCE);

  constructor(private readonly root: string) {}

  async create(path: string, bytes: Uint8Array): Promise<'created' | 'exists'> {
    return await this.forWriting(path, async (file) => {
      if (await exists(file)) return await this.confirmExists(file);
      return await this.writeTemporary(bytes, (unfinished) => this.link(unfinished, file));
    });
  }

  async createByHash(
    body: AsyncIterable<Uint8Array>,
    pathOf: (sha256: string) => string,
    { maxBytes }: { maxBytes: number },
  ): Promise<{ sha256: string; bytes: number }> {
    const hash = createHash('sha256');
    let bytes = 0;
    let fault: { of: unknown } | undefined;
    const write = async (handle: fs.FileHandle): Promise<void> => {
      const iterator = body[Symbol.asyncIterator]();
      for (;;) {
        const next = await iterator.next().catch((error: unknown) => {
          fault = { of: error };
          throw error;
        });
        if (next.done) return;
        bytes += next.value.length;
        if (bytes > maxBytes) {
          await iterator.return?.();
          throw new DocumentError('too_large', `the document has over ${maxBytes} bytes`);
        }
        hash.update(next.value);
        await handle.writeFile(next.value);
      }
    };
    try {
      // not among the slots: it may take as long as its source, and others would wait for it
      return await this.writeUnfinished(write, async (unfinished) => {
        const sha256 = hash.digest('hex');
        await this.forWriting(pathOf(sha256), (file) => this.linkOrMend(unfinished, file, bytes));
        return { sha256, bytes };
      });
    } catch (error) {
      throw fault ? fault.of : toDocumentError(error, 'a new document');
    }
  }

  async replace(path: string, bytes: Uint8Array): Promise<void> {
    await this.forWriting(path, async (file) => {
      await this.writeTemporary(bytes, (unfinished) => this.rename(unfinished, file));
    });
  }

  async read(path: string, options: { maxBytes?: number } = {}): Promise<Buffer | undefined> {
    const maxBytes = options.maxBytes ?? READ_LIMIT;
    return await this.slots.run(async () => {
      const opened = await this.open(path);
      if (!opened) return undefined;
      try {
        if (opened.stats.size > maxBytes)
          throw new DocumentError('too_large', `${path} has ${opened.stats.size} bytes; at most ${maxBytes} are read`);
        return await opened.handle.readFile();
      } catch (error) {
        throw toDocumentError(error, path);
      } finally {
        await opened.handle.close();
      }
    });
  }

  async stream(path: string): Promise<DocumentStream | undefined> {
    const opened = await this.open(path);
    return opened && { ...statOf(opened.stats), body: opened.handle.createReadStream() };
  }

  async stat(path: string): Promise<DocumentStat | undefined> {
    return await this.forReading(path, async (file) => {
      const stats = await fs.lstat(file);
      return stats.isFile() ? statOf(stats) : undefined;
    });
  }

  async list(prefix: string, options: { after?: string; limit?: number } = {}): Promise<DocumentPage> {
    assertPrefix(prefix);
    const limit = Math.max(1, Math.min(options.limit ?? PAGE_LIMIT, PAGE_LIMIT));
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    try {
      const paths: string[] = [];
      if (folder !== '' && !(await this.folderIsReal(folder.slice(0, -1)))) return { paths };
      for await (const path of listFolder(this.root, folder, { prefix, after: options.after ?? '' })) {
        if (paths.length === limit) return { paths, next: paths[limit - 1] };
        paths.push(path);
      }
      return { paths };
    } catch (error) {
      throw toDocumentError(error, prefix);
    }
  }

  async remove(path: string): Promise<void> {
    await this.forReading(path, async (file) => {
      await fs.unlink(file);
      await flushFolder(dirname(file));
    });
  }

  async copy(from: string, to: string): Promise<'created' | 'exists'> {
    if ((await this.stat(from)) === undefined) throw new DocumentError('not_found', `there is no ${from}`);
    const source = join(this.root, from);
    return await this.forWriting(to, async (file) => {
      if (await exists(file)) return await this.confirmExists(file);
      return await this.link(source, file);
    });
  }

  async place(from: string, to: string, { replace }: { replace: boolean }): Promise<'created' | 'exists'> {
    return await this.slots.run(async () => {
      const source = await this.stream(from);
      if (!source) throw new DocumentError('not_found', `there is no ${from}`);
      try {
        return await this.forWriting(to, async (file) => {
          await removeEmptyFolders(file);
          if (!replace && (await exists(file))) return await this.confirmExists(file);
          return await this.writeUnfinished(
            (handle) => fs.writeFile(handle, source.body),
            (unfinished) => (replace ? this.rename(unfinished, file) : this.link(unfinished, file)),
          );
        });
      } finally {
        source.body.destroy();
      }
    });
  }

  async free(): Promise<number> {
    try {
      const { bavail, bsize } = await fs.statfs(this.root);
      return bavail * bsize;
    } catch (error) {
      throw toDocumentError(error, '');
    }
  }

  /** Removes the files that killed writers left behind. Young ones stay: another process may be writing them. */
  async sweep(age: number): Promise<void> {
    const folder = join(this.root, WORKING_FOLDER);
    const oldest = Date.now() - age;
    for (const name of await fs.readdir(folder)) {
      const file = join(folder, name);
      const stats = await fs.lstat(file).catch(ignoreAbsence);
      if (stats?.isFile() && stats.mtimeMs < oldest) await fs.unlink(file).catch(ignoreAbsence);
    }
  }

  /** Writes a temporary file as one of those that are open at once. */
  private async writeTemporary<T>(bytes: Uint8Array, publish: (unfinished: string) => Promise<T>): Promise<T> {
    return await this.slots.run(() => this.writeUnfinished((handle) => handle.writeFile(bytes), publish));
  }

  /** Writes and flushes a temporary file, lets `publish` give it its place, and removes it. */
  private async writeUnfinished<T>(
    write: (handle: fs.FileHandle) => Promise<void>,
    publish: (unfinished: string) => Promise<T>,
  ): Promise<T> {
    const unfinished = join(this.root, WORKING_FOLDER, `${process.pid}-${randomUUID()}`);
    try {
      const handle = await fs.open(unfinished, 'wx', FILE_MODE);
      try {
        await write(handle);
        await handle.sync();
      } finally {
        await handle.close();
      }
      return await publish(unfinished);
    } finally {
      await fs.unlink(unfinished).catch(() => undefined);
    }
  }

  /** Links a file to the name of its content; one there of another size has been spoilt, and is replaced. */
  private async linkOrMend(source: string, file: string, bytes: number): Promise<void> {
    const there = await fs.lstat(file).catch(ignoreAbsence);
    if (!there?.isFile() || there.size === bytes) {
      await this.link(source, file);
      return;
    }
    await fs.rename(source, file);
    await flushFolder(dirname(file));
  }

  private async rename(unfinished: string, file: string): Promise<'created'> {
    await this.inFolder(file, () => fs.rename(unfinished, file));
    await flushFolder(dirname(file));
    return 'created';
  }

  private async link(source: string, file: string): Promise<'created' | 'exists'> {
    try {
      await this.inFolder(file, () => fs.link(source, file));
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return await this.confirmExists(file);
      throw error;
    }
    await flushFolder(dirname(file));
    return 'created';
  }

  /** Does something in the folder of a file, creating the folder, durably, if it is missing. */
  private async inFolder(file: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      await this.makeFolder(dirname(file));
      await act();
    }
  }

  private async makeFolder(folder: string): Promise<void> {
    let at = this.root;
    for (const segment of folder.slice(this.root.length + 1).split('/')) {
      const inner = join(at, segment);
      try {
        await fs.mkdir(inner, FOLDER_MODE);
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
        if (!(await fs.lstat(inner)).isDirectory()) throw notAFolder(inner.slice(this.root.length + 1));
      }
      await flushFolder(at);
      at = inner;
    }
  }

  /** True if a folder of the store exists; throws if a symbolic link leads to it. */
  private async folderIsReal(folder: string): Promise<boolean> {
    const expected = join(this.root, folder);
    try {
      if ((await fs.realpath(expected)) === expected) return true;
    } catch (error) {
      if (isAbsence(error)) return false;
      throw error;
    }
    throw badPath(folder, 'leads through a symbolic link');
  }

  /** For writers: checks the path, and that its folder, if it exists, is a real one. */
  private async forWriting<T>(path: string, act: (file: string) => Promise<T>): Promise<T> {
    assertPath(path);
    try {
      await this.folderIsReal(dirname(path));
      return await act(join(this.root, path));
    } catch (error) {
      throw toDocumentError(error, path);
    }
  }

  /** For readers: undefined if nothing is there. */
  private async forReading<T>(path: string, act: (file: string) => Promise<T>): Promise<T | undefined> {
    assertPath(path);
    try {
      if (!(await this.folderIsReal(dirname(path)))) return undefined;
      return await act(join(this.root, path));
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw toDocumentError(error, path);
    }
  }

  private async open(path: string): Promise<{ handle: fs.FileHandle; stats: Stats } | undefined> {
    return await this.forReading(path, async (file) => {
      const handle = await fs.open(file, READ_FLAGS);
      const stats = await handle.stat();
      if (stats.isFile()) return { handle, stats };
      await handle.close();
      return undefined;
    });
  }

  /** Answers `exists` only when that is durable: whoever created the file may not have flushed the folder yet. */
  private async confirmExists(file: string): Promise<'exists'> {
    const stats = await fs.lstat(file);
    if (!stats.isFile()) throw badPath(file.slice(this.root.length + 1), 'is a folder, or not a regular file');
    await flushFolder(dirname(file));
    return 'exists';
  }
}

async function exists(file: string): Promise<boolean> {
  return (await fs.lstat(file).catch(ignoreAbsence)) !== undefined;
}

function statOf(stats: Stats): DocumentStat {
  return { bytes: stats.size, modified_at: Math.floor(stats.mtimeMs) };
}
