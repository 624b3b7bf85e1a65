import type { Json } from '../../schemas/json';

/** A parsed file and its size. */
export interface CachedFile {
  value: Json;
  bytes: number;
}

/** A cache of the files read last, up to a number of bytes. Files larger than a part of that are not kept. */
export class FileCache<File extends { bytes: number } = CachedFile> {
  private readonly files = new Map<string, File>();
  private bytes = 0;

  constructor(
    private readonly limit: number,
    private readonly largest = limit / 8,
  ) {}

  get(hash: string): File | undefined {
    const file = this.files.get(hash);
    if (!file) return undefined;
    this.files.delete(hash);
    this.files.set(hash, file);
    return file;
  }

  set(hash: string, file: File): void {
    if (file.bytes > this.largest || this.files.has(hash)) return;
    this.files.set(hash, file);
    this.bytes += file.bytes;
    for (const [oldest, { bytes }] of this.files) {
      if (this.bytes <= this.limit) break;
      this.files.delete(oldest);
      this.bytes -= bytes;
    }
  }
}
