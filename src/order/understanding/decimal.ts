/** An exact decimal number: `units` times ten to the power of minus `scale`. Scale is never negative. */
export interface Decimal {
  units: bigint;
  scale: number;
}

/** Digits before and after the point that an order's figures may have (see `Decimal` of the contracts). */
const INTEGER_DIGITS = 18;
const FRACTION_DIGITS = 9;
const SIGNIFICANT = 15;

export const ZERO: Decimal = { units: 0n, scale: 0 };

const PLAIN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/** Reads `-12.50`, `.5`, `1.5E-3`; anything else is undefined. */
export function decimal(text: string): Decimal | undefined {
  if (text.length > 60) return undefined;
  const parts = PLAIN.exec(text);
  if (!parts) return undefined;
  const [, sign, whole = '', fraction = '', exponent] = parts;
  if (whole === '' && fraction === '') return undefined;
  const power = exponent ? Number(exponent) : 0;
  if (Math.abs(power) > 60) return undefined;
  let units = BigInt(whole + fraction || '0');
  let scale = fraction.length - power;
  if (scale < 0) {
    units *= 10n ** BigInt(-scale);
    scale = 0;
  }
  return { units: sign === '-' ? -units : units, scale };
}

/** A number from a file; digits beyond 15 significant ones are noise of binary fractions and are rounded away. */
export function fromDigits(digits: string): Decimal | undefined {
  const exact = decimal(digits);
  if (!exact) return undefined;
  const count = magnitude(exact.units).toString().length;
  return count > SIGNIFICANT ? roundTo(exact, exact.scale - (count - SIGNIFICANT)) : exact;
}

export const fromNumber = (value: number): Decimal | undefined =>
  Number.isFinite(value) ? fromDigits(String(value)) : undefined;

/** Rounds half away from zero to `scale` digits after the point; a negative scale rounds to tens and more. */
export function roundTo(value: Decimal, scale: number): Decimal {
  if (value.scale <= scale) return value;
  const divisor = 10n ** BigInt(value.scale - scale);
  const size = magnitude(value.units);
  const quotient = (size + divisor / 2n) / divisor;
  const units = value.units < 0n ? -quotient : quotient;
  return scale < 0 ? { units: units * 10n ** BigInt(-scale), scale: 0 } : { units, scale };
}

/** Text in the form of the contracts, without superfluous zeros; undefined if it is too long for an order. */
export function decimalText(value: Decimal): string | undefined {
  const { units, scale } = stripZeros(roundTo(value, FRACTION_DIGITS));
  const digits = magnitude(units)
    .toString()
    .padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  if (whole.length > INTEGER_DIGITS) return undefined;
  const fraction = digits.slice(digits.length - scale);
  return `${units < 0n ? '-' : ''}${whole}${scale > 0 ? `.${fraction}` : ''}`;
}

export function stripZeros({ units, scale }: Decimal): Decimal {
  while (scale > 0 && units % 10n === 0n) {
    units /= 10n;
    scale -= 1;
  }
  return { units, scale };
}

export function plus(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: unitsAt(a, scale) + unitsAt(b, scale), scale };
}

export const minus = (a: Decimal, b: Decimal): Decimal => plus(a, negate(b));

export const negate = ({ units, scale }: Decimal): Decimal => ({ units: -units, scale });

export const times = (a: Decimal, b: Decimal): Decimal => ({ units: a.units * b.units, scale: a.scale + b.scale });

/** Subtracts a percentage. */
export const lessPercent = (value: Decimal, percent: Decimal): Decimal =>
  times(value, minus({ units: 1n, scale: 0 }, { units: percent.units, scale: percent.scale + 2 }));

/** Sign of `a - b`. */
export function compare(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const [left, right] = [unitsAt(a, scale), unitsAt(b, scale)];
  return left < right ? -1 : left > right ? 1 : 0;
}

export const distance = (a: Decimal, b: Decimal): Decimal => {
  const { units, scale } = minus(a, b);
  return { units: magnitude(units), scale };
};

export const isWhole = (value: Decimal): boolean => stripZeros(value).scale === 0;

export const sumOf = (values: Iterable<Decimal>): Decimal => {
  let sum = ZERO;
  for (const value of values) sum = plus(sum, value);
  return sum;
};

export const asNumber = ({ units, scale }: Decimal): number => Number(units) / 10 ** scale;

const unitsAt = ({ units, scale }: Decimal, wanted: number): bigint =>
  wanted === scale ? units : units * 10n ** BigInt(wanted - scale);

const magnitude = (units: bigint): bigint => (units < 0n ? -units : units);
