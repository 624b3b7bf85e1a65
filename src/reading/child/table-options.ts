/** Choices of a table: the sheet, and whether its first row names the fields. */
export interface TableOptions {
  sheet?: string;
  header?: boolean;
}
