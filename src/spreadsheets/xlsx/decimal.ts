/** A number as digits and sign: `12` and `05` for 12.05. */
export interface Digits {
  negative: boolean;
  whole: string;
  fraction: string;
}

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;
/** Power of ten beyond which a number stays as it is written: nobody orders this many. */
const LONGEST = 40;

/** Splits a number into its digits, exactly as written. `undefined` if it is not a number, or of absurd size. */
export function digitsOf(text: string): Digits | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  if (sign === undefined || whole.length + fraction.length === 0) return undefined;
  const power = Number(exponent);
  if (Math.abs(power) > LONGEST) return undefined;
  return shift({ negative: sign === '-', whole, fraction }, power);
}

/** Multiplies by ten to the `power`. */
export function shift({ negative, whole, fraction }: Digits, power: number): Digits {
  const digits = whole + fraction;
  const point = whole.length + power;
  const padded = point > 0 ? digits.padEnd(point, '0') : digits.padStart(digits.length - point, '0');
  const at = Math.max(0, point);
  return {
    negative,
    whole: padded.slice(0, at).replace(/^0+/, ''),
    fraction: padded.slice(at).replace(/0+$/, ''),
  };
}

/** Rounds to a number of places, a half away from zero, as spreadsheets do. */
export function round({ negative, whole, fraction }: Digits, places: number): Digits {
  const kept = fraction.slice(0, places);
  if (fraction.length <= places || fraction.charAt(places) < '5') return trimZeros(negative, whole, kept);
  const up = (BigInt(`0${whole}${kept}`) + 1n).toString().padStart(kept.length, '0');
  return trimZeros(negative, up.slice(0, up.length - kept.length), up.slice(up.length - kept.length));
}

const trimZeros = (negative: boolean, whole: string, fraction: string): Digits => ({
  negative,
  whole: whole.replace(/^0+/, ''),
  fraction: fraction.replace(/0+$/, ''),
});

/** Plain digits without superfluous zeros: `9780306406157`, `-0.5`. */
export function digitsText({ negative, whole, fraction }: Digits): string {
  const number = `${whole || '0'}${fraction ? `.${fraction}` : ''}`;
  return negative && number !== '0' ? `-${number}` : number;
}
