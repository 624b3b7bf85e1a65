import { textOf } from './grid';
import { isConditional } from './lexicon/conditions';
import { rowsBetween } from './profile';
import { plainWords } from './text';
import type { Table } from './types';

/** What another row is called, in whose place this one stands: `i.p.v. regel 3`. */
export const OF_LINE =
  /(?<!\p{L})(?:lines?|rows?|items?|lignes?|zeile|position|pos|riga|linea|regel|linha|pozycj\p{L}*|poz|rad|linje|radek)\.? (?:n |no |nr )?(\d+)/u;

/** The other row of a table that a remark names, by its number or its reference: `ersatt av rad 9`, `replaces PL-008`. */
export function rowNamedIn(table: Table, text: string, own: number): number | undefined {
  const { roles, grid, first, last, headerRows } = table;
  const number = OF_LINE.exec(plainWords(text))?.[1];
  const words = new Set(text.split(/[\s,;:()]+/));
  return rowsBetween(grid, first, last).find(({ number: row, cells }) => {
    if (row === own || headerRows.has(row)) return false;
    if (number !== undefined && textOf(cells[roles.get('line_number') ?? 0]) === number) return true;
    const reference = textOf(cells[roles.get('reference') ?? 0]);
    return reference !== '' && words.has(reference);
  })?.number;
}

/** Words by which a row says that it stands for another. */
const STANDS_FOR =
  /(?<!\p{L})(?:replaces|remplace|ersetzt|sostituisce|sustituye|reemplaza|vervangt|substitui|zastepuje|ersatter|erstatter)(?!\p{L})/gu;
/** Words before what is put in the place of something. */
const BY = /(?<!\p{L})(?:by|with|par|durch|mit|da|con|por|door|przez|av|af|med)(?!\p{L})/u;

/** Whether a remark on an ordered line only says that it stands for something that its table does not order. */
export function replacesNothingHere(
  table: Table,
  text: string,
  row: number,
  isLeftOut: (row: number) => boolean,
): boolean {
  const plain = plainWords(text);
  const rest = plain.replace(STANDS_FOR, ' ');
  if (rest === plain || BY.test(plain) || isConditional(rest)) return false;
  const other = rowNamedIn(table, text, row);
  return other === undefined || isLeftOut(other);
}
