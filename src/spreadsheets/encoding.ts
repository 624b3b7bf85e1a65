import { refusal } from './refusals';

export interface Decoded {
  text: string;
  /** name of the encoding if the letters alone told it */
  told?: string;
  /** offsets in the text of letters that were read from bytes that do not fit the file's encoding */
  odd: number[];
}

function signs(...codes: number[]): string {
  return String.fromCharCode(...codes);
}

/** Letters of Windows-1252 between 0x80 and 0x9F, for which Node's decoder gives control characters. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Signs of which a program has kept the lower half of their number alone: the byte 0x19 was `’`, U+2019. */
const HALVED = new RegExp(`(?<=[\\p{L}\\d\\s])[${signs(0x13, 0x14, 0x18, 0x19, 0x1c, 0x1d)}](?=[\\p{L}\\d\\s])`, 'gu');

/** Decodes a text file, and gives back the signs that lost half of their number. */
export function decode(bytes: Buffer): Decoded {
  const { text, told, odd } = decodeWhole(bytes);
  const found = [...text.matchAll(HALVED)].map(({ index }) => index);
  if (found.length === 0) return { text, told, odd };
  const whole = text.replace(HALVED, (letter) => String.fromCharCode(0x2000 + letter.charCodeAt(0)));
  return { text: whole, told, odd: [...odd, ...found].sort((a, b) => a - b) };
}

/** Decodes a text file: by its mark, as UTF-8 or UTF-16 without one, else by what its letters are likeliest to be. */
function decodeWhole(bytes: Buffer): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), odd: [] };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), odd: [] };
  const wide = wideEncoding(bytes);
  if (wide) return { text: new TextDecoder(wide).decode(bytes), odd: [] };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), odd: [] };
  } catch {
    return nearlyUtf8(bytes) ?? byLetters(bytes);
  }
}

/** UTF-16 without a mark: every other byte of ordinary letters, digits and separators is zero. */
export function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const zeros = [0, 0];
  const seen = Math.min(bytes.length, 8_192);
  for (let at = 0; at < seen; at += 1) if (bytes[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (even + odd < Math.max(4, 0.05 * seen)) return undefined;
  if (odd > 20 * even) return 'utf-16le';
  return even > 20 * odd ? 'utf-16be' : undefined;
}

/** UTF-8 with a few stray bytes, which are read as Windows-1252; undefined if too few letters are UTF-8. */
function nearlyUtf8(bytes: Buffer): Decoded | undefined {
  let text = '';
  let [start, good] = [0, 0];
  const odd: number[] = [];
  const take = (end: number) => {
    text += bytes.toString('utf8', start, end);
  };
  for (let at = 0; at < bytes.length;) {
    const length = sequenceAt(bytes, at);
    if (length > 1) good += 1;
    if (length === 0) {
      if (odd.length > 1 + good / 5) return undefined;
      take(at);
      odd.push(text.length);
      text += letter1252(bytes[at] ?? 0);
      start = at + 1;
    }
    at += Math.max(1, length);
  }
  take(bytes.length);
  return good >= 2 && odd.length <= 1 + good / 5 ? { text, odd } : undefined;
}

/** Bytes of the UTF-8 letter at a place; 0 if there is none. */
function sequenceAt(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (length === 0 || first >= 0xf5) return 0;
  for (let next = at + 1; next < at + length; next += 1) if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

const letter1252 = (byte: number): string =>
  byte >= 0x80 && byte < 0xa0 ? (WINDOWS_1252[byte - 0x80] ?? '') : String.fromCharCode(byte);

function decode1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\u0080-\u009f]/g, (letter) => letter1252(letter.charCodeAt(0)));
}

interface Candidate {
  name: string;
  decode(bytes: Buffer): string;
  /** letters that its languages use, and the commonest of them */
  letters: RegExp;
  common: RegExp;
  /** headings in its languages that only it spells right */
  words: RegExp;
}

const named = (name: string) => (bytes: Buffer) => new TextDecoder(name).decode(bytes);

/** Letters and headings of Polish, Czech, Slovak and Hungarian, which two encodings spell. */
const CENTRAL = /[ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽőűŐŰöüÖÜäôľĺŕ]/;
const CENTRAL_COMMON = /[ąćęłńśżčěřšžůőű]/;
const CENTRAL_WORDS =
  /ilość|wartość|śruba|zamówien|množstv|název|zboží|označení|količin|šifra|mennyiség|megnevezés|cikkszám|egységár|množstvo/i;
/** Letters that no language has both of: Polish and Czech ones, Slovak and Czech ones, Nordic ones and Italian ones within a word. */
const APART: readonly [RegExp, RegExp][] = [
  [/[ąęłśźżĄĘŁŚŹŻ]/g, /[ěřůĚŘŮ]/g],
  [/[ľĺŕĽ]/g, /[ěřůĚŘŮ]/g],
  [/[øåæØÅÆ]/g, /[ìòÌÒ](?=\p{L})/gu],
];

/** Encodings of spreadsheet programs, the commonest first. */
const candidates: readonly Candidate[] = [
  {
    name: 'windows-1252',
    decode: decode1252,
    letters: /[àâäáãåæçèéêëìíîïñòóôöõøœùúûüÿßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜ]/,
    common: /[éèêàçüöäßñãåøæ]/,
    words:
      /désignation|quantité|référence|libellé|qté|pièce|größe|stück|straße|für|descripción|código|artículo|descrição|preço|referência|quantità|città|beställning|antal på/i,
  },
  {
    name: 'windows-1250',
    decode: named('windows-1250'),
    letters: CENTRAL,
    common: CENTRAL_COMMON,
    words: CENTRAL_WORDS,
  },
  {
    name: 'iso-8859-2',
    decode: named('iso-8859-2'),
    letters: CENTRAL,
    common: CENTRAL_COMMON,
    words: CENTRAL_WORDS,
  },
  {
    name: 'windows-1254',
    decode: named('windows-1254'),
    letters: /[çğıöşüÇĞİÖŞÜâî]/,
    common: /[ğış]/,
    words: /sipariş|açıklama|ürün|miktarı|fiyatı/i,
  },
  {
    name: 'windows-1251',
    decode: named('windows-1251'),
    letters: /[\u0400-\u045f]/,
    common: /[оеаинтсрвл]/i,
    words: /артикул|наименование|количество|кол-во|цена|заказ|сумма|кількість|назва|ціна/i,
  },
  {
    name: 'windows-1253',
    decode: named('windows-1253'),
    letters: /[\u0386-\u03ce]/,
    common: /[αοιετνσηρπκ]/i,
    words: /κωδικός|περιγραφή|ποσότητα|τιμή|είδος/i,
  },
  {
    name: 'macintosh',
    decode: named('macintosh'),
    letters: /[àâäéèêëîïôöùûüçßñáíóúåøæœ]/i,
    common: /[éèêàçüöäßñ]/,
    words: /désignation|quantité|référence|qté|größe|stück|descripción|descrição/i,
  },
  {
    name: 'shift_jis',
    decode: named('shift_jis'),
    letters: /[\u3040-\u30ff\u4e00-\u9fff]/,
    common: /[\u3040-\u30ff]/,
    words: /品番|品名|数量|単価|金額|商品/,
  },
  {
    name: 'gb18030',
    decode: named('gb18030'),
    letters: /[\u4e00-\u9fff]/,
    common: /[的一是号名数量价格品货单]/,
    words: /数量|单价|编号|名称|货号|金额|品名/,
  },
];
const MANY_BYTES = /^(?:shift_jis|gb18030)$/;
/** The best encoding has to lead the next by this share of its points; the commonest one is believed a little more. */
const LEAD = 0.12;
const COMMONEST = 1.3;
/** Points for a heading that is spelt right. */
const WORD = 8;
/** Points against a letter of another language. */
const MIXED = 3;
const LOOK_AT = 64 * 1024;

/** Text in the 8-bit encoding whose letters make the best words. Refuses the file if two fit as well. */
function byLetters(bytes: Buffer): Decoded {
  const head = bytes.subarray(0, LOOK_AT);
  const ranked = candidates
    .map((candidate) => ({ candidate, points: pointsOf(candidate, candidate.decode(head)) }))
    .sort((a, b) => b.points - a.points);
  const [first, second] = ranked;
  if (!first || first.points <= 0 || (second && second.points > first.points * (1 - LEAD) && differ(first, second)))
    throw refusal.unknownEncoding();
  const { name, decode: read } = first.candidate;
  return { text: read(bytes), odd: [], ...(name === 'windows-1252' ? {} : { told: name }) };
  function differ(a: { candidate: Candidate }, b: { candidate: Candidate }): boolean {
    return a.candidate.decode(head) !== b.candidate.decode(head);
  }
}

/** Words with letters beyond ASCII: fitting letters count for an encoding, signs and capitals inside words against it. */
function pointsOf({ name, letters, common, words }: Candidate, text: string): number {
  let points = words.test(text) ? WORD : 0;
  const count = (of: RegExp) => text.match(of)?.length ?? 0;
  for (const [one, other] of APART) points -= MIXED * Math.min(count(one), count(other));
  for (const [word] of text.matchAll(/[^\s"';,|\t()]*[^\p{ASCII}][^\s"';,|\t()]*/gu)) {
    const foreign = [...word].filter((letter) => letter.charCodeAt(0) > 0x7f);
    const latin = !MANY_BYTES.test(name) && !/[\u0370-\u045f]/.test(word);
    for (const letter of foreign) {
      if (/[\u0080-\u009f\ufffd]/.test(letter)) points -= 4;
      else if (letters.test(letter)) points += (MANY_BYTES.test(name) ? 1.5 : 1) + (common.test(letter) ? 0.5 : 0);
      else if (/\p{L}/u.test(letter)) points -= 0.5;
      else if (/[€£’‘“”–—…•°«»®™²³µ½¼¾×\u00a0·§º ª]/.test(letter)) points += 0.5;
      else points -= 0.5;
    }
    // accents are rare in a word of Latin letters, signs and capitals do not stand within one
    if (latin && word.length >= 3 && foreign.filter((letter) => /\p{L}/u.test(letter)).length > 0.6 * word.length)
      points -= 2 * foreign.length;
    if (/\p{Ll}[^\P{Lu}A-Z]/u.test(word)) points -= 4;
    if (/^[©®]\p{Ll}/u.test(word)) points -= 4;
    if (/\p{L}[^\p{L}\p{N}\p{P}\s€®™²³]\p{L}/u.test(word)) points -= 2;
    if (/[a-z]/.test(word) && /[\u0370-\u045f\u4e00-\u9fff]/.test(word)) points -= 6;
    if (/\p{L}[¶¦¬¤¨¸¯´]|[¶¦¬¤¨¸¯´]\p{L}|\p{L}[¹²³¼½¾]\p{Ll}/u.test(word)) points -= 4;
    if (/\d[^\P{L}\p{ASCII}\p{Lo}]|(?:^|\P{L})[^\P{L}\p{ASCII}\p{Lo}]\d/u.test(word)) points -= 2;
  }
  return name === 'windows-1252' && points > 0 ? COMMONEST * points : points;
}
