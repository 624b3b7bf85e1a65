import type { columnRoles } from '../../../schemas/order/order';
import type { Grid } from './grid';
import type { Meaning } from './lexicon/match';
import type { Profile } from './profile';

export type ColumnRole = (typeof columnRoles)[number];

/** What we know of a column's heading. */
export interface Heading {
  column: number;
  /** the words of its own rows, one after the other */
  text: string;
  /** a heading over several columns, above it */
  group: string;
  meaning: Meaning;
  /** row of the cell that shows it best, for evidence */
  row: number;
}

/** Heading rows, which may be several, and the columns that they cover. */
export interface HeaderBlock {
  rows: number[];
  left: number;
  right: number;
  headings: Map<number, Heading>;
  score: number;
}

/** For what a quantity in a matrix is: a size, a shop, a day. */
export interface MatrixLabel {
  column: number;
  variant?: string;
  destination?: string;
  delivery_date?: string;
  /** a product, where the rows are shops */
  description?: string;
  /** a week or a month, which is no day */
  note?: string;
}

/** Something about a table's columns that a person should look at. */
export interface Doubt {
  blocking: boolean;
  columns: number[];
  why:
    'close' | 'no_heading' | 'list_price' | 'matrix' | 'title' | 'structure' | 'periods' | 'basis' | 'packs' | 'gaps';
}

export interface Table {
  grid: Grid;
  /** rows of all headings, repeated ones included */
  headerRows: Set<number>;
  header?: HeaderBlock;
  first: number;
  last: number;
  left: number;
  right: number;
  layout: 'rows' | 'matrix';
  roles: Map<ColumnRole, number>;
  labels: MatrixLabel[];
  /** columns of variants, where colour and size have one each */
  variants: number[];
  /** a column that sums up a matrix's row */
  totalColumn?: number;
  /** discounts in money, for checking */
  discountAmount?: number;
  /** quantities of another kind, taxes and the like: figures that are no one's quantity */
  known: Set<number>;
  profiles: Map<number, Profile>;
  /** 0..1 for each role */
  certainty: Map<ColumnRole, number>;
  /** quantity × price = amount was seen to hold */
  witnessed: boolean;
  doubts: Doubt[];
}
