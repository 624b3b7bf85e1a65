import type { columnRoles } from '../../../schemas/order/order';
import type { Grid } from './grid';
import type { Meaning } from './lexicon/match';
import type { Profile } from './profile';

export type ColumnRole = (typeof columnRoles)[number];

/** Heading of a column. */
export interface Heading {
  column: number;
  /** words of its own rows, joined */
  text: string;
  /** heading above it, over several columns */
  group: string;
  meaning: Meaning;
  /** row of the cell that is given as evidence */
  row: number;
}

/** Rows of headings and the columns that they cover. */
export interface HeaderBlock {
  rows: number[];
  left: number;
  right: number;
  headings: Map<number, Heading>;
  score: number;
}

/** Label of a quantity in a matrix: a size, a shop, a day. */
export interface MatrixLabel {
  column: number;
  variant?: string;
  destination?: string;
  delivery_date?: string;
  /** a product, where the rows are shops */
  description?: string;
  /** a week or a month */
  note?: string;
}

/** A doubt about a table's columns that a person should look at. */
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
  /** column with the sums of a matrix's rows */
  totalColumn?: number;
  /** column of discounts in money, for checking */
  discountAmount?: number;
  /** columns of other figures: quantities of another kind, taxes and the like */
  known: Set<number>;
  profiles: Map<number, Profile>;
  /** 0 to 1 for each role */
  certainty: Map<ColumnRole, number>;
  /** whether quantity × price = amount holds */
  witnessed: boolean;
  doubts: Doubt[];
}
