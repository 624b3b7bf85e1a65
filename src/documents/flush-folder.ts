import { promises as fs } from 'node:fs';

/** What was created, renamed or removed in a folder is on disk when this has returned. */
export async function flushFolder(folder: string): Promise<void> {
  const handle = await fs.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
