import { warmth } from '../../../src/reading/child/limits';
import { createChildren } from '../../../src/reading/child/runner';
import { workbookLimits } from '../../../src/spreadsheets/read';
import type { CellValue, Workbook } from '../../../src/spreadsheets/workbook';
import { lettersOf } from '../../../src/spreadsheets/xlsx/reference';
import { describeSamples, samples } from './samples';

/** Facts of each file, found by hand: some of its cells, or the code of its refusal. */
type Outcome =
  | { refused: string; where?: string }
  | {
      /** names, with `-` in front of a hidden one, and numbers of filled rows */
      sheets: Record<string, number>;
      /** cells as `Sheet1!B4` */
      cells?: Record<string, Partial<CellValue> & { formula?: string }>;
      reader?: Workbook['reader'];
      more?: (book: Workbook) => void;
    };

const text = (letters: string) => ({ is: 'text', text: letters }) as const;
const digits = (number: string) => ({ is: 'number', digits: number }) as const;
const date = (iso: string) => ({ is: 'date', iso }) as const;

const outcomes: Record<string, Outcome> = {
  // odd but legal
  'calamine-date.xlsb': {
    reader: 'sheetjs',
    sheets: { Sheet1: 3 },
    cells: { 'Sheet1!A1': date('2021-01-01'), 'Sheet1!A2': date('2021-01-02') },
  },
  'calamine-date_1904.xlsx': {
    sheets: { Sheet1: 3 },
    cells: {
      'Sheet1!A1': date('2021-01-01'),
      'Sheet1!B1': digits('15'),
      // 10.63 days in [hh]:mm:ss is 255:10:10
      'Sheet1!A3': { is: 'time', minutes: 255 * 60 + 10 + 10 / 60 },
    },
  },
  'calamine-date_quoted_format.xlsx': {
    sheets: { Sheet1: 4 },
    cells: {
      'Sheet1!A1': date('2021-01-01'),
      'Sheet1!A2': date('2021-01-01'),
      'Sheet1!A3': date('2021-01-01'),
      'Sheet1!A4': date('2021-01-01'),
    },
  },
  'calamine-empty_shared_string.xlsx': { sheets: { Sheet1: 1 }, cells: { 'Sheet1!A1': text('abc') } },
  'calamine-encoded_entities.xlsx': {
    sheets: { Sheet1: 2 },
    cells: { 'Sheet1!A1': text('&'), 'Sheet1!A2': text('\n') },
  },
  'calamine-has_x000D_.xlsx': { sheets: { Sheet1: 1 }, cells: { 'Sheet1!A1': text('ABC\r\nDEF') } },
  'calamine-inlineStr_cdata.xlsx': {
    sheets: { Sheet1: 2 },
    cells: {
      'Sheet1!A1': text('Hello CDATA'),
      'Sheet1!B1': text('World'),
      'Sheet1!A2': text('12345'),
      'Sheet1!B2': text('NormalText'),
    },
  },
  'calamine-inventory-table.xlsx': {
    sheets: { Sheet1: 5 },
    cells: { 'Sheet1!C1': text('Quantity'), 'Sheet1!B5': text('Pear'), 'Sheet1!C5': digits('100') },
  },
  'calamine-minimal_package.xlsx': {
    // rows and cells without names, in a package without folders
    sheets: { Sheet1: 196 },
    cells: {
      'Sheet1!A1': text('ARREST BOOKINGS for 01/30/17'),
      'Sheet1!A196': text('4895730'),
      'Sheet1!R196': date('1978-12-27'),
    },
    more: ({ sheets }) => {
      expect(sheets[0]?.merges).toEqual([
        { top: 1, left: 1, bottom: 1, right: 36 },
        { top: 2, left: 1, bottom: 2, right: 36 },
      ]);
    },
  },
  'calamine-non_monotonic_si.xlsx': {
    sheets: { Sheet1: 6 },
    cells: {
      'Sheet1!A3': { ...digits('3'), formula: 'A2+1' },
      'Sheet1!B3': { ...digits('6'), formula: 'B2+2' },
      'Sheet1!A6': { ...digits('6'), formula: 'A5+1' },
      'Sheet1!C6': { ...digits('18'), formula: 'C5+3' },
    },
  },
  'calamine-nonstandard-xml-ns-prefix.xlsx': {
    sheets: { Sheet1: 3 },
    cells: { 'Sheet1!A1': text('a'), 'Sheet1!B3': digits('4') },
  },
  'calamine-pictures_in_cell_and_over_cell.xlsx': {
    sheets: { Sheet1: 2 },
    cells: { 'Sheet1!A1': { is: 'error', error: '#VALUE!' }, 'Sheet1!A3': { is: 'error', error: '#VALUE!' } },
  },
  'calamine-rph.xlsx': { sheets: { Sheet1: 1 }, cells: { 'Sheet1!A1': text('課きく　毛こ') } },
  'calamine-vba.xlsm': { refused: 'macros', where: 'xl/vbaproject.bin' },
  'exceljs-1904.xlsx': { sheets: { Sheet1: 1, Sheet2: 0, Sheet3: 0 }, cells: { 'Sheet1!B4': date('1904-01-01') } },
  'exceljs-chart-sheet.xlsx': {
    // a chart sheet comes first, which is not listed
    sheets: { Sheet1: 7 },
    cells: { 'Sheet1!B1': text('Bears'), 'Sheet1!B7': digits('184') },
  },
  'exceljs-duplicateRowTest.xlsx': { sheets: { duplicateTest: 0 } },
  'exceljs-gold.xlsx': {
    sheets: { Values: 6 },
    cells: {
      'Values!B2': digits('3.14'),
      'Values!B4': date('2016-05-17'),
      'Values!B5': { ...text('I am Text'), formula: 'B1' },
      'Values!B6': text('exceljs'),
    },
  },
  'exceljs-images.xlsx': { sheets: { Sheet1: 0 } },
  'exceljs-libre-calc-as-office-open-xml-spreadsheet.xlsx': {
    sheets: { Sheet1: 3 },
    cells: { 'Sheet1!A1': text('BEGIN'), 'Sheet1!A3': text('VISIBLE') },
    more: ({ sheets }) => {
      expect(sheets[0]?.hiddenColumns).toEqual([2]);
      expect(sheets[0]?.rows.map(({ hidden }) => hidden)).toEqual([false, true, false]);
    },
  },
  'exceljs-shared_string_with_escape.xlsx': { sheets: { Sheet1: 1 }, cells: { 'Sheet1!A1': text('_x000D_') } },
  'exceljs-test-issue-163.xlsx': {
    sheets: { Sheet1: 3 },
    cells: { 'Sheet1!A1': digits('1'), 'Sheet1!A3': digits('3') },
  },
  'exceljs-test-issue-1842.xlsx': { sheets: { Sheet1: 0 } },
  'exceljs-test-issue-623.xlsx': {
    sheets: { Sheet1: 0 },
    more: ({ sheets }) => expect(sheets[0]?.merges).toEqual([{ top: 2, left: 2, bottom: 3, right: 3 }]),
  },
  'exceljs-test-issue-988.xlsx': {
    sheets: { Sheet1: 5 },
    cells: { 'Sheet1!A2': digits('1'), 'Sheet1!B6': text('u') },
  },
  'poi-50096.xlsx': {
    sheets: { Tabelle1: 2, Tabelle2: 0, Tabelle3: 0 },
    cells: { 'Tabelle1!KN1': digits('300'), 'Tabelle1!KN2': { ...digits('300'), formula: 'KN1' } },
  },
  'poi-DateFormatTests.xlsx': {
    sheets: { Flags: 4, Tests: 46 },
    cells: {
      'Tests!A2': { ...text('11-10-52'), formula: 'TEXT(C2, B2)' },
      'Tests!A15': { ...text('14:35:27'), formula: 'TEXT(C15, B15)' },
      'Tests!C2': date('1952-10-11T14:35:27'),
    },
  },
  'poi-NewlineInFormulas.xlsx': {
    sheets: { Sheet1: 10, Sheet2: 0, Sheet3: 0 },
    cells: {
      'Sheet1!A1': { ...digits('3'), formula: 'SUM(\n1,2\n)' },
      'Sheet1!B10': { ...digits('89'), formula: 'B8\n+B9' },
    },
  },
  'poi-SampleSS.strict.xlsx': {
    sheets: { 'First Sheet': 3, 'Sheet Number 2': 5, Sheet3: 0 },
    cells: {
      'First Sheet!B2': text('2nd row 2nd column'),
      'Sheet Number 2!D7': { ...digits('13'), formula: 'SUM(A7:C7)' },
    },
  },
  'poi-TwoSheetsOneHidden.xlsx': {
    sheets: { '-Sheet1': 1, Sheet2: 1 },
    cells: { 'Sheet1!A1': text('Sheet1A1'), 'Sheet2!A1': text('Sheet2A1') },
  },
  'poi-sheetProtection_allLocked.xlsx': { sheets: { Foglio1: 0, Foglio2: 0, Foglio3: 0 } },
  'poi-workbookProtection_workbook_structure_protected.xlsx': {
    // only its structure is protected: nothing in it is encrypted
    sheets: { Sheet1: 1 },
    cells: { 'Sheet1!A1': text('locked cell'), 'Sheet1!B1': text('non locked cell') },
  },
  // broken, fuzzed, hostile
  'exceljs-invalid-xml.xlsx': { refused: 'unreadable', where: 'xl/worksheets/sheet1.xml' },
  'poi-54764-2.xlsx': { refused: 'doctype', where: 'xl/sharedStrings.xml' },
  'poi-57893-many-merges.xlsx': {
    sheets: { Sheet1: 0 },
    more: ({ sheets }) => expect(sheets[0]?.merges).toHaveLength(50_000),
  },
  'poi-clusterfuzz-testcase-minimized-POIFuzzer-5040805309710336.xlsx': { refused: 'not_a_spreadsheet' },
  'poi-clusterfuzz-testcase-minimized-POIXSSFFuzzer-5089447305609216.xlsx': { refused: 'damaged' },
  // three of its parts have wrong checksums
  'poi-clusterfuzz-testcase-minimized-POIXSSFFuzzer-5265527465181184.xlsx': {
    refused: 'damaged',
    where: '_rels/.rels',
  },
  'poi-clusterfuzz-testcase-minimized-POIXSSFFuzzer-6123461607817216.xlsx': { refused: 'damaged' },
  'poi-clusterfuzz-testcase-minimized-POIXSSFFuzzer-6448258963341312.xlsx': { refused: 'damaged' },
  'poi-clusterfuzz-testcase-minimized-XLSX2CSVFuzzer-5542865479270400.xlsx': { refused: 'damaged' },
  'poi-clusterfuzz-testcase-minimized-XLSX2CSVFuzzer-6504225896792064.xlsx': { refused: 'damaged' },
  'poi-crash-274d6342e4842d61be0fb48eaadad6208ae767ae.xlsx': { refused: 'damaged' },
  'poi-duplicate-filename-case-insensitive.xlsx': { refused: 'damaged', where: 'xl/worksheets/Sheet1.xml' },
  'poi-invalid-22-bytes.xlsx': { refused: 'not_a_spreadsheet' },
  'poi-poc-xmlbomb-empty.xlsx': { refused: 'doctype', where: 'xl/sharedStrings.xml' },
  'poi-protected_passtika.xlsx': { refused: 'encrypted' },
  'poi-xxe_in_schema.xlsx': {
    // the address in its schema does not concern a reader of cells
    sheets: { Sheet1: 2 },
    cells: { 'Sheet1!C9': text('/Test/Test'), 'Sheet1!E9': text('Column2'), 'Sheet1!C10': text('1') },
  },
};

describeSamples('workbooks of other projects, in a child with 5 seconds and 300 MB', () => {
  const children = createChildren({
    time: 5_000,
    heapMb: 200,
    memoryMb: 300,
    answer: 32 * 1024 * 1024,
    parallel: 1,
    ...warmth,
  });

  test('are all in the table', () => {
    expect(samples.map(({ name }) => name).sort()).toEqual(Object.keys(outcomes).sort());
  });

  for (const { name, path } of samples) {
    const expected = outcomes[name];
    if (!expected) continue;
    test(`${name} is ${'refused' in expected ? `refused: ${expected.refused}` : 'read'}`, async () => {
      const found = children.measure('workbook', { path, limits: workbookLimits });
      if ('refused' in expected) {
        const { refused, where } = expected;
        await expect(found).rejects.toMatchObject({
          code: refused,
          text: { en: expect.stringMatching(/\w/), fr: expect.stringMatching(/\w/) },
          ...(where === undefined ? {} : { where }),
        });
        return;
      }
      const { output: book, peakMb } = await found;
      expect(peakMb).toBeLessThanOrEqual(300);
      expect(book.reader).toBe(expected.reader ?? 'stream');
      expect(
        book.sheets.map(({ name: sheet, state, rows }) => [state === 'visible' ? sheet : `-${sheet}`, rows.length]),
      ).toEqual(Object.entries(expected.sheets));
      for (const [at, value] of Object.entries(expected.cells ?? {}))
        expect({ at, ...cellAt(book, at) }).toMatchObject({ at, ...value });
      expected.more?.(book);
    });
  }
});

function cellAt({ sheets }: Workbook, at: string): object {
  for (const { name, rows } of sheets) {
    for (const { number, cells } of rows) {
      for (const { column, value, formula } of cells) {
        if (`${name}!${lettersOf(column)}${number}` === at)
          return { ...value, ...(formula === undefined ? {} : { formula }) };
      }
    }
  }
  return {};
}
