/**
 * Splits `total` whole units over parts in proportion to `weights × n / d`, by largest remainder (Hamilton): every
 * part is its exact value rounded down or up, and the parts add up to `total`. Ties go to the earlier part.
 * `total` must be the exact sum rounded down or up.
 */
export function apportion(total: bigint, weights: readonly bigint[], n: bigint, d: bigint): bigint[] {
  const parts = weights.map((weight) => (weight * n) / d);
  let left = total;
  for (const part of parts) left -= part;
  if (left <= 0n) return parts;
  const remainders = weights.map((weight, index) => ({ index, rest: (weight * n) % d }));
  remainders.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  for (const { index } of remainders.slice(0, Number(left))) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts;
}

/** Shares in per cent with one decimal that add up to exactly 100.0; all zero if the weights are. */
export function shares(weights: readonly bigint[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum <= 0n) return weights.map(() => 0);
  return apportion(1000n, weights, 1000n, sum).map((tenths) => Number(tenths) / 10);
}

/** One share of a whole, in per cent with one decimal, a half up. */
export function share(part: bigint, whole: bigint): number {
  return whole <= 0n ? 0 : Number((part * 2000n + whole) / (2n * whole)) / 10;
}
