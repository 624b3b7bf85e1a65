/** 1 January 2000, 00:00, as a zip entry writes it. */
const TIME = 0;
const DATE = ((2000 - 1980) << 9) | (1 << 5) | 1;

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_BYTES = 22;

/**
 * Sets the same time on every entry of a zip file, in place, because exceljs stamps entries with the clock and the same
 * content must give the same bytes. Checksums do not cover these fields.
 */
export function fixZipTimes(zip: Buffer): Buffer {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || zip.readUInt32LE(end) !== END || end + END_BYTES > zip.length) throw new Error('not a zip file');
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== ENTRY) throw new Error('the zip directory is damaged');
    zip.writeUInt16LE(TIME, at + 12);
    zip.writeUInt16LE(DATE, at + 14);
    const local = zip.readUInt32LE(at + 42);
    zip.writeUInt16LE(TIME, local + 10);
    zip.writeUInt16LE(DATE, local + 12);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return zip;
}
