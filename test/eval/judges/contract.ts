/** A value, or several of which each is right; `null`: it is absent. All values are text: numbers with a point, days as `2026-03-01`. */
export type Answer = string | null | (string | null)[];

/** What a careful clerk would write down of one ordered line. Members that are left out are absent in the file. */
export interface Line {
  sheet: string;
  /** of the cell of the quantity, from 1 */
  row: number;
  /** letter of the column of the quantity, if it is in a column (a grid of sizes: the column of the size) */
  column?: string;
  reference?: Answer;
  /** barcode: EAN, GTIN, ISBN, UPC */
  ean?: Answer;
  description?: Answer;
  /** size, colour, format … of the article, if the file has one apart from its description */
  variant?: Answer;
  /** shop, branch, ship-to, if lines go to different places */
  destination?: Answer;
  quantity: Answer;
  /** as the file words it, if it does */
  unit?: Answer;
  unit_price?: Answer;
  discount_percent?: Answer;
  amount?: Answer;
  delivery_date?: Answer;
  /** fields that nobody can decide from this file alone: whatever is read, the reader must ask or warn at this line */
  doubtful?: (keyof Line)[];
}

/** One order of the file. */
export interface GoldenOrder {
  number?: Answer;
  customer?: Answer;
  currency?: Answer;
  order_date?: Answer;
  delivery_date?: Answer;
  delivery_address?: Answer;
  lines: Line[];
}

export interface Golden {
  /** false: nothing in this file is to be ordered (a stock list, an invoice, a form left blank …) */
  is_order: boolean;
  /** for a file that is no order: what it is, in two words of English */
  document?: string;
  /** one as a rule; several if the file holds several orders (of several numbers or customers) */
  orders: GoldenOrder[];
  /** rows that look like lines and must not be ordered: cancelled, struck, returned, superseded, hidden, not available … */
  not_ordered?: { sheet: string; row: number; why: string }[];
  /** places where a careful clerk would ask before anything is sent, besides `doubtful` lines */
  doubts?: { sheet: string; cells: string; about: string }[];
}

/** A file of a set, and its answer; the bytes are in `sets/<author>/files/`. */
export interface Case {
  /** with its extension: .xlsx or .csv */
  file: string;
  /** the language of the sender */
  language: 'en' | 'fr';
  /** of the document, two letters */
  written_in: string;
  country: string;
  trade: string;
  /** one sentence: what is difficult about it */
  hard: string;
  golden: Golden;
}
