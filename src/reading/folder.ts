import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for as long as the work takes: where a child may leave what it has made. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'awe-reading-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Bytes as a file: readers take files, and the store may be anywhere. */
export async function onDisk<T>(bytes: Buffer, work: (path: string) => Promise<T>): Promise<T> {
  return await inFolder(async (folder) => {
    const path = join(folder, 'file');
    await writeFile(path, bytes, { mode: 0o600 });
    return await work(path);
  });
}
