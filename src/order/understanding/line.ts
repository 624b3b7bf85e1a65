import type { OrderLine, Provenance } from '../../../schemas/order/order';
import type { Decimal } from './decimal';
import type { Found } from './messages';
import type { Table } from './types';

/** A line before it has its number, with its figures as numbers for checking. */
export interface UnnumberedLine {
  line: Omit<OrderLine, 'line_id'>;
  table: Table;
  row: number;
  quantity?: Decimal;
  price?: Decimal;
  amount?: Decimal;
  percent?: Decimal;
  /** money off, where a column says so */
  off?: Decimal;
  issues: Omit<Found, 'line_id'>[];
}

/** A row that sums up others, or adds to them. */
export interface TotalRow {
  kind: 'subtotal' | 'total' | 'net' | 'tax' | 'gross' | 'discount' | 'shipping' | 'carry';
  label: string;
  table: Table;
  row: number;
  /** a figure in the column of quantities */
  quantity?: { value: Decimal; from: Provenance };
  /** a figure in the column of amounts, or the only one there is */
  amount?: { value: Decimal; from: Provenance };
  /** percent that the label names */
  rate?: Decimal;
}

/** What was read out of one table. */
export interface TableReading {
  table: Table;
  drafts: UnnumberedLine[];
  totals: TotalRow[];
  /** rows of headings of a section, which subtotals do not reach over */
  sections: number[];
  /** not of one line */
  found: Found[];
  /** rows of products without a quantity */
  open: number;
  /** rows that hold anything at all */
  filledRows: number;
  currencies: Map<string, number>;
}
