import type { Json } from '../../../../schemas/json';
import { arrayText } from './arrays';
import type { Rows } from './load';
import type { TableColumn } from './table';

export type Item = { [name: string]: Json };

/** Names of all fields, in the order in which they come. */
const fieldsOf = (items: readonly Item[]): string[] => [...new Set(items.flatMap(Object.keys))];

/** Items as rows, with all their fields or with those alone that are named. */
export function rowsOfItems(items: readonly Item[], columns = fieldsOf(items)): Rows {
  return {
    columns,
    format: () => 'FORMAT text',
    lines: (typed) => copyLines(items, typed),
    place: (line) => `row ${line}`,
  };
}

/** Lines for `COPY`, one for each item; a field that an item does not have is null. */
function* copyLines(items: readonly Item[], columns: readonly TableColumn[]): Generator<string> {
  for (const item of items)
    yield `${columns.map((column) => copyText(Object.hasOwn(item, column.name) ? item[column.name] : null, column)).join('\t')}\n`;
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function copyText(value: Json | undefined, column: TableColumn): string {
  if (value === null || value === undefined) return '\\N';
  return textOf(value, column).replaceAll(/[\\\t\n\r]/g, (sign) => ESCAPES[sign] ?? sign);
}

function textOf(value: Json, { form }: TableColumn): string {
  if (form === 'json') return JSON.stringify(value);
  if (form === 'array' && Array.isArray(value)) return arrayText(value);
  if (form === 'bytes' && typeof value === 'string') return `\\x${Buffer.from(value, 'base64').toString('hex')}`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Types of columns by what the items hold; text where they differ. */
export function inferTypes(items: readonly Item[], names: readonly string[]): { name: string; type: string }[] {
  return names.map((name) => {
    const found = new Set(
      items
        .map((item) => item[name] ?? null)
        .filter((value) => value !== null)
        .map(typeOf),
    );
    if (found.size === 2 && found.has('bigint') && found.has('numeric')) return { name, type: 'numeric' };
    const [only] = found;
    return { name, type: found.size === 1 && only !== undefined ? only : 'text' };
  });
}

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

function typeOf(value: Exclude<Json, null>): string {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'bigint' : 'numeric';
  if (typeof value === 'object') return 'jsonb';
  const isDate = (text: string): boolean => !Number.isNaN(Date.parse(text));
  if (DATE.test(value) && isDate(value)) return 'date';
  return TIME.test(value) && isDate(value) ? 'timestamp with time zone' : 'text';
}
