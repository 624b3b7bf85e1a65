import { weekdays } from './lexicon/weekdays';
import { plainWords } from './text';

/** Order of day and month in a date such as `03/04/2024`. */
export type DayOrder = 'day_first' | 'month_first';

export interface DateText {
  /** `YYYY-MM-DD` */
  day: string;
  /** the same with day and month exchanged, if both are possible and the order is unknown */
  other?: string;
  evidence?: DayOrder;
}

const MONTHS: readonly string[] = [
  'jan|january|januar|styczen|gen|ene|jänner|janv|janvier|januar|janner|enero|ene|gennaio|gen|januari|janeiro|ocak|styczen|stycznia',
  'feb|february|fev|fevr|fevrier|februar|febrero|febbraio|februari|fevereiro|subat|luty|lutego',
  'mar|march|mars|marz|maerz|mrz|marzo|maart|mrt|marco|mart|marzec|marca',
  'apr|april|avr|avril|abril|abr|aprile|nisan|kwiecien|kwietnia',
  'may|mai|mayo|maggio|mag|mei|maio|mayis|maj|maja',
  'jun|june|juin|juni|junio|giugno|giu|junho|haziran|czerwiec|czerwca',
  'jul|july|juil|juillet|juli|julio|luglio|lug|julho|temmuz|lipiec|lipca',
  'aug|august|aou|aout|agosto|ago|augustus|agustos|sierpien|sierpnia',
  'sep|sept|september|septembre|septiembre|settembre|set|setembro|eylul|wrzesien|wrzesnia',
  'oct|october|octobre|okt|oktober|octubre|ottobre|ott|outubro|out|ekim|pazdziernik|pazdziernika',
  'nov|november|novembre|noviembre|novembro|kasim|listopad|listopada',
  'dec|december|decembre|dez|dezember|diciembre|dic|dicembre|dezembro|aralik|grudzien|grudnia',
];
const monthNumbers = new Map(
  MONTHS.flatMap((names, index) => names.split('|').map((name): [string, number] => [name, index + 1])),
);

/** Whether a word is the name of a month. */
export const isMonth = (word: string): boolean => monthNumbers.has(plainWords(word));

/** Words of a date that are no part of it. */
const FILLERS = new Set('le|the|of|de|du|del|den|am|on|der|st|nd|rd|th|er'.split('|'));
const isFiller = (word: string): boolean => FILLERS.has(word) || weekdays.has(word);

/** The day that eight digits are: `20260316`; undefined if they are none of our time. */
export function compactDay(digits: string): string | undefined {
  const [, year, month, day] = /^(20[0-5]\d)(\d{2})(\d{2})$/.exec(digits) ?? [];
  return year === undefined ? undefined : calendarDay(Number(year), Number(month), Number(day));
}

/** Reads a day from a text; undefined if it is not one whole date. `order` decides `03/04/2024`. */
export function dateIn(text: string, order?: DayOrder): DateText | undefined {
  if (text.length > 60) return undefined;
  const trimmed = text.normalize('NFKC').trim();
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\.?(?:[T ][\d:.]{4,12}(?:Z|[+-]\d\d:?\d\d)?)?$/.exec(trimmed);
  if (iso) return asDateText(calendarDay(Number(iso[1]), Number(iso[2]), Number(iso[3])));
  const eastern = /^(\d{4})\s?[年]\s?(\d{1,2})\s?[月]\s?(\d{1,2})\s?[日]?$/.exec(trimmed);
  if (eastern) return asDateText(calendarDay(Number(eastern[1]), Number(eastern[2]), Number(eastern[3])));
  // `mar. 08/12/2026` is a Tuesday
  const bare = trimmed.replace(/^[\p{L}.]{2,14},?\s+(?=\d)/u, (word) => (isFiller(plainWords(word)) ? '' : word));
  const numeric = /^(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?[-/.]\s?(\d{4}|\d{2})(?: \d{1,2}:\d\d(?::\d\d)?)?$/.exec(bare);
  if (numeric)
    return readNumbers(Number(numeric[1]), Number(numeric[3]), fullYear(numeric[4] ?? ''), numeric[2], order);
  // `mar 01/12` is a Tuesday of some year, not the first of March 2012
  return WORD_AND_DAY.test(trimmed) ? undefined : readWords(plainWords(trimmed));
}

const WORD_AND_DAY = /^\p{L}+\.?,?\s*\d{1,2}\s?[/.]\s?\d{1,2}\.?$/u;

function readNumbers(a: number, b: number, year: number, sign: string | undefined, order?: DayOrder) {
  const [dayFirst, monthFirst] = [calendarDay(year, b, a), calendarDay(year, a, b)];
  // dates with points have the day first
  if (sign === '.' && dayFirst) return { day: dayFirst };
  if (!dayFirst || !monthFirst || dayFirst === monthFirst) {
    const day = dayFirst ?? monthFirst;
    if (!day) return undefined;
    return dayFirst === monthFirst
      ? { day }
      : { day, evidence: dayFirst ? ('day_first' as const) : ('month_first' as const) };
  }
  if (order) return { day: order === 'day_first' ? dayFirst : monthFirst };
  return { day: dayFirst, other: monthFirst };
}

/** `12 mars 2024`, `march 12th 2024`, `12 mar 24`. */
function readWords(plain: string): DateText | undefined {
  const words = plain
    .replace(/(\d)(st|nd|rd|th|er|e)\b/g, '$1')
    .split(/\s+|(?<=\d)(?=\p{L})|(?<=\p{L})(?=\d)/u)
    .filter((word) => word !== '' && !FILLERS.has(word));
  // `mar 8 décembre 2026` begins with a weekday, `mar 8 2026` with a month
  if (words.length === 4 && weekdays.has(words[0] ?? '')) words.shift();
  if (words.length !== 3) return undefined;
  const at = words.findIndex((word) => monthNumbers.has(word));
  const numbers = words.filter((_, index) => index !== at);
  const month = monthNumbers.get(words[at] ?? '');
  if (at === -1 || at === 2 || month === undefined || !numbers.every((word) => /^\d{1,4}$/.test(word)))
    return undefined;
  const [first = '', second = ''] = numbers;
  if (first.length === 4) return asDateText(calendarDay(Number(first), month, Number(second)));
  if (second.length !== 4 && second.length !== 2) return undefined;
  return asDateText(calendarDay(fullYear(second), month, Number(first)));
}

const asDateText = (day: string | undefined): DateText | undefined => (day ? { day } : undefined);

const fullYear = (text: string): number => (text.length === 2 ? 2000 + Number(text) : Number(text));

function calendarDay(year: number, month: number, day: number): string | undefined {
  if (year < 1990 || year > 2100) return undefined;
  if (month < 1 || month > 12 || day < 1) return undefined;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const longest = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day > longest ? undefined : `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Order of day and month that a date without a year shows: `12/22`. */
function shortEvidence(text: string): DayOrder | undefined {
  const [, a, b] = /^(\d{1,2})[/-](\d{1,2})$/.exec(text.trim()) ?? [];
  if (Number(b) > 12 && Number(b) <= 31 && Number(a) <= 12) return 'month_first';
  return Number(a) > 12 && Number(a) <= 31 && Number(b) <= 12 ? 'day_first' : undefined;
}

/** Order of day and month that the dates of a column show. */
export function dayOrderOf(texts: Iterable<string>): DayOrder | 'mixed' | undefined {
  const seen = new Set<DayOrder>();
  for (const text of texts) {
    const evidence = dateIn(text)?.evidence ?? shortEvidence(text);
    if (evidence) seen.add(evidence);
  }
  return seen.size === 2 ? 'mixed' : [...seen][0];
}

const STATES =
  'AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC';
const MONTH_FIRST = new RegExp(`\\b(?:${STATES}),? +\\d{5}(?:-\\d{4})?\\b|\\b(?:USA|U\\.S\\.A\\.|United States)\\b`);
const DAY_FIRST =
  /\b(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b|\b(?:United Kingdom|UK|England|Scotland|Wales|Ireland|Australia|New Zealand|NSW|VIC|QLD|India|South Africa|Singapore|Malta|France|Germany|Italy|Spain|Netherlands|Belgium|Switzerland|Austria|Portugal|Poland|Denmark|Deutschland|Italia|España|Nederland|Schweiz|Suisse|Österreich)\b/;

/** Order of day and month in the country that addresses name; undefined without one, or if they disagree. */
export function countryOrder(texts: Iterable<string>): DayOrder | undefined {
  const seen = new Set<DayOrder>();
  for (const text of texts) {
    if (MONTH_FIRST.test(text)) seen.add('month_first');
    if (DAY_FIRST.test(text)) seen.add('day_first');
  }
  return seen.size === 1 ? [...seen][0] : undefined;
}
