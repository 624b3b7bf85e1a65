import type { Workbook } from './book';

/** The fields of a line that are scored, named as in schemas/order/order.ts. */
export const fields = [
  ...(['reference', 'ean', 'description', 'variant', 'destination', 'quantity', 'unit'] as const),
  ...(['unit_price', 'discount_percent', 'amount', 'delivery_date'] as const),
];
export type Field = (typeof fields)[number];

/** What a value should be; `null`: it should be absent. Several: each of them is right. */
export type Want = string | null | (string | null)[];

/** A line that a careful clerk reads, and where. A field that is not named should be absent. */
export interface GoldenLine {
  sheet: string;
  row: number;
  /** of the quantity */
  column?: number;
  /** the code of the goods where there is one column of codes alone: right as `reference` and as `ean` */
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
  /** reason codes that are right, where it is no order */
  reasons: string[];
  lines: GoldenLine[];
  must: Flag[];
  may: Flag[];
  /** facts beside the lines that the file states with a clear label; absent: not scored */
  facts: Partial<Record<'order_number' | 'currency' | 'order_date' | 'delivery_date', Want>>;
  /** fields that have several defensible answers all over the file and are not scored */
  free: Field[];
}

/** A workbook to be written and what should be read out of it. */
export interface Case {
  trait: string;
  /** with its ending */
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
