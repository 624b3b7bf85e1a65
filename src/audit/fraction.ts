/** An exact number: `n / d`, with `d` above zero. The audit computes with these, never with floats. */
export interface Fraction {
  n: bigint;
  d: bigint;
}

export function fraction(n: bigint, d = 1n): Fraction {
  return d < 0n ? { n: -n, d: -d } : { n, d };
}

export function times(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.n, d: a.d * b.d };
}

export function divide(a: Fraction, b: Fraction): Fraction {
  return fraction(a.n * b.d, a.d * b.n);
}

const decimal = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Reads a decimal (`12.5`, `1e-7`) exactly; undefined if it is not one. */
export function parseDecimal(text: string): Fraction | undefined {
  const match = decimal.exec(text);
  if (!match || !(match[2] || match[3])) return undefined;
  const [, sign, whole = '', part = '', exponent = '0'] = match;
  const digits = BigInt(`${whole}${part}` || '0') * (sign === '-' ? -1n : 1n);
  const shift = Number(exponent) - part.length;
  return shift >= 0 ? { n: digits * 10n ** BigInt(shift), d: 1n } : { n: digits, d: 10n ** BigInt(-shift) };
}

/** A JSON number as the shortest decimal that denotes it. */
export function exactly(value: number): Fraction | undefined {
  return Number.isFinite(value) ? parseDecimal(String(value)) : undefined;
}

/** Rounds to whole units of `10^-decimals`, a half away from zero. */
export function roundTo({ n, d }: Fraction, decimals: number): bigint {
  const scaled = 2n * n * 10n ** BigInt(decimals);
  return scaled >= 0n ? (scaled + d) / (2n * d) : -((-scaled + d) / (2n * d));
}

/** Whole units of `10^-decimals` as a JSON number; exact up to 15 digits. */
export function toNumber(units: bigint, decimals: number): number {
  return Number(`${units}e-${decimals}`);
}

/** A fraction as a JSON number with at most `decimals` decimals. */
export function approximate(value: Fraction, decimals = 6): number {
  return toNumber(roundTo(value, decimals), decimals);
}
