const localHeader = 0x04034b50;
const directoryEntry = 0x02014b50;
const directoryEnd = 0x06054b50;
/** 1 January 1980 at midnight, the first moment that a zip can name. */
const firstDay = 0x21;

/**
 * The same zip with every part dated 1980, in place: a zip dates its parts when it is made, and examples are to be the
 * same bytes each time. For archives without comment, as exceljs writes them.
 */
export function withoutDates(zip: Buffer): Buffer {
  const end = zip.length - 22;
  if (zip.readUInt32LE(end) !== directoryEnd) throw new Error('This is no zip without comment.');
  const undate = (at: number) => {
    zip.writeUInt16LE(0, at);
    zip.writeUInt16LE(firstDay, at + 2);
  };
  let at = zip.readUInt32LE(end + 16);
  while (at < end && zip.readUInt32LE(at) === directoryEntry) {
    undate(at + 12);
    const local = zip.readUInt32LE(at + 42);
    if (zip.readUInt32LE(local) === localHeader) undate(local + 10);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return zip;
}
