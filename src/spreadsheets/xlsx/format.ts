/** A token of a format, which has up to four sections: positive, negative, zero, text. */
export type Token =
  | { is: 'literal'; text: string }
  | { is: 'place'; mark: string }
  | { is: 'point' | 'comma' | 'percent' | 'exponent' | 'slash' | 'general' | 'text' | 'condition' }
  | { is: 'part'; letter: string; elapsed: boolean };

/** Meaning of a number in a format. `either`: a time below one day, a date from there on. */
export type Meaning = 'number' | 'date' | 'time' | 'either' | 'text';

export interface Format {
  meaning: Meaning;
  sections: Token[][];
}

/** Parses the code of a format, such as `[$-409]d-mmm-yy;@`. Never throws. */
export function parseFormat(code: string): Format {
  const sections = sectionsOf(code);
  return { meaning: meaningOf(sections[0] ?? []), sections };
}

function sectionsOf(code: string): Token[][] {
  const sections: Token[][] = [[]];
  const add = (token: Token) => sections.at(-1)?.push(token);
  for (let at = 0; at < code.length;) {
    const rest = code.slice(at, at + 300);
    const letter = code.charAt(at);
    const [word] = /^(General|Standard|AM\/PM|A\/P|"[^"]*"?|\\.?|\[[^\]]*\]?|[_*].?|E[+-]|([ymdhsegb])\2*)/i.exec(
      rest,
    ) ?? [letter];
    at += word.length;
    if (letter === ';') sections.push([]);
    else if (word.length > 1 && /^(general|standard)$/i.test(word)) add({ is: 'general' });
    else if (letter === '"') add({ is: 'literal', text: word.replaceAll('"', '') });
    else if (letter === '\\') add({ is: 'literal', text: word.slice(1) });
    else if (letter === '_') add({ is: 'literal', text: ' ' });
    else if (letter === '*') continue;
    else if (letter === '[') addBracket(word.slice(1, -1), add);
    else if (/^(am\/pm|a\/p)$/i.test(word)) add({ is: 'part', letter: 'a', elapsed: false });
    else if (/^E[+-]$/i.test(word)) add({ is: 'exponent' });
    else if (/^[ymdhsegb]/i.test(word)) add({ is: 'part', letter: letter.toLowerCase(), elapsed: false });
    else if (/[0#?]/.test(letter)) add({ is: 'place', mark: letter });
    else if (letter === '.') add({ is: 'point' });
    else if (letter === ',') add({ is: 'comma' });
    else if (letter === '%') add({ is: 'percent' });
    else if (letter === '/') add({ is: 'slash' });
    else if (letter === '@') add({ is: 'text' });
    else add({ is: 'literal', text: letter });
  }
  return sections;
}

/**
 * Adds a bracket: `[h]` counts hours, `[$€-40C]` is a sign and a language, `[>100]` a condition, `[Red]` only looks.
 */
function addBracket(inside: string, add: (token: Token) => void): void {
  if (/^(h+|m+|s+)$/i.test(inside)) add({ is: 'part', letter: inside.charAt(0).toLowerCase(), elapsed: true });
  else if (/^[<>=]/.test(inside)) add({ is: 'condition' });
  else if (inside.startsWith('$')) {
    const [, sign = '', locale = ''] = /^\$(.*?)(?:-([0-9A-Fa-f]*))?$/.exec(inside) ?? [];
    if (sign !== '') add({ is: 'literal', text: moneySign(sign, locale) });
  }
}

/** Countries whose currencies share a sign, by the locale of the format. */
const countries: Record<string, Record<string, string>> = {
  $: {
    ...{ '1009': 'CA$', C0C: 'CA$', C09: 'A$', '1409': 'NZ$', '4809': 'SGD', '80A': 'MX$', C04: 'HK$', '404': 'NT$' },
    ...{ '2C0A': 'ARS', '340A': 'CLP', '240A': 'COP', '416': 'R$' },
  },
  kr: { '41D': 'SEK', '81D': 'SEK', '406': 'DKK', '414': 'NOK', '814': 'NOK', '40F': 'ISK' },
  '¥': { '411': 'JPY', '804': 'CNY' },
};

const moneySign = (sign: string, locale: string): string =>
  countries[sign.toLowerCase().replace('.', '')]?.[locale.toUpperCase().replace(/^0+/, '')] ?? sign;

/**
 * Meaning of a section: `m` is minutes next to hours or seconds, else months; digits are a number, or part of a second.
 */
function meaningOf(section: Token[]): Meaning {
  const parts: { letter: string; elapsed: boolean }[] = [];
  let inSeconds = false;
  for (const token of section) {
    if (token.is === 'place' && !inSeconds) return 'number';
    if (token.is === 'general' || token.is === 'exponent') return 'number';
    if (token.is === 'part') parts.push(token);
    if (token.is !== 'place' && token.is !== 'point') inSeconds = token.is === 'part' && token.letter === 's';
  }
  if (parts.length === 0) return section.some(({ is }) => is === 'text') ? 'text' : 'number';
  const isDate = parts.some(({ letter, elapsed }, index) => {
    if ('ydegb'.includes(letter)) return true;
    if (letter !== 'm' || elapsed) return false;
    return parts[index - 1]?.letter !== 'h' && parts[index + 1]?.letter !== 's';
  });
  return isDate ? 'date' : 'time';
}

/**
 * Formats that a file only names by number. 5 to 8 and 41 to 44 have no currency sign here, because it depends on the
 * computer that opens the file. 27 to 36 and 50 to 58 differ between China, Japan and Korea.
 */
const builtin: Record<number, string> = {
  ...{ 1: '0', 2: '0.00', 3: '#,##0', 4: '#,##0.00', 5: '#,##0', 6: '#,##0', 7: '#,##0.00', 8: '#,##0.00' },
  ...{ 9: '0%', 10: '0.00%', 11: '0.00E+00', 12: '# ?/?', 13: '# ??/??', 14: 'm/d/yyyy', 15: 'd-mmm-yy', 16: 'd-mmm' },
  ...{ 17: 'mmm-yy', 18: 'h:mm AM/PM', 19: 'h:mm:ss AM/PM', 20: 'h:mm', 21: 'h:mm:ss', 22: 'm/d/yyyy h:mm' },
  ...{ 32: 'h:mm', 33: 'h:mm:ss', 37: '#,##0', 38: '#,##0', 39: '#,##0.00', 40: '#,##0.00', 41: '#,##0', 42: '#,##0' },
  ...{ 43: '#,##0.00', 44: '#,##0.00', 45: 'mm:ss', 46: '[h]:mm:ss', 47: 'mm:ss.0', 48: '##0.0E+0', 49: '@' },
  ...{ 59: '0', 60: '0.00', 61: '#,##0', 62: '#,##0.00', 67: '0%', 68: '0.00%', 69: '# ?/?', 70: '# ??/??' },
  ...{ 75: 'h:mm', 76: 'h:mm:ss', 77: 'd/m/yyyy h:mm', 78: 'mm:ss', 79: '[h]:mm:ss', 80: 'mm:ss.0', 81: 'd/m/yyyy' },
};

/** Format for a number that the file does not define. */
export function builtinFormat(id: number): Format {
  const code = builtin[id];
  if (code !== undefined) return parseFormat(code);
  if ([34, 35, 55, 56].includes(id)) return { meaning: 'either', sections: [] };
  const isDate = (id >= 27 && id <= 36) || (id >= 50 && id <= 58) || (id >= 71 && id <= 74);
  return isDate ? { meaning: 'date', sections: [] } : general;
}

export const general: Format = { meaning: 'number', sections: [] };
