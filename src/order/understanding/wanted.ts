import { decimal, decimalText, type Decimal } from './decimal';
import { isNotWanted } from './lexicon/conditions';
import { factLabelOf } from './lexicon/facts';
import { rowLabelOf } from './lexicon/labels';
import { leadingNumber, wordNumber } from './lexicon/number-words';
import { numberIn, type Notation } from './numbers';
import { collapseSpaces, plainWords } from './text';
import { isMeasure, unitCode } from './units';

/** An article that a text orders: `10 bags calf nuts`, `tonic - 4 cases`. */
export interface Wanted {
  quantity: Decimal;
  unit?: string;
  description: string;
  /** it is half of a pack, which a seller may not split */
  split: boolean;
  /** the words do not say how many: `a couple of` */
  vague?: boolean;
  /** a code that the text begins with: `réf. 51007 : 2 x lamp` */
  code?: string;
  price?: Decimal;
}

export const lettersIn = (text: string): number => (text.match(/\p{L}/gu) ?? []).length;

export const AMOUNT = '(\\d+\\s*[/⁄]\\s*\\d+|\\d+\\s*[½¼¾]|[½¼¾]|\\d{1,3}(?:[.\\s]\\d{3})+|\\d+(?:[.,]\\d+)?)';
const LEADING = new RegExp(`^${AMOUNT}\\s*(?:([x×*])\\s*)?(?=[\\s\\p{L}\\d(“"'])(.+)$`, 'iu');
const TRAILING = new RegExp(
  `^(.+?)(\\s+[-–—]\\s*|\\s*[:=]\\s*|\\s+[x×]\\s*|\\s+)${AMOUNT}\\s*[x×]?\\s*(\\p{L}[\\p{L}.]*)?\\s*$`,
  'iu',
);
const BULLET = /^[\s\-–—•*·>]+|^\(?[a-z\d]\)\s+/i;
export const CHAT = /^\[?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s+\d{1,2}:\d{2}(?::\d{2})?\]?\s*(?:-\s*)?[^:]{2,40}:\s*/;
const OF = /^(?:of|de|du|des|d’|d'|di|del|della|von|van|da|do|av|af|the|les?|la)\s*(?:the\s+|la\s+|les?\s+)?/iu;
const STREET =
  /^(?:bis\s+|ter\s+)?(?:rue|av|avenue|boulevard|bd|allee|chemin|place|route|quai|impasse|road|street|st|lane|way|drive|close|court|via|viale|piazza|corso|calle|avenida|plaza|strasse|weg|platz|gasse|laan|straat|plein|rua|travessa|largo|ulica|ul)\b|\b(?:road|street|lane|avenue|drive|strasse|straat|vej|gatan)\b/;
/** A sum of money, an address, a telephone number, a time. */
export const NO_ARTICLE = /@|https?:|\d{1,2}:\d{2}\b|(?:\+|\b0)\d[\d\s.()-]{7,}|\?\s*$/;
const LONGEST = 90;
const MOST_WORDS = 12;

/** Number in a text such as `2`, `1/2`, `½`, `2,5`. */
export function amountIn(text: string, notation?: Notation): Decimal | undefined {
  const whole = /^(\d+)\s*([½¼¾])$/.exec(text);
  if (whole) return decimal(String(Number(whole[1]) + (wordNumber(whole[2] ?? '') ?? 0)));
  const part = /^(\d+)\s*[/⁄]\s*(\d+)$/.exec(text);
  if (part) {
    const value = Number(part[1]) / Number(part[2]);
    return value > 0 && value < 1 ? decimal(String(Math.round(value * 1e6) / 1e6)) : undefined;
  }
  const word = wordNumber(text);
  if (word !== undefined) return decimal(String(word));
  const read = numberIn(text, notation);
  return read && (!read.other || notation) && read.rest === undefined ? read.value : undefined;
}

/** A code in brackets behind a name: `Moka Sidamo 1 kg (réf 4410)`. */
export const CODED =
  /\s*\(?\b(?:r[ée]f(?:[ée]rence)?|ref|art(?:ikel)?(?:[ -]?n[ro])?|code|item|sku|c[óo]digo|codice|cod|best(?:ell)?[ -]?nr|varenr|kod)\b\.?\s*(?:n[°o]\.?|nr\.?|no\.?)?\s*:?\s*((?=\S*\d)[\p{L}\d][\p{L}\d./-]{2,20})\)?\s*$/iu;

/** A price behind an article: `à 27,90 € le carton`. */
const PRICED =
  /\s+(?:à|at|@|a|zu|für|por|voor|po)\s*(\d[\d.,]*)\s*(?:€|eur|euros?|£|gbp|\$|chf|zł)\s*(?:(?:\/|le|la|l['’]|pro|per|je|each|al|el|por|za)\s*\p{L}*)?$/iu;
/** `Ref. 51007: ` before an article. */
const LEADING_CODE =
  /^(?:r[ée]f(?:[ée]rence)?|art(?:ikel)?(?:[ -]?n[ro])?|code|item|sku|c[óo]d(?:igo)?|codice|best(?:ell)?[ -]?nr|varenr|kod)\b\.?\s*(?:n[°o]\.?|nr\.?|no\.?)?\s*:?\s*((?=\S*\d)[\p{L}\d][\p{L}\d./-]{2,20})\s*[:–—-]\s*(\S.*)$/iu;
/** A name, and how many behind a comma: `masks FFP2, 5 boxes of 20`. */
const BEHIND = new RegExp(
  `^(.{3,}?),\\s*${AMOUNT}\\s*(\\p{L}[\\p{L}.]*)(?:\\s+(?:de|of|à|a|von|di|da|van|je|po|zu)\\s+\\d+\\s*\\p{L}{0,8})?\\s*$`,
  'iu',
);

/** Article that a text orders; undefined if it is no such text. */
export function wantedIn(raw: string, notation?: Notation): Wanted | undefined {
  const text = collapseSpaces(raw.replace(CHAT, '').replace(BULLET, ''));
  if (text.length > LONGEST || text.split(' ').length > MOST_WORDS || NO_ARTICLE.test(text)) return undefined;
  if (isNotWanted(text)) return undefined;
  const [tail, figure = ''] = PRICED.exec(text) ?? [];
  const price = numberIn(figure, notation);
  if (tail !== undefined && price && !price.other) {
    const wanted = wantedIn(text.slice(0, -tail.length), notation);
    return wanted && { ...wanted, price: price.value };
  }
  const [, before, rest] = LEADING_CODE.exec(text) ?? [];
  if (before !== undefined && rest !== undefined) {
    const wanted = wantedIn(rest, notation);
    return wanted && { ...wanted, code: before };
  }
  const [, vague] = VAGUE.exec(text) ?? [];
  if (vague !== undefined) return article({ units: 2n, scale: 0 }, vague.replace(OF, ''), false, true);
  return leading(text, notation) ?? trailing(text, notation);
}

function leading(text: string, notation?: Notation): Wanted | undefined {
  const match = LEADING.exec(text);
  if (match) return article(amountIn(match[1] ?? '', notation), match[3] ?? '', match[2] !== undefined);
  const words = text.split(' ');
  const word = leadingNumber(words);
  if (!word) return undefined;
  const rest = words.slice(word.words).join(' ');
  // `a` and `one` count only before a pack
  if (unitBefore(rest) === undefined) return undefined;
  return article(decimal(String(word.value)), rest, false);
}

function trailing(text: string, notation?: Notation): Wanted | undefined {
  const behind = BEHIND.exec(text);
  const count = amountIn(behind?.[2] ?? '', notation);
  if (behind?.[1] && behind[3] && count && count.units > 0n && unitCode(behind[3]) !== undefined && named(behind[1]))
    return { quantity: count, description: behind[1].trim(), split: false, unit: behind[3] };
  const [, name = '', between = '', number = '', unit] = TRAILING.exec(text) ?? [];
  const quantity = amountIn(number, notation);
  if (!quantity || quantity.units <= 0n) return undefined;
  const code = unit === undefined ? undefined : unitCode(unit);
  const said = between.trim() !== '';
  // a measure behind a name is its size
  const short = unit !== undefined && said && unit.length <= 6;
  if (unit !== undefined ? (code === undefined && !short) || (!said && isMeasure(code ?? '')) : !said) return undefined;
  return named(name) ? { quantity, description: name.trim(), split: false, ...(unit ? { unit } : {}) } : undefined;
}

/** Unit at the beginning of a text, with the number of its letters. */
function unitBefore(text: string): string | undefined {
  const words = text.split(' ');
  return [2, 1].map((count) => words.slice(0, count).join(' ')).find((each) => unitCode(each) !== undefined);
}

/** A few, which may be two: `un par de cajas`, `a couple of boxes`. */
const VAGUE =
  /^(?:a couple(?: of)?|un par de|un paio di|ein paar|een paar|um par de|une paire de|quelques|a few|some|einige|unos|unas|alcuni|alcune|enkele|alguns|algumas|kilka|parę|några|par|nogle)\s+(.+)$/iu;

function article(quantity: Decimal | undefined, rest: string, counted: boolean, vague = false): Wanted | undefined {
  if (!quantity || quantity.units <= 0n) return undefined;
  const unit = counted ? undefined : unitBefore(rest);
  const bare = (unit === undefined ? rest : rest.slice(unit.length).trim().replace(OF, '')).trim();
  // `6 cans 5 L soap`: what a pack holds belongs behind the name
  const [code = ''] = CODED.exec(bare) ?? [];
  const [, size, after] = (unit === undefined ? undefined : SIZED.exec(bare.slice(0, bare.length - code.length))) ?? [];
  const name = size === undefined ? bare : `${after ?? ''} ${size}${code}`;
  if (!named(name)) return undefined;
  const split = unit !== undefined && !isMeasure(unitCode(unit) ?? '') && (decimalText(quantity) ?? '').includes('.');
  // `a couple of` anything but packs is a manner of speaking
  if (vague && unit === undefined) return undefined;
  return { quantity, description: name, split, ...(unit === undefined ? {} : { unit }), ...(vague ? { vague } : {}) };
}

/** Whether a text can name an article. */
export function named(text: string): boolean {
  const plain = plainWords(text);
  if (lettersIn(text) < 3 && !/^[\d-]{5,}$/.test(text)) return false;
  const label = rowLabelOf(text);
  return !STREET.test(plain) && factLabelOf(text) === undefined && !label?.whole && !/[!?]|:$/.test(text.trim());
}

/** A measure before a name. */
const SIZED = /^(\d+(?:[.,]\d+)?\s?(?:l|cl|ml|kg|g|m|cm|mm))\s+(?:de |d['’]|of |di )?(\p{L}.*)$/iu;
