/** A number as its digits, without sign: `12` and `05` of 12.05. */
export interface Digits {
  negative: boolean;
  whole: string;
  fraction: string;
}

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;
/** A power of ten beyond which a number is left as it is written: nobody orders so many. */
const LONGEST = 40;

/** Takes a number apart, exactly as written. `undefined` where it is none, or of no sensible size. */
export function digitsOf(text: string): Digits | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  if (sign === undefined || whole.length + fraction.length === 0) return undefined;
  const power = Number(exponent);
  if (Math.abs(power) > LONGEST) return undefined;
  return shift({ negative: sign === '-', whole, fraction }, power);
}

/** Times ten to the `power`. */
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

/** To so many places; a half goes away from zero, as spreadsheets do. */
export function round({ negative, whole, fraction }: Digits, places: number): Digits {
  const kept = fraction.slice(0, places);
  if (fraction.length <= places || fraction.charAt(places) < '5') return trimmed(negative, whole, kept);
  const up = (BigInt(`0${whole}${kept}`) + 1n).toString().padStart(kept.length, '0');
  return trimmed(negative, up.slice(0, up.length - kept.length), up.slice(up.length - kept.length));
}

const trimmed = (negative: boolean, whole: string, fraction: string): Digits => ({
  negative,
  whole: whole.replace(/^0+/, ''),
  fraction: fraction.replace(/0+$/, ''),
});

/** Plain digits without superfluous zeros: `9780306406157`, `-0.5`. */
export function written({ negative, whole, fraction }: Digits): string {
  const number = `${whole || '0'}${fraction ? `.${fraction}` : ''}`;
  return negative && number !== '0' ? `-${number}` : number;
}
