/**
 * Encodings of bodies that are unpacked, in requests and in answers. `br` is not among them: the Brotli decoder of Node
 * 20, and of 22 and 24 before October 2026, writes beyond its memory (CVE-2026-111497).
 */
export const ENCODINGS: readonly string[] = ['identity', 'gzip', 'x-gzip', 'deflate'];

/** An answer was refused for its encoding. */
export class StrangeEncoding extends Error {
  override readonly name = 'StrangeEncoding';

  constructor(readonly encoding: string) {
    super(`The answer has the encoding ${encoding}, which is not unpacked here.`);
  }
}

/** The first encoding of a `Content-Encoding` that is not unpacked here; undefined if all are. */
export function strangeEncoding(header: string | undefined): string | undefined {
  const encodings = (header ?? '').split(',').map((one) => one.trim().toLowerCase());
  return encodings.find((one) => one !== '' && !ENCODINGS.includes(one));
}
