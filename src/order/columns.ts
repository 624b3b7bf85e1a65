import type { Order, OrderLine } from '../../schemas/order/order';
import { moneyText } from './money';
import { billedAmountOf } from './totals';
import { decimalText } from './understanding/decimal';

/** A column of the export. Figures are decimal strings with a point, `money` with the digits of its currency. */
export interface ExportColumn {
  name: string;
  kind: ColumnKind;
  width: number;
  value(order: Order, line: OrderLine): string | undefined;
}

export type ColumnKind = 'text' | 'number' | 'money' | 'date';

type TextField = 'reference' | 'ean' | 'description' | 'variant' | 'destination' | 'unit' | 'note';

const text = (name: string, field: TextField, width: number): ExportColumn => ({
  ...{ name, kind: 'text', width },
  value: (_order, line) => line[field]?.value,
});

const figure = (name: string, field: 'quantity' | 'discount_percent'): ExportColumn => ({
  ...{ name, kind: 'number', width: 12 },
  value: (_order, line) => line[field]?.value,
});

/** Columns of every export, in order. */
export const exportColumns: readonly ExportColumn[] = [
  { name: 'order_id', kind: 'text', width: 24, value: ({ order_id }) => order_id },
  {
    name: 'order_number',
    kind: 'text',
    width: 16,
    value: ({ facts }, line) => (line.order_number ?? facts.order_number)?.value,
  },
  {
    name: 'customer',
    kind: 'text',
    width: 24,
    value: ({ facts, from_email }, line) => (line.customer ?? facts.customer)?.value ?? from_email,
  },
  { name: 'delivery_address', kind: 'text', width: 36, value: ({ delivery }) => delivery.address?.value },
  {
    name: 'delivery_date',
    kind: 'date',
    width: 12,
    value: ({ delivery }, line) => line.delivery_date?.value ?? delivery.date?.value,
  },
  { name: 'line', kind: 'text', width: 8, value: (_order, { line_id }) => line_id },
  text('reference', 'reference', 18),
  text('ean', 'ean', 16),
  text('description', 'description', 40),
  text('variant', 'variant', 14),
  text('destination', 'destination', 18),
  figure('quantity', 'quantity'),
  text('unit', 'unit', 8),
  {
    name: 'unit_price',
    kind: 'money',
    width: 12,
    value: ({ facts }, { unit_price }) => unit_price && moneyText(unit_price.value, facts.currency?.value),
  },
  figure('discount_percent', 'discount_percent'),
  {
    name: 'amount',
    kind: 'money',
    width: 12,
    value: ({ facts }, line) => {
      const amount = billedAmountOf(line, facts.currency?.value);
      const text = amount && decimalText(amount);
      return text && moneyText(text, facts.currency?.value);
    },
  },
  { name: 'currency', kind: 'text', width: 9, value: ({ facts }) => facts.currency?.value },
  text('note', 'note', 30),
  {
    ...{ name: 'other', kind: 'text', width: 40 },
    value: (_order, { other }) =>
      other?.map(({ heading, value, cell }) => `${heading === '' ? cell : heading}: ${value}`).join(' | '),
  },
];
