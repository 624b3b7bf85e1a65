import type { Language } from '../../schemas/language';

/** A word of a text, folded (lower case, no accents) for comparison, with its place for quotation. */
export interface Word {
  folded: string;
  from: number;
  to: number;
}

export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae');
}

export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu))
    words.push({ folded: fold(match[0]), from: match.index, to: match.index + match[0].length });
  return words;
}

const english = new Set(
  'the and to of for with from by is are was were into that which who they because before after their then when every each between has have not it its this be at or an until about'.split(
    ' ',
  ),
);
const french = new Set(
  'le la les l des de du d et pour avec dans par sur un une est sont aux au en que qui qu avant apres leur puis quand chaque entre ce cette ces ne pas ou sa ses chez vers plusieurs'.split(
    ' ',
  ),
);
const glue = new Set([
  ...'a i on in as up out off so we our my your his her he she you us all again'.split(' '),
  ...'car son y se nous vous il elle ils on c s n m t j'.split(' '),
]);

/** Language of a text by its small words; undefined if they do not decide. */
export function languageOf(words: readonly Word[]): Language | undefined {
  let balance = 0;
  for (const { folded } of words) {
    if (english.has(folded)) balance += 1;
    if (french.has(folded)) balance -= 1;
  }
  return balance > 0 ? 'en' : balance < 0 ? 'fr' : undefined;
}

/**
 * Content words of a text, for comparison with others: small words left out, plurals and the commonest endings cut,
 * anything with a digit (a date, an order number) counted as `#`.
 */
export function contentWords(words: readonly Word[]): Set<string> {
  const content = new Set<string>();
  for (const { folded } of words) {
    if (/\d/.test(folded)) content.add('#');
    else if (!english.has(folded) && !french.has(folded) && !glue.has(folded)) content.add(stem(folded));
  }
  return content;
}

/** A light stemmer in the manner of Harman's S-stemmer (1991), with the commonest verb endings of both languages. */
function stem(word: string): string {
  if (word.length <= 4) return word.replace(/(?<=[^s])s$/, '');
  return word
    .replace(/(?:ies)$/, 'y')
    .replace(/(?<=[^su])s$|x$/, '')
    .replace(/(?<=.{3})(?:ing|ed|er|ez|ee|e)$/, '');
}
