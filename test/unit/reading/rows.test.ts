import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { fieldOf } from '../../../src/audit/columns';
import { createRowReader, rowReaderLimits } from '../../../src/reading/rows';
import { scanWorkbook } from '../../../src/spreadsheets/zip-scan';

const folder = mkdtempSync(join(tmpdir(), 'awe-rows-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let counter = 0;
const put = (bytes: Uint8Array | string) => {
  const path = join(folder, `${(counter += 1)}`);
  writeFileSync(path, bytes);
  return path;
};
const reader = createRowReader();

interface Part {
  name: string;
  bytes: Buffer;
  /** what it says of its size */
  size?: number;
  flags?: number;
}

/** A zip as an attacker writes it. */
function zip(parts: Part[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, size = bytes.length, flags = 0 } of parts) {
    const packed = deflateRawSync(bytes);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(size, 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(size, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), packed);
    central.push(entry, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

const base: Part[] = [
  { name: '[Content_Types].xml', bytes: Buffer.from('<Types/>') },
  { name: 'xl/workbook.xml', bytes: Buffer.from('<workbook/>') },
];

describe('the scan before reading', () => {
  test.each<[string, Part, string]>([
    ['a bomb', { name: 'xl/worksheets/sheet1.xml', bytes: Buffer.alloc(200 * 1024 * 1024, 'a') }, 'too_large'],
    [
      'a lie about the size',
      { name: 'xl/worksheets/sheet1.xml', bytes: Buffer.alloc(10_000, 'ab'), size: 10 },
      'damaged',
    ],
    ['macros', { name: 'xl/vbaProject.bin', bytes: Buffer.from('x') }, 'macros'],
    [
      'links to other files',
      { name: 'xl/externalLinks/externalLink1.xml', bytes: Buffer.from('<x/>') },
      'external_links',
    ],
    ['a document type', { name: 'xl/sharedStrings.xml', bytes: Buffer.from('<?xml?><!DOCTYPE x>') }, 'doctype'],
    ['one in UTF-16', { name: 'xl/sharedStrings.xml', bytes: Buffer.from('<!DOCTYPE x>', 'utf16le') }, 'doctype'],
    ['encryption', { name: 'xl/secret.xml', bytes: Buffer.from('x'), flags: 1 }, 'encrypted'],
    ['a part twice', { name: 'XL/WORKBOOK.XML', bytes: Buffer.from('<x/>') }, 'damaged'],
    ['a name that climbs out', { name: '../../x.xml', bytes: Buffer.from('<x/>') }, 'damaged'],
  ])('refuses %s', async (_, part, code) => {
    await expect(scanWorkbook(put(zip([...base, part])))).rejects.toMatchObject({ code });
  });

  test('refuses parts without number, a zip that is no workbook, and any cut of a good one', async () => {
    const many = Array.from({ length: 2_500 }, (_, i) => ({ name: `xl/a${i}.xml`, bytes: Buffer.from('x') }));
    await expect(scanWorkbook(put(zip([...base, ...many])))).rejects.toMatchObject({ code: 'too_many_parts' });
    await expect(scanWorkbook(put(zip([{ name: 'a.txt', bytes: Buffer.from('x') }])))).rejects.toMatchObject({
      code: 'not_a_spreadsheet',
    });
    const good = zip(base);
    await scanWorkbook(put(good));
    for (let length = 0; length < good.length; length += 7) {
      await expect(scanWorkbook(put(good.subarray(0, length)))).rejects.toMatchObject({ name: 'SpreadsheetError' });
    }
  });
});

/** Real broken workbooks; they lie beside the project where it is developed, and are no part of it. */
const HOSTILE = join(__dirname, '../../../../shared/samples/xlsx-hostile');
const hostile = existsSync(HOSTILE) ? readdirSync(HOSTILE).filter((name) => name.endsWith('.xlsx')) : [];

describe('rows of work', () => {
  test('are read from a workbook, wherever its heading is and whatever its cells are', async () => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet('Notes').addRow(['nothing here']);
    const sheet = book.addWorksheet('Tâches');
    sheet.addRow(['Relevé de mars']);
    sheet.addRow([]);
    sheet.addRow(['N°', 'Catégorie', 'Durée (min)', 'Description']);
    sheet.addRow([1, 'Factures', 45, { richText: [{ text: 'Res' }, { text: 'saisie' }] }]);
    sheet.addRow([2, null, { formula: '10*3', result: 30 }, 'Attente']);
    sheet.addRow([3, 'Courrier', '12,5', null]);
    sheet.addRow([4, 'Courrier', 'beaucoup', '=1+1']);
    const path = put(new Uint8Array(await book.xlsx.writeBuffer()));
    expect(await reader.read(path)).toEqual({
      sheet: 'Tâches',
      rows: [
        { category: 'Factures', estimated_minutes: 45, text: 'Ressaisie', source_row: 4 },
        { category: null, estimated_minutes: 30, text: 'Attente', source_row: 5 },
        { category: 'Courrier', estimated_minutes: 12.5, text: null, source_row: 6 },
        { category: 'Courrier', estimated_minutes: 'beaucoup', text: '=1+1', source_row: 7 },
      ],
    });
  });

  test.each([
    ['commas', 'category,estimated_minutes,text\nMail,5,"a, ""b""\nc"\n\nMail,,x\n'],
    ['semicolons and a mark', '\uFEFFcategory;minutes;text\r\nMail;5;"a, ""b""\nc"\r\n;;\r\nMail;;x'],
    ['tabs', 'Category\tTime (minutes)\tTask\nMail\t5\t"a, ""b""\nc"\nMail\t\tx\n'],
  ])('are read from csv with %s', async (_, text) => {
    const { rows } = await reader.read(put(text));
    expect(rows.map(({ category, estimated_minutes, text: t }) => [category, estimated_minutes, t])).toEqual([
      ['Mail', 5, 'a, "b"\nc'],
      ['Mail', null, 'x'],
    ]);
  });

  test('are read in the encodings that Excel writes', async () => {
    const text = 'Catégorie;Minutes;Libellé\nÉté;5;ça\n';
    for (const bytes of [Buffer.from(text), Buffer.from(text, 'latin1'), Buffer.from(`\uFEFF${text}`, 'utf16le')]) {
      expect((await reader.read(put(bytes))).rows).toMatchObject([
        { category: 'Été', estimated_minutes: 5, text: 'ça' },
      ]);
    }
  });

  test('are refused with a reason and a remedy', async () => {
    const refused = async (bytes: string | Uint8Array) => reader.read(put(bytes)).catch((error: unknown) => error);
    expect(await refused('')).toMatchObject({ code: 'not_a_spreadsheet' });
    expect(await refused(Buffer.from([1, 0, 2]))).toMatchObject({ code: 'not_a_spreadsheet' });
    expect(await refused('a,b\n1,2\n')).toMatchObject({
      code: 'no_columns',
      message: expect.stringContaining('"estimated minutes"'),
    });
    expect(await refused('minutes,text\n1,"open\n')).toMatchObject({ code: 'unreadable' });
    for (const rows of [50_001, 100_000])
      expect(await refused(`minutes,text\n${'1,x\n'.repeat(rows)}`)).toMatchObject({
        code: 'too_many_rows',
        message: 'A sheet has more than 50000 rows. Send at most as many in one file.',
      });
  });

  test('a file that takes too long is not told to become what it is', async () => {
    const slow = createRowReader({ ...rowReaderLimits, time: 1 });
    await expect(slow.read(put('minutes,text\n1,x\n'))).rejects.toThrow(/if that is what you have sent, .* fewer rows/);
    slow.close();
  });

  test('50,000 of them are read', async () => {
    for (const title of ['', 'Work of a week,,\n\nby the back office,,\n']) {
      const work = 'Mail,5,Answer the question of a customer about the state of an order\n'.repeat(50_000);
      expect((await reader.read(put(`${title}category,minutes,text\n${work}`))).rows).toHaveLength(50_000);
    }
  });

  test('a child that takes too long or too much is stopped', async () => {
    const slow = createRowReader({ ...rowReaderLimits, time: 1 });
    await expect(slow.read(put('minutes,text\n1,x\n'))).rejects.toMatchObject({ code: 'too_slow' });
    const small = createRowReader({ ...rowReaderLimits, answer: 1_000 });
    await expect(small.read(put(`minutes,text\n${'1,x\n'.repeat(1_000)}`))).rejects.toMatchObject({
      code: 'too_large',
    });
  });

  for (const name of hostile)
    test(`${name} does no harm`, async () => {
      const path = put(readFileSync(join(HOSTILE, name)));
      await expect(createRowReader({ ...rowReaderLimits, time: 8_000 }).read(path)).rejects.toMatchObject({
        name: 'SpreadsheetError',
      });
    });
});

test.each([
  ['Estimated minutes', 'estimated_minutes'],
  ['estimated_minutes', 'estimated_minutes'],
  ['DURÉE (min)', 'estimated_minutes'],
  ['Durée (h)', undefined],
  ['Catégorie ', 'category'],
  ['Libellé', 'text'],
  ['', undefined],
  [5, undefined],
])('the heading %p means %p', (heading, field) => {
  expect(fieldOf(heading)).toBe(field);
});
