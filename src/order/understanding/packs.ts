import { compare, decimal, decimalText, distance, lessPercent, plus, times, type Decimal } from './decimal';
import type { PackReading, PackText, UnnumberedLine } from './line';
import { leadingNumber, wordNumber } from './lexicon/number-words';
import { numberIn, westernDigits } from './numbers';
import { isMeasure, unitCode } from './units';

const N = '(\\d+(?:[.,]\\d+)?)';
const TIMES = '\\s*(?:x|×|\\*|à|a|@)\\s*';
const OF = "(?:de|d’|d'|of|a|à|zu|je|von|da|di|van|met|por|com|con|po|om|med)";
const LETTERS = '([\\p{L}.()]+)';

const ONE = new RegExp(`^(?:x|×|\\*)\\s*${N}$|^${N}\\s*(?:x|×|\\*)$`, 'iu');
const MIXED = /^(\d+)\s+(\d)\s*[/⁄]\s*(\d+)(?:\s*(\p{L}[\p{L}.]*))?$/u;
const PRODUCT = new RegExp(`^${N}${TIMES}${N}(?:\\s*${LETTERS})?$`, 'iu');
const PACKS = new RegExp(`^${N}\\s*${LETTERS}\\s*(?:${OF}|x|×|\\*)?\\s*${N}(?:\\s*${LETTERS})?$`, 'iu');
const STATED = /^(\d+(?:[.,]\d+)?)\s*[([](.+)[)\]]$/u;
const PLUS = new RegExp(`^${N}\\s*\\+\\s*${N}(?:\\s*\\p{L}[\\p{L}\\s.]*)?$`, 'iu');
const HALF = /^(\d)\s*[/⁄]\s*(\d+)$/;

/** Reads quantities that are more than a number and a unit; undefined if the text is none. */
export function packText(text: string): PackText | undefined {
  const plain = westernDigits(text.normalize('NFKC')).trim().toLowerCase();
  if (plain.length > 60 || plain === '') return undefined;
  const one = ONE.exec(plain);
  if (one) return single(number(one[1] ?? one[2]));
  const mixed = MIXED.exec(plain);
  if (mixed) return mixedNumber(mixed);
  const stated = STATED.exec(plain);
  if (stated) return statedText(stated);
  const product = PRODUCT.exec(plain);
  if (product) return packsOf(number(product[1]), 'x', number(product[2]), product[3]);
  const packs = PACKS.exec(plain);
  if (packs && unitCode(packs[2] ?? '') !== undefined && !isMeasure(unitCode(packs[2] ?? '') ?? ''))
    return packsOf(number(packs[1]), packs[2] ?? '', number(packs[3]), packs[4]);
  const sum = PLUS.exec(plain);
  if (sum) return several([number(sum[1]), added(number(sum[1]), number(sum[2]))]);
  const pack = PACK.exec(plain);
  if (pack && isPack(pack[2] ?? '', pack[3] ?? '')) {
    const quantity = number(pack[1]);
    return quantity && { readings: [{ quantity, unit: pack[2] ?? '' }], packed: /\d/.test(pack[3] ?? '') };
  }
  const word = wordNumber(plain);
  if (word !== undefined) return single(decimal(String(word)));
  const spelt = speltOut(plain);
  if (spelt) return spelt;
  const half = HALF.exec(plain);
  if (half) return several([divided(half[1], half[2]), number(half[1])]);
  return undefined;
}

/** A number in words and what it counts: `quatre pièces`, `zwei Kisten`, `a dozen`. */
function speltOut(plain: string): PackText | undefined {
  const words = plain.split(/\s+/);
  const count = leadingNumber(words);
  const rest = words.slice(count?.words).join(' ');
  if (!count || !Number.isInteger(count.value) || !/^\p{L}[\p{L}.]{2,}$/u.test(rest) || BETWEEN.test(rest))
    return undefined;
  const quantity = decimal(String(count.value));
  return quantity && { readings: [{ quantity, unit: rest }] };
}

/** A number, a word, and more: `8 sacs (2,5 kg)`, `30 pkts`, `½ doz`. */
const PACK = new RegExp(`^(\\d\\s*[/⁄]\\s*\\d+|\\d+(?:[.,]\\d+)?)\\s*(\\p{L}[\\p{L}.]*)(?:\\s*(.*))?$`, 'iu');
const BETWEEN = /^(?:ou|or|oder|o|ó|of|à|a|to|bis|et|and|und|y|e|en|x|max|min|maxi|mini|approx|ca)$/;

/** Whether a word behind a number is a pack with at most its content behind it. */
const isPack = (word: string, rest: string): boolean => {
  if (BETWEEN.test(word)) return false;
  const code = unitCode(word);
  if (code !== undefined) return rest === '' || (!isMeasure(code) && /^(?:\(|\d|de\b|of\b|à\b|zu\b|von\b)/.test(rest));
  return word.length >= 3 && (rest === '' || /^\([^)]*\)$/.test(rest));
};

const number = (text: string | undefined): Decimal | undefined => {
  const [, part, whole] = /^(\d)\s*[/⁄]\s*(\d+)$/.exec(text ?? '') ?? [];
  if (part !== undefined) return divided(part, whole);
  const read = text === undefined ? undefined : numberIn(text);
  return read && !read.other ? read.value : undefined;
};

const single = (quantity: Decimal | undefined): PackText | undefined => quantity && { readings: [{ quantity }] };

function several(quantities: readonly (Decimal | undefined)[]): PackText | undefined {
  const readings = quantities.flatMap((quantity) => (quantity ? [{ quantity }] : []));
  return readings.length === quantities.length ? { readings } : undefined;
}

const added = (a: Decimal | undefined, b: Decimal | undefined): Decimal | undefined => a && b && plus(a, b);

const divided = (part: string | undefined, whole: string | undefined): Decimal | undefined => {
  const [a, b] = [Number(part), Number(whole)];
  return a > 0 && b > 1 && a < b ? decimal(String(Math.round((a / b) * 1e6) / 1e6)) : undefined;
};

function mixedNumber([, whole, part, all, unit]: RegExpExecArray): PackText | undefined {
  const [base, rest] = [number(whole), divided(part, all)];
  if (!base || !rest) return undefined;
  return { readings: [{ quantity: plus(base, rest), ...(unit && unitCode(unit) ? { unit } : {}) }] };
}

/** `24 (2 x 12)` says the same twice; `2 (24 pcs)` does not. */
function statedText([, whole, inside]: RegExpExecArray): PackText | undefined {
  const total = number(whole);
  const within = packText(inside ?? '');
  if (!total || !within) return undefined;
  const same = within.readings.some(({ quantity }) => compare(quantity, total) === 0);
  return same ? { readings: [{ quantity: total }] } : { readings: [{ quantity: total }, ...within.readings] };
}

/** Packs of so many, or so many pieces. A pack of a measure, `1 seau 5 kg`, is one thing. */
function packsOf(
  count: Decimal | undefined,
  pack: string,
  size: Decimal | undefined,
  unit: string | undefined,
): PackText | undefined {
  if (!count || !size) return undefined;
  const measure = unit === undefined ? undefined : unitCode(unit);
  const name = pack === 'x' ? undefined : (unitCode(pack) ?? pack);
  // `6 x 2.5kg` are six of that weight
  if (measure !== undefined && isMeasure(measure) && name === undefined)
    return { readings: [{ quantity: count }], packed: true };
  if (measure !== undefined && isMeasure(measure) && name !== undefined)
    return { readings: [{ quantity: count, unit: name }], packed: true };
  const pieces: PackReading = { quantity: times(count, size), ...(measure ? { unit: measure } : {}) };
  return { readings: [{ quantity: count, ...(name ? { unit: name } : {}) }, pieces] };
}

/** The reading with which the row multiplies; undefined unless exactly one does. */
export function provenReading(
  { readings }: PackText,
  { price, amount, percent }: UnnumberedLine,
): PackReading | undefined {
  if (!price || !amount) return undefined;
  const fitting = readings.filter(({ quantity }) => {
    const full = times(quantity, price);
    return [full, ...(percent ? [lessPercent(full, percent)] : [])].some(
      (product) => compare(distance(product, amount), { units: 1n, scale: 2 }) <= 0,
    );
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** The readings as a question: `3 (carton) or 36`. */
export function readingsText({ readings }: PackText, or: string): string {
  return readings
    .map(({ quantity, unit }) => `${decimalText(quantity) ?? ''}${unit ? ` (${unit})` : ''}`)
    .join(` ${or} `);
}
