/** A column of the row table. Text cells are strings, whatever they start with; they never become formulas. */
export interface Column<Row> {
  head: string;
  width: number;
  /** number format; text if there is none */
  number?: string;
  value(row: Row): string | number | null;
}

/** Number format of money with this many decimals. */
export function moneyFormat(decimals: number): string {
  return decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`;
}
