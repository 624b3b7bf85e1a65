import type { Json } from '../../schemas/json';
import { TransformError } from './errors';
import { fieldOf, knownField, type Field, type Item } from './fields';

/** A column of a table, and the field that fills it. */
export interface Column {
  name: string;
  field: Field;
}

/** The columns that are asked for, or all fields in the order in which items first have them. */
export function columnsOf(items: readonly Item[], names?: readonly string[]): Column[] {
  if (names) return names.map((name) => ({ name, field: knownField(items, name) }));
  return [...new Set(items.flatMap((item) => Object.keys(item)))].map((name) => ({ name, field: fieldOf(name) }));
}

/** A value as the text of a cell; what is nested is JSON. */
export function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Letters of a column, as spreadsheet programs count: 1 is A, 27 is AA. */
function lettersOf(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

/**
 * Rows of a table as items. With a header, its first row names the fields; without one, and where the header is blank,
 * a column has the name of its letter: `A`, `B`. A name that comes again gets a number: `price_2`. Blank cells are
 * missing fields.
 */
export function itemsOf(rows: readonly (readonly (Json | undefined)[])[], header: boolean) {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  if (width > MOST_COLUMNS)
    throw new TransformError('too_large', `the table has ${width} columns; ${MOST_COLUMNS} are the most`);
  const columns = namesOf(header ? (rows[0] ?? []) : [], width);
  const items = rows.slice(header ? 1 : 0).map((row) => {
    const fields = row.flatMap((value, i) =>
      value === undefined || value === null || value === '' ? [] : [[columns[i] ?? '', value] as const],
    );
    return Object.fromEntries(fields);
  });
  return { items, columns, count: items.length };
}

const MOST_COLUMNS = 5_000;

function namesOf(head: readonly (Json | undefined)[], width: number): string[] {
  const taken = new Set<string>();
  return Array.from({ length: width }, (_, i) => {
    const name = textOf(head[i]).trim() || lettersOf(i + 1);
    let free = name;
    for (let again = 2; taken.has(free); again += 1) free = `${name}_${again}`;
    taken.add(free);
    return free;
  });
}
