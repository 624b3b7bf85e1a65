import { Readable } from 'node:stream';
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { SpreadsheetError } from '../errors';
import { refusal } from '../refusals';
import type { Entry } from './directory';
import type { Source } from './source';

/** Limits of inflating a workbook. Bytes are counted meanwhile, because the sizes that a file declares may be lies. */
export interface InflateLimits {
  inflatedBytes: number;
  /** inflated to packed bytes, for parts larger than a megabyte */
  ratio: number;
}

const PIECE = 64 * 1024;

/** A part up to this size is unpacked at once, in less than a millisecond: a stream costs several times that. */
const AT_ONCE = 256 * 1024;

/**
 * Unpacks a part piece by piece and counts its bytes. Refuses it as soon as it passes `room` or the ratio, and at its
 * end if the size or the checksum is wrong (a checksum of 0 is not checked).
 */
export async function* inflate(
  file: Source,
  entry: Entry,
  limits: InflateLimits,
  room = limits.inflatedBytes,
): AsyncGenerator<Buffer> {
  let count = 0;
  let crc = 0;
  if (entry.packed > 0) {
    const packed = readRegion(file, entry.offset, entry.packed);
    const unpacked =
      entry.method === 0 ? packed : isSmall(entry) && entry.size <= room ? unpackAtOnce(file, entry) : unpack(packed);
    try {
      for await (const chunk of unpacked) {
        count += chunk.length;
        if (count > room) throw tooLarge(limits);
        if (count > 1024 * 1024 && count > entry.packed * limits.ratio) throw tooLarge(limits, entry.name);
        if (count > entry.size) break;
        crc = crc32(chunk, crc);
        yield chunk;
      }
    } catch (error) {
      if (error instanceof SpreadsheetError) throw error;
      const code = String((error as { code?: unknown }).code);
      if (code === 'ERR_BUFFER_TOO_LARGE') count = Infinity;
      else if (/^Z_/.test(code)) {
        throw refusal.damaged(
          { en: 'a part cannot be unpacked', fr: 'une partie ne peut pas être décompressée' },
          entry.name,
        );
      } else throw error;
    }
  }
  if (count !== entry.size) {
    throw refusal.damaged(
      { en: 'a part is not as large as it says', fr: "une partie n'a pas la taille qu'elle annonce" },
      entry.name,
    );
  }
  if (entry.crc !== 0 && entry.crc !== crc) {
    throw refusal.damaged(
      { en: 'a part is not what was packed', fr: "une partie n'est pas ce qui a été compressé" },
      entry.name,
    );
  }
}

const isSmall = ({ packed, size }: Entry): boolean => packed <= AT_ONCE && size <= AT_ONCE;

/** A part that unfolds to more than it says ends with `ERR_BUFFER_TOO_LARGE`. */
async function* unpackAtOnce(file: Source, { offset, packed, size }: Entry): AsyncGenerator<Buffer> {
  const bytes = await file.bytes(offset, packed);
  yield inflateRawSync(bytes, { chunkSize: Math.max(64, size + 1), maxOutputLength: size + 1 });
}

function unpack(packed: AsyncGenerator<Buffer>): AsyncIterable<Buffer> {
  const inflater = createInflateRaw({ chunkSize: 4 * PIECE });
  const source = Readable.from(packed, { objectMode: false });
  source.on('error', (error) => inflater.destroy(error));
  inflater.on('close', () => source.destroy());
  return source.pipe(inflater) as AsyncIterable<Buffer>;
}

/** Reads bytes of a file in pieces. (A stream of a FileHandle would leave its listeners there, one for every part.) */
async function* readRegion(file: Source, start: number, length: number): AsyncGenerator<Buffer> {
  for (let at = start; at < start + length;) {
    const piece = await file.bytes(at, Math.min(PIECE, start + length - at));
    at += piece.length;
    yield piece;
  }
}

const tooLarge = (limits: InflateLimits, where?: string) =>
  refusal.unfoldsTooFar(Math.floor(limits.inflatedBytes / 1024 / 1024), where);
