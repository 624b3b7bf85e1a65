import type { Json } from '../../../../schemas/json';
import { quoteField } from '../../../../src/spreadsheets/csv-write';
import { textOf } from '../../../../src/transform/columns';

/** A line of RFC 4180. An empty field is null, and an empty text is quoted, as PostgreSQL reads them. */
export const csvLine = (values: readonly Json[]): string => `${values.map(field).join(',')}\r\n`;

function field(value: Json): string {
  const text = textOf(value);
  return value !== null && text === '' ? '""' : quoteField(text, ',');
}
