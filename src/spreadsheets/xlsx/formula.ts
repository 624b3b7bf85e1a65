import { columnOf, LAST_COLUMN, LAST_ROW, lettersOf } from './reference';

/** Pieces of a formula. Texts and quoted names stay as they are; the rest may be cells, columns or rows. */
const PIECES =
  /"(?:[^"]|"")*"|'(?:[^']|'')*'|\[[^\]]*\]|[\p{L}_\\$][\p{L}\p{N}_.$]*!?(?:\s*\()?|\$?\d+:\$?\d+|\d[\d.]*(?:[eE][+-]?\d+)?/gu;
const CELL = /^(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})$/;
const COLUMN = /^(\$?)([A-Za-z]{1,3})$/;
const ROWS = /^(\$?)(\d+):(\$?)(\d+)$/;

/**
 * Moves a formula that cells share to a cell some rows and columns away. References without `$` move along; one that
 * leaves the sheet becomes `#REF!`.
 */
export function moveFormula(formula: string, rows: number, columns: number): string {
  if (rows === 0 && columns === 0) return formula;
  return formula.replace(PIECES, (piece, offset: number) => {
    const cell = CELL.exec(piece);
    if (cell) {
      const [, fixedColumn = '', letters = '', fixedRow = '', digits = ''] = cell;
      const column = moveColumn(fixedColumn, letters, columns);
      const row = moveRow(fixedRow, digits, rows);
      return column === undefined || row === undefined ? '#REF!' : column + row;
    }
    const span = ROWS.exec(piece);
    if (span) {
      const [, fixedFrom = '', from = '', fixedTo = '', to = ''] = span;
      return `${moveRow(fixedFrom, from, rows) ?? '#REF!'}:${moveRow(fixedTo, to, rows) ?? '#REF!'}`;
    }
    const [, fixed = '', letters] = COLUMN.exec(piece) ?? [];
    // letters alone are a column only in a span: `A:C`
    if (
      letters !== undefined &&
      (formula.charAt(offset - 1) === ':' || formula.charAt(offset + piece.length) === ':')
    ) {
      return moveColumn(fixed, letters, columns) ?? '#REF!';
    }
    return piece;
  });
}

function moveColumn(fixed: string, letters: string, by: number): string | undefined {
  if (fixed) return `$${letters}`;
  const column = columnOf(letters) + by;
  return column >= 1 && column <= LAST_COLUMN ? lettersOf(column) : undefined;
}

function moveRow(fixed: string, digits: string, by: number): string | undefined {
  if (fixed) return `$${digits}`;
  const row = Number(digits) + by;
  return row >= 1 && row <= LAST_ROW ? String(row) : undefined;
}
