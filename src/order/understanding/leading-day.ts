import { dateIn, isMonth, type DateText, type DayOrder } from './dates';
import type { GridCell } from './grid';
import { weekdays } from './lexicon/weekdays';
import { plainWords } from './text';
import { dayIn, type DayRead } from './values';

/** A day of figures, or of a month in words, at the beginning of a text. */
const BEGIN =
  /^(?:\p{L}{4,12}\.?,?\s+)?(?:(?:le|the|on|am|den|il|el|op|em|dia|día|until|by|bis|entro|antes del?|voor)\s+)?(\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:20)?\d\d|20\d\d-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+|of\s+)?\p{L}{3,12}\.?,?\s+(?:de\s+|del\s+)?20\d\d|\p{L}{3,10}\s+\d{1,2}(?:st|nd|rd|th)?,?\s+20\d\d)(?!\d)(.*)$/isu;
/** Another day, a week or a choice behind it, which may say otherwise. */
const OTHERWISE =
  /\d{1,2}\s?[./-]\s?\d{1,2}(?!\d)|(?<!\p{L})(?:kw|woche|semaine|sem|week|wk|settimana|semana|uge|vecka|tydz\p{L}*)\.?\s?\d|\?|(?<!\p{L})(?:or|ou|oder|oppure|o|of|lub|nebo|eller)(?!\p{L})/iu;
/** Words before a day that are no part of it. */
const FILLER = /^(?:le|the|on|am|den|il|el|op|em|dia|día|until|by|bis|entro|antes|voor)$/iu;
/** Words of a day on which nobody takes goods in, which is not the one of the delivery. */
const CLOSED =
  /(?<!\p{L})(?:ferm[ée]|closed|shut|geschlossen|zu|chius[oa]|cerrad[oa]|gesloten|dicht|fechad[oa]|zamknięte)(?!\p{L})/iu;
const MONTH_FIRST = /\bmm\s?[./-]\s?(?:dd|tt|jj)\b/i;
const DAY_FIRST = /\b(?:dd|tt|jj|gg)\s?[./-]\s?mm\b/i;

/**
 * The day at the beginning of a text, where what follows says nothing of another: `19.03.2026, direct to the shops`.
 * Undefined if the text begins with no day.
 */
export function leadingDay(text: string, order?: DayOrder): DateText | undefined {
  const [whole = '', day, rest = ''] = BEGIN.exec(text.trim()) ?? [];
  const before = /^\p{L}+/u.exec(whole)?.[0] ?? '';
  if (before !== '' && !FILLER.test(before) && !weekdays.has(plainWords(before)) && !isMonth(before)) return undefined;
  if (day === undefined || /^\s*[-–]\s*\d/.test(rest) || OTHERWISE.test(rest)) return undefined;
  const words = plainWords(rest).split(' ');
  if (!CLOSED.test(rest) && words.some((word) => word.length > 2 && weekdays.has(word))) return undefined;
  const said = MONTH_FIRST.test(rest) ? 'month_first' : DAY_FIRST.test(rest) ? 'day_first' : order;
  return dateIn(day, said);
}

/** A day, a week, a month, or a word of haste. */
export const MAY_BE_DAY =
  /\d{1,2}\s?[./-]\s?\d{1,2}|(?<!\p{L})(?:kw|woche|semaine|sem|week|wk|settimana|semana|uge|v|vecka|tydz\p{L}*|viikko|vko|het|saptamana)\.?\s?\d|(?<!\p{L})\d{1,2}(?:st|nd|rd|th|er|\.)?\s(?:de\s)?\p{L}{3}|asap|urgent|dringend|possible|möglich|presto|sofort|immediat|^\P{L}*$|^\S+$/iu;

/** The day of a cell, or the one at its beginning. */
export function wholeOrLeading(cell: GridCell, order: DayOrder | undefined): DayRead | undefined {
  const read = dayIn(cell, order);
  if (read?.day !== undefined || !read || cell.value.is !== 'text') return read;
  const leading = leadingDay(cell.value.text, order);
  return leading ? { text: read.text, day: leading.day, other: leading.other } : read;
}
