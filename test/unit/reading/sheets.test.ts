import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shownSheets, type ShownCell, type ShownSheet } from '../../../src/order/shown-sheets';
import { inFolder } from '../../../src/reading/folder';
import { cellsIn, keepTiles, TILE } from '../../../src/reading/tiles';
import type { Sheet } from '../../../src/spreadsheets/workbook';

const text = (row: number, column: number): ShownCell => ({ row, column, text: `${row}/${column}`, kind: 'text' });
const sheetOf = (cells: ShownCell[]): ShownSheet => ({
  ...{ name: 'S', hidden: false, rows: 0, columns: 0, merges: [], hiddenRows: [], hiddenColumns: [] },
  cells,
});

describe('a window of a sheet', () => {
  it('holds the cells of every tile that it reaches into, and no others, row by row', async () => {
    const [lastRow, lastColumn] = [TILE.rows, TILE.columns];
    const all = [1, lastRow, lastRow + 1, 3 * lastRow].flatMap((row) =>
      [1, lastColumn, lastColumn + 1].map((column) => text(row, column)),
    );
    await inFolder(async (folder) => {
      const path = join(folder, 'cells');
      const [, sheet] = await keepTiles(path, [sheetOf([text(1, 1)]), sheetOf(all)]);
      const bytes = await readFile(path);
      const window = { from_row: lastRow, rows: 2, from_column: lastColumn, columns: 2 };
      expect((await cellsIn(sheet!, bytes, window)).map((cell) => cell.text)).toEqual([
        '200/60',
        '200/61',
        '201/60',
        '201/61',
      ]);
      expect(await cellsIn(sheet!, bytes, { ...window, from_row: 10_000 })).toEqual([]);
    });
  });

  it('is refused of a file with cells scattered to no purpose', async () => {
    const cells = Array.from({ length: 50_001 }, (_, i) =>
      text(1 + (i % 5_000) * TILE.rows, 1 + Math.floor(i / 5_000) * TILE.columns),
    );
    await inFolder(async (folder) => {
      await expect(keepTiles(join(folder, 'cells'), [sheetOf(cells)])).rejects.toMatchObject({ code: 'too_large' });
    });
  });
});

it('a sheet shows days, notes on empty cells and computed values, and cuts what is long', () => {
  const sheet: Sheet = {
    ...{ name: 'S', state: 'hidden', hiddenColumns: [2], merges: [] },
    notes: [{ row: 3, column: 2, text: 'ask' }],
    rows: [
      {
        ...{ number: 1, hidden: true },
        cells: [
          { column: 1, value: { is: 'number', number: 2, digits: '2' } },
          { column: 2, value: { is: 'date', iso: '2027-01-15', serial: 46037 } },
          { column: 3, value: { is: 'none' }, formula: 'A1*3' },
          { column: 4, value: { is: 'text', text: 'x'.repeat(501) }, bold: true },
        ],
      },
    ],
  };
  const [shown] = shownSheets({ sheets: [sheet], reader: 'stream' });
  expect(shown).toMatchObject({ hidden: true, rows: 3, columns: 4, hiddenRows: [1], hiddenColumns: [2] });
  expect(shown?.cells).toEqual([
    { row: 1, column: 1, text: '2', kind: 'number' },
    { row: 1, column: 2, text: '2027-01-15', kind: 'date' },
    { row: 1, column: 3, text: '6', kind: 'number', computed: true },
    { row: 1, column: 4, text: 'x'.repeat(500), kind: 'text', bold: true, cut: true },
    { row: 3, column: 2, text: '', kind: 'text', note: 'ask' },
  ]);
});
