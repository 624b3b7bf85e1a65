import type { Code } from './messages';
import type { Severity } from './message';

import type { OrderLine, Provenance } from '../../../schemas/order/order';
import type { Decimal } from './decimal';

import type { LeftOutReason, Table } from './types';

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

/** What a text in a quantity's cell can mean; the words leave one reading, or several. */
export interface PackText {
  readings: PackReading[];
  /** the reading is the only one, and worth a word */
  packed?: boolean;
}

export interface Found {
  code: Code;
  evidence: Provenance[];
  words?: Record<string, string>;
  severity?: Severity;
  line_id?: string;
  /** lines that it is about, before they have numbers */
  lines?: readonly UnnumberedLine[];
  line_ids?: string[];
}

/** One number that a text such as `3 cartons de 12` can mean. */
export interface PackReading {
  quantity: Decimal;
  unit?: string;
}
