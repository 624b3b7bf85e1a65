import * as fs from 'node:fs/promises';
import { dirname } from 'node:path';
import { flushFolder } from '../../documents/flush-folder';

/** Lines on a disk, as far as a ledger needs them, so that a test can make them fail. */
export interface Journal {
  /** The whole journal. */
  read(): Promise<string>;
  /** Durable when it resolves. When it rejects, none of the text is kept, or every later append is refused. */
  append(text: string): Promise<void>;
  /** Replaces the whole journal: a reader sees the old or the new. */
  replace(text: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * A journal in a file. The file is held open, and every append checks that it is still the same: once somebody else has
 * written to it nothing is taken, because two ledgers in one file know nothing of each other's calls.
 */
export async function openFileJournal(file: string): Promise<Journal> {
  await fs.mkdir(dirname(file), { recursive: true, mode: 0o750 });
  let handle = await fs.open(file, 'a+', 0o640);
  let length = (await handle.stat()).size;
  let torn = false;

  async function assertOurs(): Promise<void> {
    const [ours, there] = await Promise.all([handle.stat(), fs.stat(file).catch(() => undefined)]);
    if (there?.ino !== ours.ino) throw new Error(`${file} was moved or replaced while it was in use`);
    if (ours.size !== length && !torn) throw new Error(`${file} was written to by somebody else`);
  }

  /** Cuts off what a failed write may have left. */
  async function mend(): Promise<void> {
    if (!torn) return;
    await handle.truncate(length);
    await handle.datasync();
    torn = false;
  }

  return {
    async read() {
      return await fs.readFile(file, 'utf8');
    },
    async append(text) {
      await assertOurs();
      await mend();
      const bytes = Buffer.from(text);
      torn = true;
      try {
        await handle.appendFile(bytes);
        await handle.datasync();
        length += bytes.length;
        torn = false;
      } catch (error) {
        await mend().catch(() => undefined);
        throw error;
      }
    },
    async replace(text) {
      const draft = `${file}.new`;
      const next = await fs.open(draft, 'w', 0o640);
      try {
        await next.writeFile(text);
        await next.datasync();
      } finally {
        await next.close();
      }
      await fs.rename(draft, file);
      await flushFolder(dirname(file));
      await handle.close();
      handle = await fs.open(file, 'a+', 0o640);
      length = (await handle.stat()).size;
      torn = false;
    },
    close: () => handle.close(),
  };
}
