import { promises as fs } from 'node:fs';

/** Puts everything that was created, renamed or removed in a folder on disk. */
export async function flushFolder(folder: string): Promise<void> {
  const handle = await fs.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
