import { decimal, negate, type Decimal } from './decimal';

/** Decimal sign. */
export type Notation = 'comma' | 'point';

export interface NumberText {
  value: Decimal;
  /** the other reading of a number such as `1,234`; `value` follows the notation that was given */
  other?: Decimal;
  /** the only notation that the number can have */
  evidence?: Notation;
  currency?: string;
  percent?: boolean;
  /** text after the number: `kg`, `cartons de 6` */
  rest?: string;
}

const SYMBOLS: Record<string, string> = {
  ...{ '€': 'EUR', '£': 'GBP', '₺': 'TRY', '₽': 'RUB', '₩': 'KRW', '₹': 'INR', '₫': 'VND', '฿': 'THB', '₪': 'ILS' },
  ...{ '₴': 'UAH', '₱': 'PHP', $: 'USD', us$: 'USD', usd$: 'USD', r$: 'BRL', a$: 'AUD', au$: 'AUD', hk$: 'HKD' },
  ...{ ca$: 'CAD', can$: 'CAD', cad$: 'CAD', nz$: 'NZD', s$: 'SGD', sg$: 'SGD', nt$: 'TWD', mx$: 'MXN', mex$: 'MXN' },
  ...{
    zł: 'PLN',
    zl: 'PLN',
    tl: 'TRY',
    euro: 'EUR',
    euros: 'EUR',
    kč: 'CZK',
    kc: 'CZK',
    ft: 'HUF',
    sfr: 'CHF',
    fr: 'CHF',
  },
  ...{ 'fr.': 'CHF', dh: 'MAD', 元: 'CNY', 円: 'JPY', 원: 'KRW', руб: 'RUB', грн: 'UAH', reais: 'BRL' },
  ...{ '¥': '', kr: '' },
};
const CODES =
  'EUR|USD|GBP|CHF|CAD|AUD|JPY|CNY|TRY|PLN|SEK|NOK|DKK|ISK|CZK|HUF|RON|BGN|RUB|UAH|INR|KRW|BRL|MXN|ARS|CLP|COP|PEN|MAD|TND|DZD|EGP|XOF|XAF|XPF|ZAR|AED|SAR|QAR|KWD|ILS|NZD|SGD|HKD|TWD|THB|VND|PHP|MYR|IDR';
for (const code of CODES.split('|')) SYMBOLS[code.toLowerCase()] = code;

/** ISO code of a currency's sign or code; empty for a sign that several share; undefined if it is not one. */
export const currencyCode = (text: string): string | undefined => {
  const sign = text.trim().toLowerCase();
  return SYMBOLS[sign] ?? (/^[a-z]{1,3}\$$/.test(sign) ? '' : undefined);
};

const IN_TEXT = new RegExp(
  `(?<![A-Za-z])(?:[A-Z]{1,3}\\$|(?:${CODES})(?![A-Za-z])|kr(?![A-Za-z])|zł)|[€£₺₽₩₹₫฿₪₴₱¥]|\\$`,
);

/** A sign of money anywhere in a text; without a code if several currencies have it. */
export function moneyIn(text: string): { sign: string; code?: string } | undefined {
  const sign = IN_TEXT.exec(text.slice(0, 200))?.[0];
  if (sign === undefined) return undefined;
  const code = currencyCode(sign);
  return code ? { sign, code } : { sign };
}

/** Currency named anywhere in a text. */
export const currencyIn = (text: string): string | undefined => moneyIn(text)?.code;

const MINUS = /[-\u2010-\u2015\u2212]/;
const HEAD = /^([^\d.,()+\-\u2010-\u2015\u2212]{0,12})([+\-\u2010-\u2015\u2212]?)\s*/;
const BODY = /^[\d\s.,'\u2019\u00b4`]+/;

/**
 * Reads a number from a text: any digits, spaces or apostrophes between thousands, point and comma, a currency, a
 * percent sign, a minus before or after, parentheses. Undefined if it is not one number. `notation` decides `1,234`.
 */
export function numberIn(text: string, notation?: Notation): NumberText | undefined {
  if (text.length > 80) return undefined;
  let rest = (/^[ -~]*$/.test(text) ? text : westernDigits(text.normalize('NFKC'))).trim();
  let negative = false;
  const inside = /^\(([^()]*)\)$/.exec(rest);
  if (inside) {
    negative = true;
    rest = (inside[1] ?? '').trim();
  }
  const head = HEAD.exec(rest);
  if (!head) return undefined;
  const result: { currency?: string; percent?: boolean } = {};
  const before = (head[1] ?? '').trim();
  let sign = head[2] !== '' && head[2] !== undefined;
  if (before !== '') {
    const code = currencyCode(before.replace(/\.$/, ''));
    if (code === undefined) return undefined;
    if (code) result.currency = code;
  }
  let minusAt = head[2] ?? '';
  rest = rest.slice(head[0].length);
  if (!sign && before === '' && MINUS.test(rest[0] ?? '')) return undefined;
  const symbolAfterSign = /^([€£₺]|[A-Z]{0,3}\$)\s*/.exec(rest);
  if (symbolAfterSign && before === '') {
    result.currency = currencyCode(symbolAfterSign[1] ?? '') || undefined;
    rest = rest.slice(symbolAfterSign[0].length);
  }
  const body = BODY.exec(rest)?.[0];
  if (body === undefined) return undefined;
  const digits = body.trim();
  let tail = rest.slice(body.length).trim();
  const trailing = /^[-\u2212](?=$|\s|[€£$%])/.exec(tail);
  if (trailing && !sign) {
    sign = true;
    minusAt = '-';
    tail = tail.slice(1).trim();
  }
  if (tail.startsWith('%')) {
    result.percent = true;
    tail = tail.slice(1).trim();
  }
  tail = tail.replace(/\s*\b(?:HT|TTC|H\.T\.|T\.T\.C\.)$/i, '');
  const code = tail === '' ? undefined : currencyCode(tail.replace(/\.$/, ''));
  if (code !== undefined) {
    if (result.currency && code && code !== result.currency) return undefined;
    if (code) result.currency = code;
    tail = '';
  } else if (/^[-\u2212]$/.test(tail) && !sign) {
    minusAt = '-';
    tail = '';
  }
  const read = digitsIn(digits, notation);
  if (!read) return undefined;
  if (MINUS.test(minusAt)) negative = !negative;
  const signed = (value: Decimal) => (negative ? negate(value) : value);
  return {
    ...result,
    value: signed(read.value),
    ...(read.other ? { other: signed(read.other) } : {}),
    ...(read.evidence ? { evidence: read.evidence } : {}),
    ...(tail === '' ? {} : { rest: tail }),
  };
}

/** Arabic and Persian digits and their signs in the form of the others; Arabic writing marks are dropped. */
export const westernDigits = (text: string): string =>
  /[\u0660-\u0669\u06f0-\u06f9]/.test(text)
    ? text
        .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
        .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
        .replace(/\u066b/g, '.')
        .replace(/\u066c/g, "'")
        .replace(/\u060c/g, ',')
        .replace(/[\u200e\u200f\u061c]/g, '')
    : text;

const GROUPS = /^\d{1,3}(?:[ '\u2019\u00b4`]\d{3})+$/;

function digitsIn(text: string, notation?: Notation): Pick<NumberText, 'value' | 'other' | 'evidence'> | undefined {
  const signs = text.replace(/[^.,]/g, '');
  const last = signs.at(-1) as ',' | '.' | undefined;
  const make = (whole: string, fraction: string) => decimal(`${whole === '' ? '0' : whole}.${fraction}`);
  const result = (value: Decimal | undefined, evidence?: Notation) => (value ? { value, evidence } : undefined);
  if (last === undefined) {
    const whole = withoutGroups(text);
    return whole === undefined || whole === '' ? undefined : result(decimal(whole));
  }
  const asDecimal: Notation = last === ',' ? 'comma' : 'point';
  const asThousands: Notation = last === ',' ? 'point' : 'comma';
  const at = text.lastIndexOf(last);
  const [before, after] = [text.slice(0, at), text.slice(at + 1)];
  const count = signs.length;
  if (signs.replaceAll(last, '') !== '') {
    // both signs: the last one precedes the decimals and occurs once
    if (signs.indexOf(last) !== count - 1 || !/^\d+$/.test(after)) return undefined;
    const other = last === ',' ? '.' : ',';
    if (!isInThousands(before, other)) return undefined;
    return result(make(before.replaceAll(other, ''), after), asDecimal);
  }
  if (count > 1) {
    return isInThousands(text, last) ? result(decimal(text.replaceAll(last, '')), asThousands) : undefined;
  }
  const whole = withoutGroups(before);
  if (whole === undefined || !/^\d+$/.test(after)) return undefined;
  const value = make(whole, after);
  const spaced = whole !== before;
  if (after.length !== 3 || whole === '' || whole.startsWith('0') || whole.length > 3 || spaced) {
    return result(value, asDecimal);
  }
  const thousand = decimal(whole + after);
  if (!value || !thousand) return undefined;
  return notation === asThousands ? { value: thousand, other: value } : { value, other: thousand };
}

/** Thousands, or as in India pairs of digits before the last three: `2,15,000`. */
const isInThousands = (text: string, sign: '.' | ','): boolean =>
  sign === '.' ? /^\d{1,3}(?:\.\d{3})+$/.test(text) : /^(?:\d{1,3}|\d{1,2}(?:,\d\d)+)(?:,\d{3})+$/.test(text);

/** Digits without spaces and apostrophes between thousands; undefined if these stand elsewhere. */
function withoutGroups(text: string): string | undefined {
  if (/^\d*$/.test(text)) return text;
  const even = text.replace(/\s/g, ' ');
  return GROUPS.test(even) ? even.replace(/\D/g, '') : undefined;
}

/** Notation that texts show: undefined if none, `mixed` if both. */
export function notationOf(texts: Iterable<string>): Notation | 'mixed' | undefined {
  const seen = new Set<Notation>();
  for (const text of texts) {
    const evidence = numberIn(text)?.evidence;
    if (evidence) seen.add(evidence);
  }
  return seen.size === 2 ? 'mixed' : [...seen][0];
}
