import * as fs from 'node:fs/promises';
import { dirname } from 'node:path';
import { flushFolder } from '../../documents/flush-folder';

/** Lines on a disk. What a ledger needs of it, and no more, so that a test can let it fail. */
export interface Journal {
  /** Everything that was appended, as it lies there. */
  read(): Promise<string>;
  /** Durable when it resolves. When it rejects, nothing of it is there, or nothing is taken any more. */
  append(text: string): Promise<void>;
  /** All of it at once, in place of what is there: a reader sees the old or the new. */
  replace(text: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * A journal in a file. It is held open, and every append looks whether the file is still the one that it knows: where
 * somebody else has written, no more is taken, because two ledgers in one file know nothing of each other's calls.
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

  /** Takes back what a failed write may have left. */
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
