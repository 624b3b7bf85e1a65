/** Messages between us and a child: the number of the request and the length of the JSON, four bytes each, then the JSON. */

const HEAD = 8;

export interface Frame {
  request: number;
  json: Buffer;
}

/** The head and the body of a message, to be written in turn: a body may be large, and is not copied. */
export function frameOf(request: number, message: unknown): [head: Buffer, body: Buffer] {
  const body = Buffer.from(JSON.stringify(message));
  const head = Buffer.alloc(HEAD);
  head.writeUInt32LE(request, 0);
  head.writeUInt32LE(body.length, 4);
  return [head, body];
}

/** Assembles messages from the pieces in which they arrive. */
export class FrameReader {
  private pieces: Buffer[] = [];
  private size = 0;

  /** @param most bytes of a message's JSON */
  constructor(private readonly most = Infinity) {}

  /** Bytes not yet part of a returned message. */
  get rest(): number {
    return this.size;
  }

  push(piece: Buffer): void {
    this.pieces.push(piece);
    this.size += piece.length;
  }

  /** The next complete message. `too_long` as soon as its head says so: the rest need not arrive. */
  next(): Frame | 'too_long' | undefined {
    if (this.size < HEAD) return undefined;
    const [first] = this.pieces;
    const start = first && first.length >= HEAD ? first : this.join();
    const end = HEAD + start.readUInt32LE(4);
    if (end - HEAD > this.most) return 'too_long';
    if (this.size < end) return undefined;
    const all = this.join();
    this.pieces = [];
    this.size = 0;
    if (all.length > end) this.push(all.subarray(end));
    return { request: all.readUInt32LE(0), json: all.subarray(HEAD, end) };
  }

  private join(): Buffer {
    const all = Buffer.concat(this.pieces);
    this.pieces = [all];
    return all;
  }
}
