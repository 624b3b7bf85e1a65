import { McpError } from '../errors';

/** Cuts what comes in pieces into lines, and refuses one that is too long before it is in memory as a whole. */
export class LineReader {
  private pieces: Buffer[] = [];
  private bytes = 0;

  constructor(private readonly most: number) {}

  /** Lines that are whole with this piece. @throws McpError `too_large` */
  read(chunk: Buffer): string[] {
    const lines: string[] = [];
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      this.add(chunk.subarray(from, end));
      lines.push(Buffer.concat(this.pieces).toString().replace(/\r$/, ''));
      this.pieces = [];
      this.bytes = 0;
      from = end + 1;
    }
    this.add(chunk.subarray(from));
    return lines;
  }

  private add(piece: Buffer): void {
    this.bytes += piece.length;
    if (this.bytes > this.most) throw new McpError('too_large', 'answered', `an answer has over ${this.most} bytes`);
    if (piece.length > 0) this.pieces.push(piece);
  }
}
