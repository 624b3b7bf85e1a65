import type { Workbook } from './book';

/** The fields of a line that are scored, named as in schemas/order/order.ts. */
export const fields = [
  ...(['reference', 'ean', 'description', 'variant', 'destination', 'quantity', 'unit'] as const),
  ...(['unit_price', 'discount_percent', 'amount', 'delivery_date'] as const),
];
export type Field = (typeof fields)[number];

/** The expected value; `null`: it should be absent. Several: each of them is right. */
export type Want = string | null | (string | null)[];

/** A line as a careful clerk reads it, and its place. Fields that are not named should be absent. */
export interface GoldenLine {
  sheet: string;
  row: number;
  /** of the quantity */
  column?: number;
  /** the code of the goods if there is only one column of codes: right as `reference` and as `ean` */
  code?: string;
  values: Partial<Record<Field, Want>>;
}

/** An anomaly that is expected: on one of these rows of a sheet, on a sheet, or anywhere in the file. */
export interface Flag {
  code: string;
  sheet?: string;
  rows?: number[];
}

export interface Golden {
  outcome: 'order' | 'not_an_order' | 'refused';
  /** reason codes that are right if it is not an order */
  reasons: string[];
  lines: GoldenLine[];
  must: Flag[];
  may: Flag[];
  /** facts besides the lines that the file states with a clear label; absent: not scored */
  facts: Partial<Record<'order_number' | 'currency' | 'order_date' | 'delivery_date', Want>>;
  /** fields that have several defensible answers all over the file and are not scored */
  free: Field[];
}

/** A workbook to be written, and the expected reading. */
export interface Case {
  trait: string;
  /** with its extension */
  file: string;
  language: 'en' | 'fr';
  book: Workbook;
  golden: Golden;
}

export const emptyGolden = (): Golden => ({
  outcome: 'order',
  reasons: [],
  lines: [],
  must: [],
  may: [],
  facts: {},
  free: [],
});
