export function median(list: number[]): number {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** The smallest and the largest. */
export const spread = (list: number[]): [number, number] => [Math.min(...list), Math.max(...list)];

/** The median of the rounds' ratios, with their spread. */
export const ratioOf = (ratios: number[]): { value: number; spread: [number, number] } => ({
  value: median(ratios),
  spread: spread(ratios),
});

/** The value that `percent` of the list do not exceed. */
export function percentile(list: number[], percent: number): number {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? NaN;
}
