import { refusal } from '../refusals';
import type { Marks } from './marks';

/** Records of the stream `Workbook` that are looked at. Each has its number and its length, two bytes each. */
const RECORD = {
  ...{ endOfStream: 0x0a, protected: 0x2f, font: 0x31, sheet: 0x85, style: 0xe0, links: 0x1ae, start: 0x809 },
  ...{ manyNumbers: 0xbd },
};

/** Records of cells that begin with row, column and style. */
const CELLS = new Set([0xfd, 0x27e, 0x203, 0x06, 0x206, 0x406, 0x205, 0x204, 0xd6]);

/** `0x0401` names this file itself, `0x3a01` the functions of the program. */
const NO_LINK = new Set([0x0401, 0x3a01]);

/**
 * Struck and bold cells of an .xls, which the library does not tell, by the position of the sheet. Refuses protected
 * files and links to other files.
 */
export function readXlsMarks(stream: Buffer): Marks[] {
  const fonts: { struck: boolean; bold: boolean }[] = [];
  const styles: number[] = [];
  const starts: number[] = [];
  for (const { type, at, length } of records(stream, 0)) {
    if (type === RECORD.protected) throw refusal.encrypted('Workbook');
    if (type === RECORD.links && length >= 4 && !NO_LINK.has(stream.readUInt16LE(at + 2)))
      throw refusal.externalLinks('Workbook');
    if (type === RECORD.font && length >= 8)
      fonts.push({
        struck: (stream.readUInt16LE(at + 2) & 0x08) !== 0,
        bold: stream.readUInt16LE(at + 6) >= 600,
      });
    if (type === RECORD.style && length >= 2) styles.push(stream.readUInt16LE(at));
    if (type === RECORD.sheet && length >= 4) starts.push(stream.readUInt32LE(at));
  }
  // no font has the number 4
  const fontOf = (style: number) => {
    const font = styles[style];
    return font === undefined ? undefined : fonts[font > 4 ? font - 1 : font];
  };
  return starts.map((start) => {
    const marks: Marks = { struck: new Set(), bold: new Set() };
    const mark = (row: number, column: number, style: number) => {
      const font = fontOf(style);
      if (font?.struck) marks.struck.add(row * 16_384 + column);
      if (font?.bold) marks.bold.add(row * 16_384 + column);
    };
    for (const { type, at, length } of records(stream, start)) {
      if (length < 6) continue;
      const [row, column] = [stream.readUInt16LE(at), stream.readUInt16LE(at + 2)];
      if (CELLS.has(type)) mark(row, column, stream.readUInt16LE(at + 4));
      if (type !== RECORD.manyNumbers) continue;
      for (let i = 0; 4 + i * 6 + 8 <= length; i++) mark(row, column + i, stream.readUInt16LE(at + 4 + i * 6));
    }
    return marks;
  });
}

/** Records from a position to the end of the stream that begins there, with those of charts inside it. */
function* records(stream: Buffer, from: number): Generator<{ type: number; at: number; length: number }> {
  let depth = 0;
  for (let at = from; at + 4 <= stream.length;) {
    const [type, length] = [stream.readUInt16LE(at), stream.readUInt16LE(at + 2)];
    at += 4;
    if (at + length > stream.length) break;
    if (type === RECORD.start) depth += 1;
    else if (type === RECORD.endOfStream) depth -= 1;
    else if (depth === 1) yield { type, at, length };
    if (depth <= 0) return;
    at += length;
  }
  // the library would leave out what is missing, in silence
  throw refusal.damaged({ en: 'it ends too early', fr: 'il se termine trop tôt' });
}
