import { refusal } from '../refusals';
import type { Source } from './source';

/** A part of a zip by its directory. After `locateParts`, `offset` is the start of the packed bytes. */
export interface Entry {
  name: string;
  flags: number;
  method: number;
  crc: number;
  packed: number;
  size: number;
  offset: number;
}

const BROKEN = { en: 'its list of parts is broken', fr: 'sa liste de parties est abîmée' };
const OUTSIDE = { en: 'its list of parts lies outside the file', fr: "sa liste de parties est en dehors d'elle-même" };
const PART_OUTSIDE = { en: 'a part lies outside the file', fr: 'une partie est en dehors du fichier' };

/** Reads the central directory at the end of the file, also in the form for large files (zip64). */
export async function readDirectory(file: Source, limits: { entries: number }): Promise<Entry[]> {
  const where = await findDirectory(file);
  if (where.count > limits.entries || where.size > 4 * 1024 * 1024) throw refusal.tooManyParts(limits.entries);
  if (where.offset + where.size > file.size) throw refusal.damaged(OUTSIDE);
  // bytes put before a zip shift all its offsets, by the gap between directory and end
  const moved = Math.max(0, where.end - where.size - where.offset);
  const directory = await file.bytes(where.offset + moved, where.size);
  const entries: Entry[] = [];
  for (let at = 0; entries.length < where.count;) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) throw refusal.damaged(BROKEN);
    const nameLength = directory.readUInt16LE(at + 28);
    const extraLength = directory.readUInt16LE(at + 30);
    const extra = at + 46 + nameLength;
    if (extra + extraLength > directory.length) throw refusal.damaged(BROKEN);
    const entry = {
      name: directory.toString('utf8', at + 46, extra),
      flags: directory.readUInt16LE(at + 8),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    };
    widen(entry, directory.subarray(extra, extra + extraLength));
    entry.offset += moved;
    entries.push(entry);
    at = extra + extraLength + directory.readUInt16LE(at + 32);
  }
  return entries;
}

async function findDirectory(file: Source) {
  const { size: fileSize } = file;
  const tailSize = Math.min(fileSize, 22 + 0xffff);
  if (tailSize < 22) throw refusal.damaged({ en: 'it is too short', fr: 'il est trop court' });
  const tail = await file.bytes(fileSize - tailSize, tailSize);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > tail.length) {
    throw refusal.damaged({ en: 'its list of parts is missing', fr: 'sa liste de parties manque' });
  }
  const place = fileSize - tailSize + end;
  const found = {
    end: place,
    count: tail.readUInt16LE(end + 10),
    size: tail.readUInt32LE(end + 12),
    offset: tail.readUInt32LE(end + 16),
  };
  if (found.count !== 0xffff && found.size !== 0xffffffff && found.offset !== 0xffffffff) return found;
  // a zip64 holds the figures in a record of its own; a locator just before the end gives its position
  const locator = end - 20;
  if (locator < 0 || tail.readUInt32LE(locator) !== 0x07064b50) throw refusal.damaged(BROKEN);
  const position = readWide(tail, locator + 8);
  if (position + 56 > fileSize) throw refusal.damaged(OUTSIDE);
  const record = await file.bytes(position, 56);
  if (record.readUInt32LE(0) !== 0x06064b50) throw refusal.damaged(BROKEN);
  return { end: position, count: readWide(record, 32), size: readWide(record, 40), offset: readWide(record, 48) };
}

/** Takes figures beyond 32 bits from the extra field, which holds them in this order. */
function widen(entry: Entry, extra: Buffer): void {
  const missing = (['size', 'packed', 'offset'] as const).filter((name) => entry[name] === 0xffffffff);
  if (missing.length === 0) return;
  for (let at = 0; at + 4 <= extra.length;) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1) {
      for (const [index, name] of missing.entries()) {
        if (at + 12 + index * 8 > extra.length || length < (index + 1) * 8) throw refusal.damaged(BROKEN, entry.name);
        entry[name] = readWide(extra, at + 4 + index * 8);
      }
      return;
    }
    at += 4 + length;
  }
  throw refusal.damaged(BROKEN, entry.name);
}

function readWide(buffer: Buffer, at: number): number {
  const value = Number(buffer.readBigUInt64LE(at));
  return Number.isSafeInteger(value) ? value : Number.MAX_SAFE_INTEGER;
}

/** Locates the bytes of each part; refuses parts that share bytes, which make a small file inflate to a huge one. */
export async function locateParts(file: Source, entries: Entry[]): Promise<void> {
  let free = 0;
  for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
    if (entry.offset + 30 > file.size) throw refusal.damaged(PART_OUTSIDE, entry.name);
    const header = await file.bytes(entry.offset, 30);
    if (header.readUInt32LE(0) !== 0x04034b50) {
      throw refusal.damaged(
        { en: 'a part is not where it should be', fr: "une partie n'est pas où elle devrait être" },
        entry.name,
      );
    }
    if (header.readUInt16LE(6) & 1) throw refusal.encrypted(entry.name);
    if (entry.offset < free) {
      throw refusal.damaged({ en: 'its parts overlap', fr: 'ses parties se chevauchent' }, entry.name);
    }
    entry.offset += 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
    free = entry.offset + entry.packed;
    if (free > file.size) throw refusal.damaged(PART_OUTSIDE, entry.name);
  }
}
