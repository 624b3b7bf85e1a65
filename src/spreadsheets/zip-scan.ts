import { open, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Readable, Writable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { SpreadsheetError } from './errors';

/** What a workbook may unfold to. Counted while inflating: the sizes that a file declares may be lies. */
export interface ZipLimits {
  entries: number;
  inflatedBytes: number;
  /** inflated to packed, for parts larger than a megabyte */
  ratio: number;
}

export const zipLimits: ZipLimits = { entries: 2_000, inflatedBytes: 150 * 1024 * 1024, ratio: 300 };

interface Entry {
  name: string;
  flags: number;
  method: number;
  packed: number;
  size: number;
  offset: number;
}

/**
 * Looks through an .xlsx before any library opens it: counts what it inflates to, and refuses what no honest order of
 * rows needs: macros, links to other files, document types, encryption, parts that overlap or lie about their size.
 */
export async function scanWorkbook(path: string, limits: ZipLimits = zipLimits): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const entries = await readDirectory(file, size, limits);
    checkNames(entries);
    await checkRegions(file, entries, size);
    let inflated = 0;
    for (const entry of entries) {
      inflated += await inflate(file, entry, limits, limits.inflatedBytes - inflated);
    }
  } finally {
    await file.close();
  }
}

const damaged = (what: string, where?: string) =>
  new SpreadsheetError(
    'damaged',
    `The file is damaged: ${what}. Open it in your spreadsheet program and save it again.`,
    where,
  );

async function bytes(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead !== length) throw damaged('it ends too early');
  return buffer;
}

/** The central directory at the end of the file: the list of its parts. */
async function readDirectory(file: FileHandle, fileSize: number, limits: ZipLimits): Promise<Entry[]> {
  const tailSize = Math.min(fileSize, 22 + 0xffff);
  if (tailSize < 22) throw damaged('it is too short');
  const tail = await bytes(file, fileSize - tailSize, tailSize);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > tail.length) throw damaged('its list of parts is missing');
  const count = tail.readUInt16LE(end + 10);
  const size = tail.readUInt32LE(end + 12);
  const offset = tail.readUInt32LE(end + 16);
  if (count > limits.entries || size > 4 * 1024 * 1024) {
    throw new SpreadsheetError(
      'too_many_parts',
      `The file has more than ${limits.entries} parts. Copy the rows into a new workbook.`,
    );
  }
  if (count === 0xffff || offset === 0xffffffff || offset + size > fileSize)
    throw damaged('its list of parts lies outside of it');

  const directory = await bytes(file, offset, size);
  const entries: Entry[] = [];
  for (let at = 0; entries.length < count;) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50)
      throw damaged('its list of parts is broken');
    const nameLength = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      flags: directory.readUInt16LE(at + 8),
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

function checkNames(entries: Entry[]): void {
  const seen = new Set<string>();
  for (const { name, flags, method } of entries) {
    const plain = name.replaceAll('\\', '/').toLowerCase();
    if (flags & 1) throw new SpreadsheetError('encrypted', 'The file is protected by a password. Save it without one.');
    if (method !== 0 && method !== 8) throw damaged('a part is packed in an unknown way', name);
    if (seen.has(plain)) throw damaged('it holds a part twice', name);
    if (plain.startsWith('/') || plain.split('/').includes('..')) throw damaged('a part has a wrong name', name);
    if (plain.endsWith('vbaproject.bin') || plain.startsWith('xl/macrosheets/')) {
      throw new SpreadsheetError('macros', 'The workbook holds macros. Save it as .xlsx (without macros).', name);
    }
    if (plain.startsWith('xl/externallinks/')) {
      throw new SpreadsheetError(
        'external_links',
        'The workbook is linked to other files. Break the links (Data, Edit Links), or paste the values into a new workbook.',
        name,
      );
    }
    seen.add(plain);
  }
  if (!seen.has('[content_types].xml') || ![...seen].some((name) => /^xl\/workbook.*\.xml$/.test(name))) {
    throw new SpreadsheetError('not_a_spreadsheet', 'The file is no .xlsx workbook. Send .xlsx or .csv.');
  }
}

/** Where each part's bytes lie; parts that share bytes are how a small file unfolds to a huge one. */
async function checkRegions(file: FileHandle, entries: Entry[], fileSize: number): Promise<void> {
  let free = 0;
  for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
    if (entry.offset + 30 > fileSize) throw damaged('a part lies outside of it', entry.name);
    const header = await bytes(file, entry.offset, 30);
    if (header.readUInt32LE(0) !== 0x04034b50) throw damaged('a part is not where it should be', entry.name);
    if (header.readUInt16LE(6) & 1) {
      throw new SpreadsheetError('encrypted', 'The file is protected by a password. Save it without one.', entry.name);
    }
    if (entry.offset < free) throw damaged('its parts overlap', entry.name);
    entry.offset += 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
    free = entry.offset + entry.packed;
    if (free > fileSize) throw damaged('a part lies outside of it', entry.name);
  }
}

async function inflate(file: FileHandle, entry: Entry, limits: ZipLimits, room: number): Promise<number> {
  let count = 0;
  const doctype = isXml(entry.name) ? doctypeFinder(entry.name) : undefined;
  const counter = new Writable({
    write(chunk: Buffer, _encoding, done) {
      count += chunk.length;
      if (count > room) return done(tooLarge(limits));
      if (count > 1024 * 1024 && count > entry.packed * limits.ratio) return done(tooLarge(limits, entry.name));
      try {
        doctype?.(chunk);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
  if (entry.packed > 0) {
    const packed = Readable.from(region(file, entry.offset, entry.packed), { objectMode: false });
    try {
      if (entry.method === 0) await pipeline(packed, counter);
      else await pipeline(packed, createInflateRaw(), counter);
    } catch (error) {
      if (error instanceof SpreadsheetError) throw error;
      throw damaged('a part cannot be unpacked', entry.name);
    }
  }
  if (count !== entry.size) throw damaged('a part is not as large as it says', entry.name);
  return count;
}

/** Bytes of a file in pieces. (A stream of a FileHandle leaves its listeners there, one for every part.) */
async function* region(file: FileHandle, start: number, length: number): AsyncGenerator<Buffer> {
  for (let at = start; at < start + length;) {
    const piece = await bytes(file, at, Math.min(64 * 1024, start + length - at));
    at += piece.length;
    yield piece;
  }
}

const tooLarge = (limits: ZipLimits, where?: string) =>
  new SpreadsheetError(
    'too_large',
    `The workbook unfolds to more than ${Math.floor(limits.inflatedBytes / 1024 / 1024)} MB, or is packed more tightly ` +
      'than rows of work can be. Send the rows alone, as .csv if need be.',
    where,
  );

const isXml = (name: string): boolean => /\.(xml|rels|vml)$/i.test(name);

/** Finds a document type in XML of any encoding: without the zero bytes, UTF-16 reads like ASCII. */
function doctypeFinder(name: string): (chunk: Buffer) => void {
  let rest = '';
  return (chunk) => {
    const text = rest + chunk.toString('latin1').replaceAll('\0', '');
    if (/<!(DOCTYPE|ENTITY)/i.test(text)) {
      throw new SpreadsheetError(
        'doctype',
        'The workbook declares a document type, which none needs. Save it again.',
        name,
      );
    }
    rest = text.slice(-10);
  };
}
