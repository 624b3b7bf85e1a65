import type { PlainSheet } from '../audit/columns';
import type { CellValue, Workbook } from './workbook';

/** Minutes up to which a moment is a span of time, and beyond which a date. */
const YEAR = 366 * 1_440;

/** The sheets that one sees, as rows of plain cells; rows and columns without any value are left out at the ends. */
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

/** A cell's value as text, number or nothing; a time span as its minutes. */
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
