import { randomUUID } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import * as fs from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DocumentError } from './errors';
import { codeOf, ignoreAbsence, isAbsence, notAFolder, translated } from './filesystem-errors';
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

export interface FilesystemOptions {
  /** the folder of the store; made if it is not there */
  root: string;
  /** milliseconds after which an unfinished write is taken for the leftover of a killed process; default an hour */
  leftoverAge?: number;
}

/** Descriptors are few (1,024 by default) and a fan-out is wide. */
const OPEN_AT_ONCE = 64;

const FILE_MODE = 0o640;
const FOLDER_MODE = 0o750;

/** Never through a symbolic link, and a named pipe does not make us wait. */
const READ_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * A document store in a folder. A write goes to a file of its own in `.tmp`, is flushed, and appears under its path by
 * `link` (exclusive) or `rename`; then the folder is flushed. No symbolic link below the root is ever followed.
 */
export async function openFilesystemStore(options: FilesystemOptions): Promise<DocumentStore> {
  const root = resolve(options.root);
  try {
    await fs.mkdir(join(root, WORKING_FOLDER), { recursive: true, mode: FOLDER_MODE });
    const store = new FilesystemStore(await fs.realpath(root));
    await store.sweep(options.leftoverAge ?? 3_600_000);
    return store;
  } catch (error) {
    throw translated(error, root);
  }
}

class FilesystemStore implements DocumentStore {
  private readonly slots = new Slots(OPEN_AT_ONCE);

  constructor(private readonly root: string) {}

  async create(path: string, bytes: Uint8Array): Promise<'created' | 'exists'> {
    return await this.guarded(path, async (file) => {
      if (await exists(file)) return await this.existing(file);
      return await this.writing(bytes, (unfinished) => this.link(unfinished, file));
    });
  }

  async replace(path: string, bytes: Uint8Array): Promise<void> {
    await this.guarded(path, async (file) => {
      await this.writing(bytes, async (unfinished) => {
        await this.inFolder(file, () => fs.rename(unfinished, file));
        await flushFolder(dirname(file));
      });
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
        throw translated(error, path);
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
    return await this.looking(path, async (file) => {
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
      throw translated(error, prefix);
    }
  }

  async remove(path: string): Promise<void> {
    await this.looking(path, async (file) => {
      await fs.unlink(file);
      await flushFolder(dirname(file));
    });
  }

  async copy(from: string, to: string): Promise<'created' | 'exists'> {
    if ((await this.stat(from)) === undefined) throw new DocumentError('not_found', `there is no ${from}`);
    const source = join(this.root, from);
    return await this.guarded(to, async (file) => {
      if (await exists(file)) return await this.existing(file);
      return await this.link(source, file);
    });
  }

  /** Removes what killed writers left behind. Young files are left alone: another process may be writing them. */
  async sweep(age: number): Promise<void> {
    const folder = join(this.root, WORKING_FOLDER);
    const oldest = Date.now() - age;
    for (const name of await fs.readdir(folder)) {
      const file = join(folder, name);
      const stats = await fs.lstat(file).catch(ignoreAbsence);
      if (stats?.isFile() && stats.mtimeMs < oldest) await fs.unlink(file).catch(ignoreAbsence);
    }
  }

  /** Writes a file of its own, flushes it, lets `publish` give it its place, and clears it away. */
  private async writing<T>(bytes: Uint8Array, publish: (unfinished: string) => Promise<T>): Promise<T> {
    return await this.slots.run(async () => {
      const unfinished = join(this.root, WORKING_FOLDER, `${process.pid}-${randomUUID()}`);
      try {
        const handle = await fs.open(unfinished, 'wx', FILE_MODE);
        try {
          await handle.writeFile(bytes);
          await handle.sync();
        } finally {
          await handle.close();
        }
        return await publish(unfinished);
      } finally {
        await fs.unlink(unfinished).catch(() => undefined);
      }
    });
  }

  private async link(source: string, file: string): Promise<'created' | 'exists'> {
    try {
      await this.inFolder(file, () => fs.link(source, file));
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return await this.existing(file);
      throw error;
    }
    await flushFolder(dirname(file));
    return 'created';
  }

  /** Does something in the folder of a file, which is made, durably, where it is missing. */
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

  /** Whether a folder of the store is there, and reached without a symbolic link. */
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

  /** For writers: checks the path, and that the folder, where it is there, is a real one. */
  private async guarded<T>(path: string, act: (file: string) => Promise<T>): Promise<T> {
    assertPath(path);
    try {
      await this.folderIsReal(dirname(path));
      return await act(join(this.root, path));
    } catch (error) {
      throw translated(error, path);
    }
  }

  /** For readers: what is not there is undefined. */
  private async looking<T>(path: string, act: (file: string) => Promise<T>): Promise<T | undefined> {
    assertPath(path);
    try {
      if (!(await this.folderIsReal(dirname(path)))) return undefined;
      return await act(join(this.root, path));
    } catch (error) {
      if (isAbsence(error)) return undefined;
      throw translated(error, path);
    }
  }

  private async open(path: string): Promise<{ handle: fs.FileHandle; stats: Stats } | undefined> {
    return await this.looking(path, async (file) => {
      const handle = await fs.open(file, READ_FLAGS);
      const stats = await handle.stat();
      if (stats.isFile()) return { handle, stats };
      await handle.close();
      return undefined;
    });
  }

  /** Says `exists` only when that is durable: whoever made the file may not have flushed the folder yet. */
  private async existing(file: string): Promise<'exists'> {
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
