import type { Order } from '../../schemas/order/order';
import type { CsvDialect } from '../../schemas/order/run';
import { defuse, quoteField } from '../spreadsheets/csv-write';
import { exportColumns } from './columns';

/**
 * Writes an approved order as CSV (RFC 4180 with the dialect's marks). Text that a spreadsheet program would run as a
 * formula is prefixed with an apostrophe; figures are not. The same order gives the same bytes.
 */
export function toCsv(order: Order, dialect: CsvDialect): Buffer {
  const { separator, newline, bom, decimal } = dialect;
  const head = exportColumns.map(({ name }) => quoteField(name, separator));
  const rows = order.lines.map((line) =>
    exportColumns.map((column) => {
      const value = column.value(order, line);
      if (value === undefined) return '';
      const isFigure = column.kind === 'number' || column.kind === 'money';
      return quoteField(isFigure ? value.replace('.', decimal) : defuse(value), separator);
    }),
  );
  const text = [head, ...rows].map((cells) => cells.join(separator) + newline).join('');
  return Buffer.from(`${bom ? '\ufeff' : ''}${text}`);
}
