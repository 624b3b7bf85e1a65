/** Places of a sheet with a mark: row × 16,384 + column, both from 0. */
export interface Marks {
  struck: Set<number>;
  bold: Set<number>;
}
