import { columnName, serialOf, type CellIn } from './book';
import type { Chance } from './chance';
import type { Field, Want } from './golden';
import { amountCents, decimal, unitWords, written, type Item, type Style } from './goods';
import { headers, saysPieces, type Language } from './headers';

/** A column of a table: its header, its cells, and their meaning. */
export interface Column {
  header: CellIn;
  cell: (item: Item, row: number, index: number) => CellIn;
  field?: Field | 'code';
  want?: (item: Item, index: number) => Want;
  /** other values of the line that this column decides */
  also?: (item: Item) => Partial<Record<Field, Want>>;
}

/** Columns with words of one language, drawn once per table. */
export function columnsOf(chance: Chance, language: Language) {
  const word = headers[language];
  const head = (field: keyof typeof word, header?: CellIn) => header ?? { text: chance.pick(word[field]), bold: true };
  const headed = (header: CellIn) => (typeof header === 'object' ? (header.text ?? '') : String(header));
  return {
    reference: (header?: CellIn): Column => ({
      header: head('reference', header),
      cell: ({ reference }) => reference,
      field: 'reference',
      want: ({ reference }) => reference,
    }),
    description: (header?: CellIn): Column => ({
      header: head('description', header),
      cell: ({ description }) => description,
      field: 'description',
      want: ({ description }) => description,
    }),
    quantity: (header?: CellIn, cell: Column['cell'] = ({ quantity }) => quantity): Column => {
      const chosen = head('quantity', header);
      const pieces = saysPieces.includes(headed(chosen));
      return {
        header: chosen,
        cell,
        field: 'quantity',
        want: ({ quantity }) => String(quantity),
        ...(pieces ? { also: () => ({ unit: [null, 'pcs'] }) } : {}),
      };
    },
    unit: (header?: CellIn, spelling = chance.int(0, 2)): Column => ({
      header: head('unit', header),
      cell: ({ unit }) => unitWords[unit][spelling % unitWords[unit].length],
      field: 'unit',
      want: ({ unit }) => unit,
    }),
    price: (header?: CellIn, format?: string): Column => ({
      header: head('unit_price', header),
      cell: ({ cents }) => ({ number: cents / 100, format: format ?? '#,##0.00' }),
      field: 'unit_price',
      want: ({ cents }) => decimal(cents),
    }),
    priceText: (style: Style, wrap: (text: string) => string = (text) => text, header?: CellIn): Column => ({
      header: head('unit_price', header),
      cell: ({ cents }) => wrap(written(cents, style)),
      field: 'unit_price',
      want: ({ cents }) => decimal(cents),
    }),
    amount: (header?: CellIn): Column => ({
      header: head('amount', header),
      cell: (item) => ({ number: amountCents(item) / 100, format: '#,##0.00' }),
      field: 'amount',
      want: (item) => decimal(amountCents(item)),
    }),
    amountText: (style: Style, wrap: (text: string) => string = (text) => text, header?: CellIn): Column => ({
      header: head('amount', header),
      cell: (item) => wrap(written(amountCents(item), style)),
      field: 'amount',
      want: (item) => decimal(amountCents(item)),
    }),
    /** quantity and price are columns of the sheet; `cached` adds the value to the formula */
    amountFormula: (
      quantity: number,
      price: number,
      { cached = true, shared }: { cached?: boolean; shared?: number } = {},
    ): Column => ({
      header: head('amount'),
      cell: (item, row) => ({
        formula: `${columnName(quantity)}${row}*${columnName(price)}${row}`,
        ...(cached ? { number: amountCents(item) / 100 } : {}),
        ...(shared === undefined ? {} : { shared }),
        format: '#,##0.00',
      }),
      field: 'amount',
      want: (item) => decimal(amountCents(item)),
    }),
    discount: (as: 'number' | 'percent' | 'text' = 'number'): Column => ({
      header: head('discount_percent'),
      cell: ({ discount }) =>
        as === 'number' ? discount : as === 'text' ? `${discount} %` : { number: discount / 100, format: '0%' },
      field: 'discount_percent',
      want: ({ discount }) => (discount === 0 ? ['0', null] : String(discount)),
    }),
    date: (format = 'dd/mm/yyyy', date1904 = false): Column => ({
      header: head('delivery_date'),
      cell: ({ date }) => ({ number: serialOf(date, date1904), format }),
      field: 'delivery_date',
      want: ({ date }) => date,
    }),
    dateText: (write: (iso: string) => string): Column => ({
      header: head('delivery_date'),
      cell: ({ date }) => write(date),
      field: 'delivery_date',
      want: ({ date }) => date,
    }),
    number: (header?: CellIn): Column => ({
      header: head('line_number', header),
      cell: (_item, _row, index) => index + 1,
    }),
    /** a column that is not part of the line, nor of the golden answer */
    other: (header: CellIn, cell: Column['cell']): Column => ({ header, cell }),
  };
}
export type Columns = ReturnType<typeof columnsOf>;
