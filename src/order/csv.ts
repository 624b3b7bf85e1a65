import type { Order } from '../../schemas/order/order';
import type { CsvDialect } from '../../schemas/order/run';
import { exportColumns } from './columns';

/** What a spreadsheet program takes for a formula at the beginning of a cell. */
const FORMULA = /^[\s\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/**
 * An approved order as CSV (RFC 4180 with the dialect's marks). Text that a spreadsheet program would run as a formula
 * gets an apostrophe before it; figures do not. The same order gives the same bytes.
 */
export function toCsv(order: Order, dialect: CsvDialect): Buffer {
  const { separator, newline, bom, decimal } = dialect;
  const head = exportColumns.map(({ name }) => quoted(name, separator));
  const rows = order.lines.map((line) =>
    exportColumns.map((column) => {
      const value = column.value(order, line);
      if (value === undefined) return '';
      return column.kind === 'number'
        ? quoted(value.replace('.', decimal), separator)
        : quoted(defused(value), separator);
    }),
  );
  const text = [head, ...rows].map((cells) => cells.join(separator) + newline).join('');
  return Buffer.from(`${bom ? '\ufeff' : ''}${text}`);
}

const defused = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

function quoted(text: string, separator: string): string {
  const special = text.includes(separator) || /["\r\n]/.test(text) || text !== text.trim();
  return special ? `"${text.replaceAll('"', '""')}"` : text;
}
