/** Makes whitespace of every kind single spaces, and trims. */
export const collapseSpaces = (text: string): string =>
  text
    .replace(/[\u200b-\u200d\u2060]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

const LETTERS: Record<string, string> = {
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  đ: 'd',
  '№': 'no',
  '°': 'o',
};

/**
 * Words of a heading or label in the form of the lexicons: lower case, no accents, no punctuation, single spaces;
 * `unit_price`, `unitPrice` and `Unit-Price` are the same.
 */
export function plainWords(text: string): string {
  const begin = text.slice(0, 200);
  if (/^[ -~\s]*$/.test(begin)) {
    return begin
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .replace(/[^a-z0-9%#$]+/g, ' ')
      .trim();
  }
  return begin
    .normalize('NFKC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/[ßłøæœıđ№°]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/[^\p{L}\p{N}\p{M}%#€$£]+/gu, ' ')
    .trim();
}

/** Whether a text is in a script without spaces between words. */
export const isIdeographic = (text: string): boolean => /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/.test(text);

/** Name of a column: 1 is `A`, 27 is `AA`. */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

/** Number of a column by its name, which is letters in any case. */
export const columnNumber = (name: string): number =>
  [...name.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
