/** A column of the row table. Text cells are strings, whatever they start with; they never become formulas. */
export interface Column<Row> {
  head: string;
  width: number;
  /** a number format; text where there is none */
  number?: string;
  value(row: Row): string | number | null;
}

/** How a spreadsheet shows money with so many decimals. */
export function moneyFormat(decimals: number): string {
  return decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`;
}
