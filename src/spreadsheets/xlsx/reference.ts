import type { Range } from '../workbook';

export const LAST_ROW = 1_048_576;
export const LAST_COLUMN = 16_384;

/** `B12` as column 2, row 12; `undefined` if it is not a cell. Reads letter by letter, because a sheet has many. */
export function parseCell(reference: string): { column: number; row: number } | undefined {
  let at = 0;
  let column = 0;
  let row = 0;
  if (reference.charCodeAt(at) === DOLLAR) at += 1;
  for (; at < reference.length; at++) {
    const letter = reference.charCodeAt(at) & ~0x20; // upper case
    if (letter < 65 || letter > 90 || column > LAST_COLUMN) break;
    column = column * 26 + letter - 64;
  }
  if (reference.charCodeAt(at) === DOLLAR) at += 1;
  for (; at < reference.length; at++) {
    const digit = reference.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9 || row > LAST_ROW) return undefined;
    row = row * 10 + digit;
  }
  return column >= 1 && column <= LAST_COLUMN && row >= 1 && row <= LAST_ROW ? { column, row } : undefined;
}

const DOLLAR = 36;

export function parseRange(reference: string): Range | undefined {
  const [from, to = from] = reference.split(':');
  const start = parseCell(from ?? '');
  const end = parseCell(to ?? '');
  if (!start || !end) return undefined;
  return {
    top: Math.min(start.row, end.row),
    left: Math.min(start.column, end.column),
    bottom: Math.max(start.row, end.row),
    right: Math.max(start.column, end.column),
  };
}

export function columnOf(letters: string): number {
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}

/** 28 as `AB`. */
export function lettersOf(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}
