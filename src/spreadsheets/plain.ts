import type { PlainSheet } from '../audit/columns';
import type { CellValue, Workbook } from './workbook';

/** Minutes below which a moment is a span of time, and from which it is a date. */
const YEAR = 366 * 1_440;

/** Visible sheets as rows of plain cells, without empty rows. */
export function plainSheets({ sheets }: Workbook, columns: number): PlainSheet[] {
  return sheets
    .filter(({ state }) => state === 'visible')
    .map(({ name, rows }) => ({
      name,
      rows: rows.flatMap(({ number, cells }): PlainSheet['rows'] => {
        const plain: (string | number | null)[] = [];
        for (const { column, value } of cells) {
          if (column > columns) break;
          while (plain.length < column - 1) plain.push(null);
          plain.push(plainValue(value));
        }
        return plain.every((cell) => cell === null) ? [] : [[number, plain]];
      }),
    }));
}

/** Value of a cell as text, number or null; a span of time in minutes. */
function plainValue(value: CellValue): string | number | null {
  switch (value.is) {
    case 'none':
      return null;
    case 'text':
      return value.text === '' ? null : value.text;
    case 'number':
      return value.number;
    case 'boolean':
      return String(value.boolean);
    case 'error':
      return value.error;
    case 'time':
      return Math.round(value.minutes * 1_000) / 1_000;
    case 'date':
      if (value.serial * 1_440 < YEAR) return Math.round(value.serial * 1_440 * 1_000) / 1_000;
      return `${value.iso.padEnd(19, 'T00:00:00').slice(0, 19)}.000Z`;
  }
}
