import type { Order } from '../../schemas/order/order';
import type { CsvDialect } from '../../schemas/order/run';
import { exportColumns } from './columns';

/** Beginning of a cell that a spreadsheet program takes for a formula, after what nobody sees (spaces, U+200B, bidi marks). */
const FORMULA = /^[\s\p{C}\p{Default_Ignorable_Code_Point}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/**
 * Writes an approved order as CSV (RFC 4180 with the dialect's marks). Text that a spreadsheet program would run as a
 * formula is prefixed with an apostrophe; figures are not. The same order gives the same bytes.
 */
export function toCsv(order: Order, dialect: CsvDialect): Buffer {
  const { separator, newline, bom, decimal } = dialect;
  const head = exportColumns.map(({ name }) => quote(name, separator));
  const rows = order.lines.map((line) =>
    exportColumns.map((column) => {
      const value = column.value(order, line);
      if (value === undefined) return '';
      return column.kind === 'number' ? quote(value.replace('.', decimal), separator) : quote(defuse(value), separator);
    }),
  );
  const text = [head, ...rows].map((cells) => cells.join(separator) + newline).join('');
  return Buffer.from(`${bom ? '\ufeff' : ''}${text}`);
}

const defuse = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

function quote(text: string, separator: string): string {
  const special = text.includes(separator) || /["\r\n]/.test(text) || text !== text.trim();
  return special ? `"${text.replaceAll('"', '""')}"` : text;
}
