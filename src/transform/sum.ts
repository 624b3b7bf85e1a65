/** A decimal number: `digits` times ten to the power of minus `places`. */
interface Decimal {
  digits: bigint;
  places: number;
}

/** Sum of numbers as they are written, so that 0.1 and 0.2 are 0.3. */
export function exactSum(numbers: readonly number[]): number {
  let total: Decimal = { digits: 0n, places: 0 };
  for (const number of numbers) total = add(total, decimalOf(number));
  return numberOf(total);
}

function decimalOf(number: number): Decimal {
  if (Number.isSafeInteger(number)) return { digits: BigInt(number), places: 0 };
  const [mantissa = '', exponent = '0'] = String(number).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const places = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
}

function add(a: Decimal, b: Decimal): Decimal {
  const places = Math.max(a.places, b.places);
  const digits = ({ digits, places: own }: Decimal) => (own === places ? digits : digits * 10n ** BigInt(places - own));
  return { digits: digits(a) + digits(b), places };
}

const numberOf = ({ digits, places }: Decimal): number => Number(places === 0 ? digits : `${digits}e-${places}`);
