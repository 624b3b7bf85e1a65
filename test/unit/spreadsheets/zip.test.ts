import { readWorkbook } from '../../../src/spreadsheets/read';
import { scanWorkbook, zipLimits } from '../../../src/spreadsheets/zip-scan';
import { files, xlsx, zip, type Part } from './make';

const put = files();
const refusalOf = (bytes: Uint8Array | string) =>
  readWorkbook(put(bytes)).then(
    () => 'read',
    (error: { code?: string }) => error.code,
  );
const row = '<row r="1"><c r="A1"><v>7</v></c></row>';
const first = async (bytes: Uint8Array) => (await readWorkbook(put(bytes))).sheets[0]?.rows[0]?.cells[0]?.value;
const SEVEN = { is: 'number', number: 7, digits: '7' };

describe('the package of a workbook', () => {
  test('is read in the form for large files, with bytes before it, and with names in any case and slash', async () => {
    expect(await first(xlsx({ sheets: [row], zip64: true }))).toEqual(SEVEN);
    expect(await first(Buffer.concat([Buffer.from('PK\x03\x04 before'), xlsx({ sheets: [row] })]))).toEqual(SEVEN);
    const odd = (parts: Part[]) =>
      parts.map((part) => ({
        ...part,
        name: part.name.replace('xl/worksheets/sheet1.xml', '/XL\\Worksheets\\SHEET1.xml'),
      }));
    expect(await first(xlsx({ sheets: [row], parts: odd }))).toEqual(SEVEN);
  });

  test('is read with parts that are stored, not packed, and without checksums', async () => {
    const stored = (parts: Part[]) => parts.map((part) => ({ ...part, method: 0, crc: 0 }));
    expect(await first(xlsx({ sheets: [row], parts: stored }))).toEqual(SEVEN);
  });

  const change = (name: string, said: Partial<Part>) =>
    xlsx({ sheets: [row], parts: (parts) => parts.map((part) => (part.name === name ? { ...part, ...said } : part)) });
  const SHEET = 'xl/worksheets/sheet1.xml';
  const added = (name: string, bytes: string | Buffer = '<x/>') =>
    xlsx({ sheets: [row], parts: (parts) => [...parts, { name, bytes }] });

  test.each<[string, () => Buffer | string, string]>([
    ['a sheet larger than it says', () => change(SHEET, { size: 10 }), 'damaged'],
    ['a sheet smaller than it says', () => change(SHEET, { size: 1_000_000 }), 'damaged'],
    ['a sheet that is not what was packed', () => change(SHEET, { crc: 12345 }), 'damaged'],
    ['a sheet in the place of another part', () => change(SHEET, { offset: 0 }), 'damaged'],
    ['a sheet outside the file', () => change(SHEET, { offset: 0x7fffffff }), 'damaged'],
    ['a sheet that is locked', () => change(SHEET, { flags: 1 }), 'encrypted'],
    ['a sheet packed in another way', () => change(SHEET, { method: 12 }), 'damaged'],
    ['a bomb', () => added('xl/media/image1.png', Buffer.alloc(160 * 1024 * 1024)), 'too_large'],
    ['a sheet packed too tightly', () => change(SHEET, { bytes: Buffer.alloc(20 * 1024 * 1024, ' ') }), 'too_large'],
    ['macros', () => added('xl/vbaProject.bin'), 'macros'],
    ['macros of an older kind', () => added('xl/macrosheets/sheet1.xml'), 'macros'],
    ['links to other files', () => added('xl/externalLinks/externalLink1.xml'), 'external_links'],
    ['a document type in a part nobody reads', () => added('xl/x.xml', '<!DOCTYPE x><x/>'), 'doctype'],
    [
      'one over the border of two pieces',
      () => added('xl/x.xml', `<x>${'y'.repeat(65_530)}</x><!DOCTYPE x>`),
      'doctype',
    ],
    [
      'a Word document',
      () =>
        zip([
          { name: '[Content_Types].xml', bytes: '<x/>' },
          { name: 'word/document.xml', bytes: '<x/>' },
        ]),
      'not_a_spreadsheet',
    ],
    [
      'an OpenDocument text',
      () =>
        zip([
          { name: 'mimetype', bytes: 'x' },
          { name: 'content.xml', bytes: '<x/>' },
        ]),
      'not_a_spreadsheet',
    ],
    ['no parts at all', () => zip([]), 'not_a_spreadsheet'],
    [
      'an OpenDocument sheet with macros',
      () =>
        zip([
          { name: 'mimetype', bytes: 'application/vnd.oasis.opendocument.spreadsheet' },
          { name: 'content.xml', bytes: '<x/>' },
          { name: 'Basic/Standard/Module1.xml', bytes: '<x/>' },
        ]),
      'macros',
    ],
    [
      'a protected OpenDocument sheet',
      () =>
        zip([
          { name: 'mimetype', bytes: 'application/vnd.oasis.opendocument.spreadsheet' },
          { name: 'content.xml', bytes: 'x' },
          {
            name: 'META-INF/manifest.xml',
            bytes:
              '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:encryption-data/></m:manifest>',
          },
        ]),
      'encrypted',
    ],
    [
      'an old workbook with macros',
      () =>
        Buffer.concat([
          Buffer.from('d0cf11e0a1b11ae1', 'hex'),
          Buffer.alloc(600),
          Buffer.from('Workbook\0_VBA_PROJECT\0', 'utf16le'),
        ]),
      'macros',
    ],
    ['a workbook of Excel 4', () => Buffer.from('0904060000001000', 'hex'), 'old_format'],
    [
      'that of a protected workbook',
      () =>
        Buffer.concat([
          Buffer.from('d0cf11e0a1b11ae1', 'hex'),
          Buffer.alloc(600),
          Buffer.from('EncryptedPackage\0', 'utf16le'),
        ]),
      'encrypted',
    ],
    [
      'that of a message',
      () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
      'not_a_spreadsheet',
    ],
    ['a PDF', () => '%PDF-1.7\n1 0 obj', 'not_a_spreadsheet'],
    [
      'a web page called a workbook',
      () => '\uFEFF<html><table><tr><td>Ref</td></tr></table></html>',
      'not_a_spreadsheet',
    ],
    ['the XML of Excel 2003', () => '<?xml version="1.0"?><Workbook/>', 'not_a_spreadsheet'],
    ['nothing', () => '', 'not_a_spreadsheet'],
  ])('is refused for %s', async (_, make, code) => {
    expect(await refusalOf(make())).toBe(code);
  });

  test('is refused at any cut, and never read in part', async () => {
    const whole = xlsx({ sheets: [row] });
    for (let length = 0; length < whole.length; length += 13) {
      expect(await refusalOf(whole.subarray(0, length))).toMatch(/^(damaged|not_a_spreadsheet|encrypted)$/);
    }
  });

  test('is refused with any byte of its sheet changed, or read as it was', async () => {
    const whole = xlsx({ sheets: [row] });
    for (let at = 0; at < whole.length; at += 5) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      const value = await first(changed).catch((error: Error) =>
        error.name === 'SpreadsheetError' ? error.name : error.stack,
      );
      expect([SEVEN, 'SpreadsheetError']).toContainEqual(value);
    }
  });

  test('is refused with too many parts', async () => {
    const many = Array.from({ length: 50 }, (_, index) => ({ name: `xl/a${index}.xml`, bytes: '<x/>' }));
    const path = put(xlsx({ parts: (parts) => [...parts, ...many] }));
    await expect(scanWorkbook(path, { ...zipLimits, entries: 40 })).rejects.toMatchObject({ code: 'too_many_parts' });
  });
});
