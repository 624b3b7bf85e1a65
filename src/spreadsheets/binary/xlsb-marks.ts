import type { Package } from '../zip-scan';
import { readRelations } from '../xlsx/relations';
import type { Marks } from './marks';

/** Records of the parts of an .xlsb that are looked at. */
const RECORD = { row: 0, font: 43, style: 47, sheet: 156, cellStyles: 617, endOfCellStyles: 618 };

/** Records of cells, which begin with column (4 bytes) and style (3 bytes). */
const isCell = (type: number): boolean => (type >= 1 && type <= 11) || type === 62;

/** Records of cells that follow the one before, and begin with the style. */
const isNextCell = (type: number): boolean => type >= 12 && type <= 18;

const BOOK = 'xl/workbook.bin';

/** Struck and bold cells of an .xlsb, which the library does not tell, by the position of the sheet. */
export async function readXlsbMarks(parts: Package): Promise<Marks[]> {
  const relations = await readRelations(parts, BOOK);
  const styles = await readStyles(parts, relations.find(({ type }) => type === 'styles')?.target);
  const marks: Marks[] = [];
  for (const { type, body } of records(await bytesOf(parts, BOOK))) {
    if (type !== RECORD.sheet || body.length < 12) continue;
    const length = body.readUInt32LE(8);
    const id = length > 255 ? '' : body.toString('utf16le', 12, 12 + length * 2);
    const part = relations.find((relation) => relation.id === id && !relation.external)?.target;
    marks.push(
      sheetMarks(part !== undefined && parts.has(part) ? await bytesOf(parts, part) : Buffer.alloc(0), styles),
    );
  }
  return marks;
}

interface Look {
  struck: boolean;
  bold: boolean;
}

async function readStyles(parts: Package, part: string | undefined): Promise<(Look | undefined)[]> {
  if (part === undefined || !parts.has(part)) return [];
  const fonts: Look[] = [];
  const styles: (Look | undefined)[] = [];
  let inCells = false;
  for (const { type, body } of records(await bytesOf(parts, part))) {
    if (type === RECORD.cellStyles) inCells = true;
    else if (type === RECORD.endOfCellStyles) inCells = false;
    else if (type === RECORD.font && body.length >= 6)
      fonts.push({ struck: (body.readUInt16LE(2) & 0x08) !== 0, bold: body.readUInt16LE(4) >= 600 });
    else if (type === RECORD.style && inCells && body.length >= 6) styles.push(fonts[body.readUInt16LE(4)]);
  }
  return styles;
}

function sheetMarks(bytes: Buffer, styles: readonly (Look | undefined)[]): Marks {
  const marks: Marks = { struck: new Set(), bold: new Set() };
  let row = 0;
  let column = -1;
  for (const { type, body } of records(bytes)) {
    if (type === RECORD.row && body.length >= 4) {
      row = body.readUInt32LE(0);
      column = -1;
    }
    if (body.length < (isCell(type) ? 8 : 4) || !(isCell(type) || isNextCell(type))) continue;
    column = isCell(type) ? body.readUInt32LE(0) : column + 1;
    const look = styles[body.readUIntLE(isCell(type) ? 4 : 0, 3)];
    const place = row * 16_384 + column;
    if (look?.struck) marks.struck.add(place);
    if (look?.bold) marks.bold.add(place);
  }
  return marks;
}

/** Records: number and length, seven bits a byte. */
function* records(bytes: Buffer): Generator<{ type: number; body: Buffer }> {
  let at = 0;
  const number = (most: number): number | undefined => {
    let value = 0;
    for (let i = 0; i < most; i++) {
      const byte = bytes[at++];
      if (byte === undefined) return undefined;
      // a record's number keeps the mark of its first byte
      value += (byte & 0x7f) * 2 ** (7 * i);
      if ((byte & 0x80) === 0) return value;
    }
    return value;
  };
  while (at < bytes.length) {
    const type = number(2);
    const length = number(4);
    if (type === undefined || length === undefined || at + length > bytes.length) return;
    yield { type, body: bytes.subarray(at, at + length) };
    at += length;
  }
}

async function bytesOf(parts: Package, part: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of parts.read(part)) pieces.push(piece);
  return Buffer.concat(pieces);
}
