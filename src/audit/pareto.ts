import { bySize } from './analysis';
import type { WorkedRow } from './normalise';

export type ParetoClass = 'A' | 'B' | 'C';

/** Classes of weights in descending order: A while those before are under 80 % of all, B under 95 %, then C. */
export function paretoClasses(weights: readonly bigint[], total: bigint): ParetoClass[] {
  let before = 0n;
  return weights.map((weight) => {
    const found = before * 100n < total * 80n ? 'A' : before * 100n < total * 95n ? 'B' : 'C';
    before += weight;
    return found;
  });
}

/** The class of each row by its number. */
export function paretoOf(rows: readonly WorkedRow[], total: bigint): Map<number, ParetoClass> {
  const ranked = [...rows].sort(bySize);
  const classes = paretoClasses(
    ranked.map(({ micros }) => micros),
    total,
  );
  return new Map(ranked.map(({ row }, index) => [row, classes[index]!]));
}
