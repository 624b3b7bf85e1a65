import { Budget, readLimits } from '../../../src/spreadsheets/budget';
import { readWithExceljs } from '../../../src/spreadsheets/exceljs';
import { readWorkbook } from '../../../src/spreadsheets/read';
import type { CellValue, Workbook } from '../../../src/spreadsheets/workbook';
import { lettersOf } from '../../../src/spreadsheets/xlsx/reference';
import { files, formats, xlsx } from './make';
import { describeSamples, samples } from './samples';

const put = files();

/** Cells in which the readers differ, ours first, with the reason why ours is right. */
const explained: Record<string, { why: string; cells: string[] }> = {
  'calamine-date_1904.xlsx': {
    why: 'exceljs only knows date1904="1", and this file says "true"; as a second reader it is told so',
    cells: ['Sheet1!A1: date 2021-01-01 / date 2016-12-31', 'Sheet1!A2: date 2021-01-02 / date 2017-01-01'],
  },
  'calamine-inlineStr_cdata.xlsx': {
    why: 'exceljs leaves out texts in CDATA; as a second reader it gets no file that has any',
    cells: [
      'Sheet1!A1: text "Hello CDATA" / nothing',
      'Sheet1!B1: text "World" / nothing',
      'Sheet1!A2: text "12345" / nothing',
    ],
  },
};

describeSamples('exceljs as a witness', () => {
  for (const { name, path } of samples) {
    test(`says of ${name} what our reader says`, async () => {
      const ours = await readWorkbook(path).catch(() => undefined);
      const theirs = await readWithExceljs(path, new Budget(readLimits)).catch(() => undefined);
      if (!ours || !theirs) return;
      const [a, b] = [cellsOf(ours), cellsOf(theirs)];
      const differences = [...new Set([...a.keys(), ...b.keys()])]
        .filter((at) => a.get(at) !== b.get(at))
        .map((at) => `${at}: ${a.get(at) ?? 'nothing'} / ${b.get(at) ?? 'nothing'}`);
      expect(differences).toEqual(explained[name]?.cells ?? []);
      expect(hiddenOf(ours)).toEqual(hiddenOf(theirs));
    });
  }
});

test('exceljs as a second reader knows the calendar of the file and gets no CDATA', async () => {
  const broken = '<mx:PLV Mode="0"/>';
  const styles = formats('General', 'yyyy-mm-dd');
  const old = { styles, workbookPr: '<workbookPr date1904="true"/>' };
  const book = await readWorkbook(
    put(xlsx({ ...old, sheets: [`<row r="1"><c r="A1" s="1"><v>43893</v></c></row>${broken}`] })),
  );
  expect(book.reader).toBe('exceljs');
  expect(book.sheets[0]?.rows[0]?.cells[0]?.value).toEqual({ is: 'date', iso: '2024-03-04', serial: 43893 });
  const cdata = '<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[x]]></t></is></c></row>';
  await expect(readWorkbook(put(xlsx({ sheets: [cdata + broken] })))).rejects.toMatchObject({ code: 'unreadable' });
});

/** Values as text, by place. Times are cut to the second, because exceljs rounds to milliseconds. */
function cellsOf({ sheets }: Workbook): Map<string, string> {
  const cells = new Map<string, string>();
  for (const sheet of sheets) {
    for (const { number, cells: row } of sheet.rows) {
      for (const { column, value } of row) {
        cells.set(`${sheet.name}!${lettersOf(column)}${number}`, textOf(value));
      }
    }
  }
  return cells;
}

function textOf(value: CellValue): string {
  if (value.is === 'date') return `date ${value.iso}`;
  if (value.is === 'time') return `time ${Math.round(value.minutes * 60)}`;
  if (value.is === 'number') return `number ${value.number}`;
  return value.is === 'text' ? `text ${JSON.stringify(value.text)}` : JSON.stringify(value);
}

const hiddenOf = ({ sheets }: Workbook) =>
  sheets.map(({ name, state, hiddenColumns, rows }) => [
    ...[name, state, hiddenColumns],
    rows.filter(({ hidden }) => hidden).map(({ number }) => number),
  ]);
