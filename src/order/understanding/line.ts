import type { OrderLine, Provenance } from '../../../schemas/order/order';
import type { Decimal } from './decimal';
import type { RowState } from './lexicon/states';
import type { Found } from './messages';
import type { PackText } from './packs';
import type { Table } from './types';

/** A line without its number yet, with its figures as decimals for checking. */
export interface UnnumberedLine {
  line: Omit<OrderLine, 'line_id'>;
  table: Table;
  row: number;
  quantity?: Decimal;
  price?: Decimal;
  amount?: Decimal;
  percent?: Decimal;
  /** a text in place of the quantity that can be several numbers */
  packs?: PackText & { from: Provenance };
  /** discount in money, from a column of its own */
  off?: Decimal;
  issues: Omit<Found, 'line_id'>[];
}

/** Why a row that reads like a line is not ordered. */
export type LeftOutReason = 'struck' | RowState | 'section' | 'filtered' | 'hidden' | 'charge' | 'part' | 'coloured';

/** A line that was left out, with the words or marks that say so. */
export interface LeftOut {
  draft: UnnumberedLine;
  why: LeftOutReason;
  from: Provenance;
}

/** A row that sums up lines, or adjusts their sum. */
export interface TotalRow {
  kind: 'subtotal' | 'total' | 'net' | 'tax' | 'gross' | 'discount' | 'shipping' | 'rounding' | 'carry';
  label: string;
  table: Table;
  row: number;
  /** a figure in the column of quantities */
  quantity?: { value: Decimal; from: Provenance };
  /** a figure in the column of amounts, or the only one there is */
  amount?: { value: Decimal; from: Provenance };
  /** percentage in the label */
  rate?: Decimal;
}

/** Reading of one table. */
export interface TableReading {
  table: Table;
  drafts: UnnumberedLine[];
  totals: TotalRow[];
  leftOut: LeftOut[];
  /** rows of section headings, which subtotals do not reach over */
  sections: number[];
  /** findings about more than one line */
  found: Found[];
  /** rows of products without a quantity */
  open: number;
  /** rows that hold anything at all */
  filledRows: number;
  currencies: Map<string, number>;
}
