import { dateIn, isMonth, type DayOrder } from './dates';
import { isBlank, textOf, type Grid } from './grid';
import { weekdays, weekdaysInRun } from './lexicon/weekdays';
import { plainWords } from './text';

/** What the rows above a table say about the days that its headings name. */
export interface Calendar {
  /** a day of the document, `YYYY-MM-DD` */
  near?: string;
  /** Monday of the week that the document is about */
  monday?: string;
  /** how the headings of a table write their days; the day first, unless one of them can only be read otherwise */
  order?: DayOrder;
  /** weekdays that headings side by side name by their first letters; Monday is 0 */
  weekdays?: ReadonlyMap<string, number>;
}

const NUMERIC = /^\D{0,12}(\d{1,2})[/-](\d{1,2})[/-](?:20)?\d\d$/;

/**
 * The calendar for headings that stand together: `4/6/2026 | 4/13/2026` have the month first, and `4/6/2026 | 5/4/2026`
 * as well, since they rise only so. Short names of weekdays are of the language in which they follow each other.
 */
export function calendarFor(given: Calendar, headings: readonly { text: string }[]): Calendar {
  const calendar = { ...given, weekdays: weekdaysInRun(headings.map(({ text }) => text)) };
  const days = headings.flatMap(({ text }) => {
    const [, a, b] = NUMERIC.exec(text.trim()) ?? [];
    return a === undefined ? [] : [{ first: Number(a), second: Number(b) }];
  });
  const isMonth = days.every(({ first }) => first <= 12);
  const rise = (key: (day: { first: number; second: number }) => number) =>
    days.every((day, at) => at === 0 || key(day) > key(days[at - 1] ?? day));
  const onlySo = rise(({ first, second }) => 31 * first + second) && !rise(({ first, second }) => 31 * second + first);
  const isMonthFirst = isMonth && (days.some(({ second }) => second > 12) || (days.length > 1 && onlySo));
  return isMonthFirst ? { ...calendar, order: 'month_first' } : calendar;
}

const ROWS = 15;
const DAY = 86_400_000;

const WEEK_NUMBER =
  /\b(?:weeks?|wk|w|kw|kalenderwoche|woche|semaine|sem|s|semana|settimana|sett|week nr|uge|vecka|v|tydzien|tydz|tyden|tyzden|hafta|viikko|viikolla|vko|vk|het|saptamana|tjedan|teden|uke)\.?\s?(?:n[o°]?\s?)?(\d{1,2})(?:\s*[/-]?\s*(20\d\d))?\b/iu;
const WEEK_OF =
  /\b(?:w\/?c|week commencing|week of|week beginning|w\/b|semaine du|woche vom|settimana del|semana del|week van)\b\W*(.+)$/iu;

/** Calendar of the rows above a row, or of the whole sheet's beginning. */
export function calendarOf(grid: Grid, above: number): Calendar {
  const texts: string[] = [grid.sheet, grid.file.replace(/\.\w+$/, '').replace(/_/g, ' ')];
  const days: string[] = [];
  for (const { number, cells } of grid.rows) {
    if (number >= above || number > ROWS * 2) break;
    for (const cell of cells) {
      if (!cell || isBlank(cell)) continue;
      if (cell.value.is === 'date') days.push(cell.value.iso.slice(0, 10));
      else if (cell.value.is === 'text') texts.unshift(textOf(cell));
    }
  }
  for (const text of texts) days.push(...datesWithin(text));
  const years = texts.flatMap((text) => [...text.matchAll(/\b(20[1-4]\d)\b/g)].map(([, year = '']) => `${year}-01-01`));
  const near = days[0] ?? years[0];
  const mondays = texts.flatMap((text) => {
    const [, rest] = WEEK_OF.exec(text) ?? [];
    if (rest === undefined) return [];
    const day = datesWithin(rest)[0] ?? dayNear(rest, near);
    return day ? [mondayOf(day)] : [];
  });
  const weeks = texts.flatMap((text) => mondayOfWeekIn(text, near) ?? []);
  return { near, monday: mondays[0] ?? weeks[0] };
}

const WITHIN =
  /\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?(?:\d{4}|\d{2})\b|\d{1,2}\.?(?:st|nd|rd|th|er)?\s(?:de\s)?\p{L}{3,10}\.?,?\s(?:de\s)?\d{4}/giu;

/** Days that a longer text names in full. */
export const datesWithin = (text: string): string[] =>
  [...text.matchAll(WITHIN)].flatMap(([found]) => dateIn(found, 'day_first')?.day ?? []);

/** Monday of the week that a text names by its number, in the year nearest to a day; undefined without a year. */
export function mondayOfWeekIn(text: string, near: string | undefined): string | undefined {
  const [, number, year] = WEEK_NUMBER.exec(text) ?? [];
  const week = Number(number);
  if (!(week >= 1 && week <= 53)) return undefined;
  if (year !== undefined) return mondayOfWeek(Number(year), week);
  if (near === undefined) return undefined;
  const monday = mondayOfWeek(Number(near.slice(0, 4)), week);
  // an order is for weeks to come
  return timeOf(monday) < timeOf(near) - 28 * DAY ? mondayOfWeek(Number(near.slice(0, 4)) + 1, week) : monday;
}

const timeOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayAt = (time: number): string => new Date(time).toISOString().slice(0, 10);
const weekdayOf = (day: string): number => (new Date(timeOf(day)).getUTCDay() + 6) % 7;
const mondayOf = (day: string): string => dayAt(timeOf(day) - weekdayOf(day) * DAY);

/** Monday of a week by its number: week 1 holds the fourth of January. */
const mondayOfWeek = (year: number, week: number): string =>
  dayAt(timeOf(mondayOf(`${year}-01-04`)) + (week - 1) * 7 * DAY);

const PART = /^(?:(\p{L}+)\.?,?\s*)?(\d{1,2})\s*(?:[-/.]\s*(\d{1,2})\.?|\.?(?:st|nd|rd|th)?\s+(\p{L}{3,})\.?)$/iu;

/**
 * Day of a text that names no year, or a week of which it is the Monday: `do 12-3`, `12/5`, `KW 15`. Undefined if the
 * sheet does not tell the year.
 */
export function partialDay(text: string, { near, monday }: Calendar, order?: DayOrder): string | undefined {
  const [, a, b] = /^(\d{1,2})\s*[/.-]\s*(\d{1,2})\.?$/.exec(text.trim()) ?? [];
  const turned = order === 'month_first' && a !== undefined && b !== undefined ? `${b}/${a}` : text;
  return dayNear(turned, monday ?? near) ?? mondayOfWeekIn(text, monday ?? near);
}

/** Day of a text without a year, such as `LUN 16/03`: in the year nearest to a day, of the weekday that it names. */
function dayNear(text: string, near: string | undefined): string | undefined {
  const [, weekday, day, month, name] = PART.exec(text.trim()) ?? [];
  if (day === undefined || near === undefined) return undefined;
  const named = weekday === undefined ? undefined : weekdays.get(plainWords(weekday));
  if (weekday !== undefined && named === undefined) return undefined;
  const year = Number(near.slice(0, 4));
  const found = [year, year + 1, year - 1].flatMap((each) => {
    const read = dateIn(name === undefined ? `${day}/${month}/${each}` : `${day} ${name} ${each}`, 'day_first')?.day;
    return read !== undefined && (named === undefined || weekdayOf(read) === named) ? [read] : [];
  });
  const gap = (each: string) => Math.abs(timeOf(each) - timeOf(near));
  return found.sort((a, b) => gap(a) - gap(b))[0];
}

/** Whether a text is nothing but a day, with or without its year, or a weekday: `di 1-12`, `Tue 1 Dec`, `01.12.2026`. */
export function namesDay(text: string): boolean {
  const bare = text.trim().replace(DELIVERED, '');
  if (dateIn(bare, 'day_first') !== undefined || weekdays.has(plainWords(bare))) return true;
  const [, weekday, day, month, name] = PART.exec(bare) ?? [];
  if (day === undefined || (weekday !== undefined && !weekdays.has(plainWords(weekday)))) return false;
  if (name !== undefined) return isMonth(name);
  return dateIn(`${day}/${month}/2024`, 'day_first') !== undefined && (weekday !== undefined || /[/.]/.test(bare));
}

/** Whether a text ends with the number of a week: `Bestellung KW 19`, `Commande semaine 38`. */
export const endsWithWeek = (text: string): boolean => {
  const words = plainWords(text).split(' ');
  return [1, 2].some((count) => {
    const end = words.slice(-count).join(' ');
    return WEEK_NUMBER.exec(end)?.[0] === end;
  });
};

/** A word before a day in figures: `Mo 2026-03-16`. */
const WEEKDAY = /^(\p{L}+)\.?,?\s+(?=\d)/u;

export interface DayLabel {
  /** the day, if the sheet tells its year and week */
  day?: string;
  /** a whole week, of which `day` is the Monday */
  week?: boolean;
}

/** Words of a delivery before its day: `Livr. mardi 03/03/2026`, `Qty for 12/03/2026`. */
export const DELIVERED =
  /^(?:(?:livr\p{L}*|lev|liv|liefer\p{L}*|lief|deliver\p{L}*|del|consegn\p{L}*|cons|entreg\p{L}*|entr|lever\p{L}*|dostaw\p{L}*|dodavk\p{L}*|qty|qte|quantit\p{L}*|menge|aantal|cant\p{L}*|qta|for|pour|fur|für|per|para|voor|le|am|on|il|el|op|do|na|du|vom)[.:]?\s+)+/iu;

/** Day or week that a heading names; undefined if it names none. Sizes such as `8-9` are not asked here. */
export function dayLabelOf(
  text: string,
  { near, monday, order = 'day_first', weekdays: inRun }: Calendar,
): DayLabel | undefined {
  const bare = text.trim().replace(DELIVERED, '');
  const [, before, , month, name] = PART.exec(bare) ?? [];
  // `MAR 17/03` is a Tuesday, not a day of 2003
  const isPart = name !== undefined || (month !== undefined && (before !== undefined || /[/.]/.test(text)));
  const part = isPart ? dayNear(bare, monday ?? near) : undefined;
  if (part) return { day: part };
  const full = dateIn(
    bare.replace(WEEKDAY, (word, name: string) => (weekdays.has(plainWords(name)) ? '' : word)),
    order,
  );
  if (full) return { day: full.day };
  // `Livraison 16/03` and `Mo 04.05.` are days, of whatever year
  if (isPart && (bare !== text.trim() || (before !== undefined && namesDay(bare)))) return {};
  const plain = plainWords(text);
  const weekday = inRun?.get(plain) ?? weekdays.get(plain);
  if (weekday !== undefined) return monday === undefined ? {} : { day: dayAt(timeOf(monday) + weekday * DAY) };
  const [found] = WEEK_NUMBER.exec(plain) ?? [];
  if (found === plain) return { day: mondayOfWeekIn(plain, monday ?? near), week: true };
  const commencing = WEEK_OF.exec(text)?.[1];
  if (commencing !== undefined) {
    const day = dateIn(commencing, 'day_first')?.day ?? dayNear(commencing, monday ?? near);
    return day === undefined ? undefined : { day, week: true };
  }
  return undefined;
}
