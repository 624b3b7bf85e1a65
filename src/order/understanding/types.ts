import type { DocumentKind } from './lexicon/kinds';
import type { RowState } from './lexicon/states';
import type { Wanted } from './wanted';

import type { columnRoles, Provenance } from '../../../schemas/order/order';
import type { Decimal } from './decimal';
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
  /** words that a legend of the sheet has for it */
  explained?: string;
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
  /** column that has the variant of each row's quantity */
  variantColumn?: number;
  destination?: string;
  delivery_date?: string;
  /** a product, where the rows are shops */
  description?: string;
  /** a week or a month */
  note?: string;
  /** the pack that it counts, beside a column of other packs */
  unit?: string;
  /** the quantity that a tick under it orders */
  ticked?: Decimal;
  /** column of the price of its size, where prices differ by ranges of sizes */
  priceColumn?: number;
  /** price of the article that it names */
  price?: { value: Decimal; from: Provenance };
}

/** A doubt about a table's columns that a person should look at. */
export interface Doubt {
  blocking: boolean;
  columns: number[];
  why:
    | 'close'
    | 'no_heading'
    | 'list_price'
    | 'matrix'
    | 'title'
    | 'structure'
    | 'periods'
    | 'months'
    | 'basis'
    | 'packs'
    | 'hidden'
    | 'gaps'
    | 'amount'
    | 'money'
    | 'summed'
    | 'absurd'
    | 'arithmetic'
    | 'date';
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
  /** columns whose value holds where that of a role is empty, as in an amendment */
  originals?: Map<ColumnRole, number>;
  /** column of the kind of goods whose variety the description is: `Rose` */
  kinds?: number;
  /** articles that a list or a letter names, in place of columns */
  prose?: WantedLine[];
  /** articles of a form with a block of labels for each, in place of columns */
  blocks?: Block[];
  /** what the headings say of the one article of a block */
  constants?: Constants;
  /** columns of variants, where colour and size have one each */
  variants: number[];
  /** column with the sums of a matrix's rows */
  totalColumn?: number;
  /** columns of discounts that are taken one after the other, where there are several: `Sc. 1`, `Sc. 2` */
  steps?: number[];
  /** column of discounts in money, for checking */
  discountAmount?: number;
  /** column with the number of priced units in an ordered one */
  pack?: number;
  /** column that says by yes and no which rows are ordered */
  wanted?: number;
  /** column of pieces that cost nothing */
  free?: number;
  /** column that says how many units a price is for, and the number in the price's heading */
  base?: number;
  per?: number;
  /** columns of other figures: quantities of another kind, taxes and the like */
  known: Set<number>;
  /** rows of barcodes above the quantities of a matrix, one for each size */
  codeRows: Set<number>;
  /** rows of days of delivery above or below the quantities of a matrix, one for each column */
  dayRows: Set<number>;
  /** columns that a field or a check is read from */
  used: Set<number>;
  /** first and last column of its rows, up to the next table */
  from: number;
  to: number;
  /** rows that hold more cells than there are headings, of which the cells may have moved */
  shifted: Set<number>;
  /** the amounts are of offered quantities, and those of the order only where they agree */
  offered?: boolean;
  profiles: Map<number, Profile>;
  /** 0 to 1 for each role */
  certainty: Map<ColumnRole, number>;
  /** by column, the state that most of its cells say, which is no exception: `pending` */
  usual: ReadonlyMap<number, string>;
  /** what a title right above it makes of its lines */
  section?: Remark;
  /** whether quantity × price = amount holds */
  witnessed: boolean;
  doubts: Doubt[];
}

/** Fields of one article in a form that has a block of labels for each. */
export type Block = Partial<Record<ColumnRole, Place>>;

/** A value that holds for all lines of a table. */
export interface Constant {
  value: string;
  from: Provenance;
}

/** What the headings of a block say of the one article that it orders, as in a line sheet. */
export interface Constants {
  reference: Constant;
  description?: Constant;
  delivery_date?: Constant;
  /** row that has the only price */
  price?: number;
}

/** A wanted article with its cells. */
export interface WantedLine extends Wanted {
  row: number;
  column: number;
  /** column of the description, if it is another cell */
  named: number;
  reference?: { text: string; column: number };
}

/** Why a row that reads like a line is not ordered. */
export type LeftOutReason = 'struck' | RowState | 'section' | 'filtered' | 'hidden' | 'charge' | 'part' | 'coloured';

/** What marks and remarks make of a row: left out, or a question to the customer. */
export interface Remark {
  why: LeftOutReason;
  /** it is certain that nothing is ordered; otherwise somebody has to be asked */
  sure: boolean;
  from: Provenance;
}

/** What a sheet is by its own words, if not an order. */
export interface Kind {
  kind: DocumentKind | 'superseded';
  /** cells that say so; none if the name of the file or the sheet does */
  evidence: Provenance[];
  /** the words that say so */
  words: string;
}

/** Cell of a field in a form. */
export interface Place {
  row: number;
  column: number;
}
