/** The other formats of spreadsheets, in files that LibreOffice 7.4 has written from one workbook, and made by code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import * as library from '@e965/xlsx';
import * as fc from 'fast-check';
import { createChildren } from '../../../src/reading/child/runner';
import { orderReaderLimits } from '../../../src/reading/orders';
import { SpreadsheetError } from '../../../src/spreadsheets/errors';
import { lookThrough, readWorkbook, workbookLimits } from '../../../src/spreadsheets/read';
import type { Cell, Sheet, Workbook } from '../../../src/spreadsheets/workbook';
import { files, zip, type Part } from './make';

const put = files();
const written = (name: string) => readFileSync(join(__dirname, 'office', name));
const read = async (bytes: Buffer): Promise<Workbook> => {
  const path = put(bytes);
  await lookThrough(path);
  return await readWorkbook(path);
};
const cellAt = (sheet: Sheet, row: number, column: number): Cell | undefined =>
  sheet.rows.find(({ number }) => number === row)?.cells.find((cell) => cell.column === column);

/** Parts of a small zip. */
function partsOf(bytes: Buffer): Part[] {
  const parts: Part[] = [];
  for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 4)) {
    const [packed, length, local] = [
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt32LE(at + 42),
    ];
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const raw = bytes.subarray(start, start + packed);
    parts.push({
      name: bytes.toString('utf8', at + 46, at + 46 + length),
      bytes: bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(raw) : raw,
    });
  }
  return parts;
}

/** An .ods with these tables, and styles of cells. */
const ods = (tables: string, styles = '') =>
  zip([
    { name: 'mimetype', bytes: 'application/vnd.oasis.opendocument.spreadsheet', method: 0 },
    {
      name: 'content.xml',
      bytes:
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"' +
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"' +
        ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"' +
        ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0">' +
        `<office:automatic-styles>${styles}</office:automatic-styles>` +
        `<office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`,
    },
  ]);
const table = (rows: string) => `<table:table table:name="T">${rows}</table:table>`;
const text = (letters: string) =>
  `<table:table-cell office:value-type="string"><text:p>${letters}</text:p></table:table-cell>`;
const oneRow = (cells: string) => table(`<table:table-row>${cells}</table:table-row>`);

describe.each([
  ['order.xls', 'sheetjs'],
  ['order.ods', 'ods'],
])('%s', (name, reader) => {
  let book: Workbook;
  let sheet: Sheet;
  beforeAll(async () => {
    book = await read(written(name));
    sheet = book.sheets[0]!;
  });

  it('has its sheets with their state, its merged cells, and hidden rows and columns', () => {
    expect(book.reader).toBe(reader);
    expect(book.sheets.map(({ name: title, state }) => [title, state])).toEqual([
      ['Bon de commande', 'visible'],
      ['Ancienne version', 'hidden'],
    ]);
    expect(sheet.merges).toEqual([{ top: 1, left: 1, bottom: 1, right: 5 }]);
    expect(sheet.hiddenColumns).toEqual([7]);
    expect(sheet.rows.filter(({ hidden }) => hidden).map(({ number }) => number)).toEqual([9]);
  });

  it('has texts with their zeros, dates as days, exact figures with their currency, and results of formulas', () => {
    expect(cellAt(sheet, 6, 1)?.value).toEqual({ is: 'text', text: '00123' });
    expect(cellAt(sheet, 3, 2)?.value).toMatchObject({ is: 'date', iso: '2027-03-12' });
    expect(cellAt(sheet, 6, 4)?.value).toMatchObject({ is: 'number', digits: '2.5', shown: '2.50 €' });
    expect(cellAt(sheet, 8, 5)).toMatchObject({ value: { is: 'number', digits: '2.4' }, formula: 'C8*D8' });
    expect(cellAt(sheet, 10, 5)).toMatchObject({ value: { digits: '39' }, formula: 'SUM(E6:E9)' });
  });

  it('tells bold headings, struck cells, and notes', () => {
    expect(sheet.rows.find(({ number }) => number === 5)?.cells.every(({ bold }) => bold)).toBe(true);
    const struck = sheet.rows.flatMap(({ number, cells }) => (cells.some((cell) => cell.struck) ? [number] : []));
    expect(struck).toEqual([7]);
    expect(sheet.notes).toEqual([{ row: 6, column: 1, text: 'prendre le lot 2' }]);
  });

  // the library asks for gigabytes where a damaged record says so: in a child, as in production
  it('is refused, or read, but never breaks its reader, however it is damaged', async () => {
    const children = createChildren(orderReaderLimits);
    const readDamaged = async (bytes: Buffer) =>
      reader === 'ods' ? read(bytes) : children.run('workbook', { path: put(bytes), limits: workbookLimits });
    const whole = written(name);
    const damages = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 });
    try {
      await fc.assert(
        fc.asyncProperty(damages, fc.integer({ min: 8, max: whole.length }), async (changes, end) => {
          const bytes = Buffer.from(whole);
          for (const [at, value] of changes) if (at > 8) bytes[at] = value;
          const outcome = await readDamaged(bytes.subarray(0, end)).catch((error: unknown) => error);
          if (outcome instanceof Error) expect(outcome).toBeInstanceOf(SpreadsheetError);
        }),
        { numRuns: reader === 'ods' ? 60 : 10 },
      );
    } finally {
      children.close();
    }
  });
});

describe('.xlsb and .xls by the library that writes them', () => {
  const book = (date1904 = false) => {
    const sheet = library.utils.aoa_to_sheet([
      ['Référence', 'Quantité', 'Jour'],
      ['00123', 12, 46_458],
      ['00124', 9_780_306_406_157, 0.1 + 0.2],
    ]);
    sheet.C2 = { t: 'n', v: 46_458, z: 'dd/mm/yyyy' };
    sheet.B3!.f = 'B2*2';
    const made = library.utils.book_new(sheet, 'Commande');
    library.utils.book_append_sheet(made, library.utils.aoa_to_sheet([['x']]), 'Secret');
    made.Workbook = { WBProps: { date1904 }, Sheets: [{ Hidden: 0 }, { Hidden: 2 }] };
    return made;
  };
  const bytesOf = (type: 'xlsb' | 'biff8', made = book()) =>
    library.write(made, { type: 'buffer', bookType: type }) as Buffer;

  it.each(['xlsb', 'biff8'] as const)(
    '%s: digits, states of sheets, and days in the calendar of the file',
    async (type) => {
      const { sheets } = await read(bytesOf(type));
      expect(sheets.map(({ state }) => state)).toEqual(['visible', 'veryHidden']);
      expect(cellAt(sheets[0]!, 2, 1)?.value).toEqual({ is: 'text', text: '00123' });
      expect(cellAt(sheets[0]!, 3, 2)?.value).toMatchObject({ digits: '9780306406157' });
      expect(cellAt(sheets[0]!, 2, 3)?.value).toMatchObject({ is: 'date', iso: '2027-03-12' });
      const later = await read(bytesOf(type, book(true)));
      expect(cellAt(later.sheets[0]!, 2, 3)?.value).toMatchObject({ is: 'date', iso: '2031-03-13' });
    },
  );

  it('an .xlsb tells struck cells by the fonts of their styles', async () => {
    const parts = partsOf(bytesOf('xlsb')).map(({ name, bytes }) => {
      if (name === 'xl/styles.bin') return { name, bytes: struckFirstFont(bytes as Buffer) };
      return { name, bytes };
    });
    const { sheets } = await read(zip(parts));
    expect(sheets[0]!.rows.every(({ cells }) => cells.every(({ struck }) => struck))).toBe(true);
    expect((await read(bytesOf('xlsb'))).sheets[0]!.rows[0]!.cells[0]!.struck).toBeUndefined();
  });

  it('a protected .xls is refused', async () => {
    const bytes = written('order.xls');
    // the record after the first one of the stream is made the one that says so
    const start = bytes.indexOf(Buffer.from('0908100000060500', 'hex'));
    bytes.writeUInt16LE(0x2f, start + 20);
    await expect(read(bytes)).rejects.toMatchObject({ code: 'encrypted' });
  });

  it('an .xlsb with a bomb, or a sheet that is missing, is refused', async () => {
    const parts = partsOf(bytesOf('xlsb'));
    const bomb = { name: 'xl/media/image1.png', bytes: Buffer.alloc(160 * 1024 * 1024) };
    await expect(read(zip([...parts, bomb]))).rejects.toMatchObject({ code: 'too_large' });
    const less = parts.filter(({ name }) => !name.endsWith('sheet1.bin'));
    await expect(read(zip(less))).rejects.toMatchObject({ code: 'unreadable' });
  });
});

/** Sets the mark of a struck font in the first record of a font (43). */
function struckFirstFont(styles: Buffer): Buffer {
  const changed = Buffer.from(styles);
  for (let at = 0; at < changed.length;) {
    const long = (changed[at]! & 0x80) !== 0;
    const type = long ? (changed[at]! & 0x7f) + changed[at + 1]! * 128 : changed[at]!;
    at += long ? 2 : 1;
    const length = changed[at]!;
    at += 1;
    if (type === 43) {
      changed[at + 2]! |= 0x08;
      return changed;
    }
    at += length;
  }
  throw new Error('no font');
}

describe('.ods', () => {
  it('repeats what is repeated, and leaves out what is empty', async () => {
    const cell = '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"/>';
    const rows =
      '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="2"/>' +
      `${cell}</table:table-row><table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`;
    const { sheets } = await read(ods(table(rows)));
    expect(sheets[0]!.rows.map(({ number, cells }) => [number, cells.map(({ column }) => column)])).toEqual([
      [1, [3, 4]],
      [2, [3, 4]],
      [3, [3, 4]],
    ]);
  });

  it('is refused when repetitions make a bomb of it', async () => {
    const bomb = (rows: number, columns: number) =>
      table(
        `<table:table-row table:number-rows-repeated="${rows}"><table:table-cell table:number-columns-repeated="${columns}" office:value-type="float" office:value="1"/></table:table-row>`,
      );
    await expect(read(ods(bomb(1_000_000, 1)))).rejects.toMatchObject({ code: 'too_many_rows' });
    await expect(read(ods(bomb(1_000, 16_000)))).rejects.toMatchObject({ code: 'too_large' });
    await expect(read(ods(bomb(1, 100_000)))).rejects.toMatchObject({ code: 'unreadable' });
  });

  it('reads percentages, currencies, times and truth, and a whole paragraph for each line of a text', async () => {
    const cells =
      '<table:table-cell office:value-type="percentage" office:value="0.2"><text:p>20 %</text:p></table:table-cell>' +
      '<table:table-cell office:value-type="currency" office:currency="EUR" office:value="1234.5"><text:p>1 234,50 €</text:p></table:table-cell>' +
      '<table:table-cell office:value-type="time" office:time-value="PT12H30M00S"/>' +
      '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>' +
      text('a<text:s text:c="2"/>b</text:p><text:p>c');
    const { sheets } = await read(ods(oneRow(cells)));
    expect(sheets[0]!.rows[0]!.cells.map(({ value }) => value)).toEqual([
      { is: 'number', number: 0.2, digits: '0.2', shown: '20 %' },
      { is: 'number', number: 1234.5, digits: '1234.5', shown: '1 234,50 €' },
      { is: 'time', minutes: 750 },
      { is: 'boolean', boolean: true },
      { is: 'text', text: 'a  b\nc' },
    ]);
  });

  it('takes neither words of a drawing nor of a note for those of the cell', async () => {
    const cells =
      '<table:table-cell office:value-type="string"><office:annotation><text:p>a note</text:p></office:annotation>' +
      '<draw:frame><draw:text-box><text:p>a box</text:p></draw:text-box></draw:frame><text:p>itself</text:p></table:table-cell>';
    const { sheets } = await read(ods(oneRow(cells)));
    expect(sheets[0]).toMatchObject({
      rows: [{ cells: [{ value: { text: 'itself' } }] }],
      notes: [{ row: 1, column: 1, text: 'a note' }],
    });
  });

  it('tells a text of which a part is struck', async () => {
    const style =
      '<style:style style:name="S" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>';
    const { sheets } = await read(
      ods(oneRow(text('5 <text:span text:style-name="S">6</text:span>') + text('7')), style),
    );
    expect(sheets[0]!.rows[0]!.cells.map(({ struck }) => struck)).toEqual([true, undefined]);
  });

  it('is refused when it takes values from other files', async () => {
    const source = '<table:table-source xlink:href="file:///other.ods"/>';
    await expect(read(ods(table(`${source}<table:table-row>${text('x')}</table:table-row>`)))).rejects.toMatchObject({
      code: 'external_links',
    });
  });

  it('is no sheet when it is a text document, or has no table', async () => {
    await expect(read(ods(''))).rejects.toMatchObject({ code: 'no_sheets' });
    const parts = partsOf(ods(oneRow(text('x'))));
    parts[0]!.bytes = 'application/vnd.oasis.opendocument.text';
    await expect(read(zip(parts))).rejects.toMatchObject({ code: 'not_a_spreadsheet' });
  });
});
