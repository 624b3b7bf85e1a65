import { open } from 'node:fs/promises';
import { refusal } from '../refusals';

/** A file of which one looks at bytes here and there. */
export interface Source {
  readonly size: number;
  /** Refused where the file ends before. */
  bytes(position: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** A file up to this size is read at once: every look into one is a trip to another thread, and a zip takes many. */
const AT_ONCE = 256 * 1024;

export async function openSource(path: string): Promise<Source> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const whole = size <= AT_ONCE ? await file.readFile() : undefined;
    return {
      size,
      async bytes(position, length) {
        const bytes = whole?.subarray(position, position + length) ?? (await part(position, length));
        if (bytes.length !== length) throw refusal.damaged({ en: 'it ends too early', fr: 'il se termine trop tôt' });
        return bytes;
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }

  async function part(position: number, length: number): Promise<Buffer> {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, position);
    return buffer.subarray(0, bytesRead);
  }
}
