import type { Language } from '../../schemas/language';
import { decimalsOf } from './currency';

/** Numbers for people: `1,234.50` in English, `1 234,50` with a narrow no-break space in French. */
export interface Format {
  /** at most `most` decimals, no trailing zeros */
  number(value: number, most?: number): string;
  money(value: number, currency: string): string;
  percent(value: number): string;
  hours(minutes: number): string;
  months(value: number): string;
}

const NARROW = '\u202f';
const symbols: Record<string, string> = { EUR: '€', USD: '$', GBP: '£', JPY: '¥' };

export function formatIn(language: Language): Format {
  const french = language === 'fr';
  const fixed = (value: number, decimals: number) => {
    const [whole = '', part = ''] = Math.abs(value).toFixed(decimals).split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, french ? NARROW : ',');
    const negative = value < 0 && Number(value.toFixed(decimals)) !== 0;
    return `${negative ? '−' : ''}${grouped}${part && `${french ? ',' : '.'}${part}`}`;
  };
  const number = (value: number, most = 2) => {
    let decimals = most;
    while (decimals > 0 && Number(value.toFixed(decimals)) === Number(value.toFixed(decimals - 1))) decimals -= 1;
    return fixed(value, decimals);
  };
  return {
    number,
    money(value, currency) {
      const digits = fixed(value, decimalsOf(currency));
      const symbol = symbols[currency];
      if (french) return `${digits}${NARROW}${symbol ?? currency}`;
      if (!symbol) return `${currency} ${digits}`;
      return digits.startsWith('−') ? `−${symbol}${digits.slice(1)}` : `${symbol}${digits}`;
    },
    percent: (value) => (french ? `${fixed(value, 1)}${NARROW}%` : `${fixed(value, 1)}%`),
    months: (value) => `${number(value, 1)} ${french ? 'mois' : value === 1 ? 'month' : 'months'}`,
    hours: (minutes) => `${number(minutes / 60, 1)} h`,
  };
}

/** Row numbers for people: `3–7, 12, 40`; at most `most` of them, then how many more. */
export function rowsInWords(rows: readonly number[], language: Language, most = 12): string {
  if (rows.length === 0) return language === 'fr' ? 'aucune' : 'none';
  const spans: [number, number][] = [];
  for (const row of rows) {
    const last = spans.at(-1);
    if (last && row === last[1] + 1) last[1] = row;
    else spans.push([row, row]);
  }
  const shown = spans.slice(0, most);
  const words = shown.map(([from, to]) =>
    from === to ? `${from}` : to === from + 1 ? `${from}, ${to}` : `${from}–${to}`,
  );
  const more = rows.length - shown.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  if (more <= 0) return words.join(', ');
  return `${words.join(', ')} ${andMore(more, language)}`;
}

export function andMore(more: number, language: Language): string {
  return language === 'fr' ? `et ${more} ${more === 1 ? 'autre' : 'autres'}` : `and ${more} more`;
}

/** The first `most` characters, never cutting one in half. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '');
  return `${cut.trimEnd()}…`;
}

/** Shortens a name, which comes from a cell and may be long. */
export function shortName(name: string): string {
  return shorten(name, 60);
}

/** Text from a cell as one line that every program can show: no control or direction characters, whole code points. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u202a-\u202e\u2066-\u2069\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/(?:(?![\u00a0\u202f])\s|\p{Cc})+/gu, ' ')
    .trim();
}
