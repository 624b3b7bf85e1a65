import type { SourcedDay } from '../../../schemas/order/order';
import { dateBlocks } from './block-days';
import { calendarOf, dayLabelOf } from './day-labels';
import { isBlank, textOf, type GridRow } from './grid';
import { onlyDayIn, withoutDays } from './delivery-sentences';
import { leadingDay } from './leading-day';
import { isDeliveryToCome } from './lexicon/deliveries';
import { factLabelOf } from './lexicon/facts';
import { titleOf } from './lexicon/titles';
import { weekdays } from './lexicon/weekdays';
import type { SheetReading } from './sheet-reading';
import { plainWords } from './text';

/** Rows above the headings that may name a day. */
const HEAD = 4;
const LONGEST = 60;

/**
 * Gives lines the day that a row of its own above them names, where a sheet has several: `Montag, 16.03.2026`, `Livraison
 * du 18/03`. A day of which the year is open is said at its lines.
 */
export function dateSections(sheets: readonly SheetReading[]): void {
  for (const sheet of sheets) dateSheet(sheet);
}

function dateSheet({ grid, readings }: SheetReading): void {
  dateBlocks(readings);
  const own = readings.filter(
    ({ table, drafts }) => drafts.length > 0 && !table.grid.turned && !table.prose && !table.blocks,
  );
  const drafts = own.flatMap((reading) => reading.drafts).sort((a, b) => a.row - b.row);
  const [first, last] = [drafts[0], drafts.at(-1)];
  if (!first || !last || drafts.some(({ line }) => line.delivery_date)) return;
  const heads = new Set(own.flatMap(({ table }) => [...table.headerRows]));
  const taken = new Set(drafts.map(({ row }) => row));
  const top = Math.min(first.row, ...heads);
  const calendar = calendarOf(grid, top);
  const between = grid.rows.filter(
    ({ number }) => number >= top - HEAD && number <= last.row && !heads.has(number) && !taken.has(number),
  );
  const titles = twinTitles(between);
  // a block without such a title of its own is not of the day of the one above
  const isWhole = [...heads].every((head) => {
    const before = drafts.findLast(({ row }) => row < head)?.row ?? 0;
    const begin = drafts.find(({ row }) => row > head)?.row ?? Infinity;
    return [...titles.keys()].some((row) => row > before && row < begin);
  });
  const twins = isWhole ? titles : new Map<number, NamedDay>();
  const sections = grid.rows.flatMap((row) => {
    const { number } = row;
    if (number < top - HEAD || number > last.row || heads.has(number) || taken.has(number)) return [];
    const found = dayOf(row, calendar) ?? twins.get(number);
    return found ? [{ row: number, ...found, from: grid.from(number, found.column) }] : [];
  });
  const sectionOf = (row: number) => sections.findLast((section) => section.row < row);
  const used = new Set(drafts.flatMap(({ row }) => sectionOf(row)?.row ?? []));
  // one row dates the lines below it only if it says so
  if (used.size < 2 && !sections.some(({ row, follows }) => follows && row > first.row)) return;
  for (const draft of drafts) {
    const section = sectionOf(draft.row);
    if (!section) continue;
    const { destination } = draft.line;
    if (section.tail !== undefined && destination?.value.endsWith(section.tail))
      draft.line.destination = { ...destination, value: destination.value.slice(0, -section.tail.length) };
    if (section.day === undefined)
      draft.issues.push({
        code: 'line.date_unreadable',
        evidence: [section.from],
        words: { text: section.from.text ?? '' },
      });
    else
      draft.line.delivery_date = {
        value: section.day,
        source: 'file',
        from: section.from,
        confidence: 0.75,
      } satisfies SourcedDay;
  }
}

/** The sign before a number: `n° 2`. */
const NUMBERED = /(?<!\p{L})n(?:[°º]|[ro]\.)\s*(?=\d)/giu;

/**
 * The days of titles that say the same but for a number and their day, and so of the rows below each: `DELIVERY 1 -
 * Wednesday 10 March 2027`, `DELIVERY 2 - …`. The days of orders are none, and one
 * that could be another is said at its lines.
 */
function twinTitles(rows: readonly GridRow[]): Map<number, NamedDay> {
  const titles = rows.flatMap(({ number, cells }) => {
    const filled = [...cells.keys()].filter((column) => !isBlank(cells[column]));
    const [column] = filled;
    const cell = cells[column ?? 0];
    if (filled.length !== 1 || column === undefined || cell?.value.is !== 'text') return [];
    const text = textOf(cell).replace(NUMBERED, '');
    const read = text.length <= LONGEST ? onlyDayIn(text, ENGLISH.test(text) ? undefined : 'day_first') : undefined;
    if (!read || titleOf(text)?.kind === 'order') return [];
    const words = plainWords(withoutDays(text)).split(' ');
    const same = words.filter((word) => !/\d/.test(word) && !weekdays.has(word)).join(' ');
    const label = factLabelOf(same);
    return same === '' || label === 'order_date' || label === 'order_number'
      ? []
      : [{ number, column, same, day: read.day, isOpen: read.other !== undefined }];
  });
  return new Map(
    titles
      .filter(({ same, day }) => titles.some((other) => other.same === same && other.day !== day))
      .map(({ number, column, day, isOpen }) => [number, { column, day: isOpen ? undefined : day }]),
  );
}

/** A day that a row names: of the lines below it if it `follows`, where `tail` stands behind the name of a place. */
interface NamedDay {
  column: number;
  day?: string;
  follows?: boolean;
  tail?: string;
}

/** The day of a row that says nothing else, or that ends with it: `Site Vienne, 3 rue des Prés - livraison le 16/04`. */
function dayOf({ cells }: GridRow, calendar: ReturnType<typeof calendarOf>): NamedDay | undefined {
  const filled = [...cells.keys()].filter((column) => !isBlank(cells[column]));
  const [column] = filled;
  const cell = cells[column ?? 0];
  if (filled.length !== 1 || column === undefined || !cell) return undefined;
  if (cell.value.is === 'date') return { column, day: cell.value.iso.slice(0, 10) };
  const text = textOf(cell).replace(/\s*[:：]\s*$/, '');
  const following = cell.value.is === 'text' ? dayOfFollowing(text) : undefined;
  if (following !== undefined) return { column, day: following, follows: true };
  const tail = cell.value.is === 'text' ? dayBehind(text) : undefined;
  if (tail) return { column, ...tail, follows: true };
  if (
    cell.value.is !== 'text' ||
    text.length > LONGEST ||
    factLabelOf(text.split(/\s+\d/, 1)[0] ?? '') === 'order_date'
  )
    return undefined;
  const label = dayLabelOf(text, calendar);
  if (label) return { column, day: label.day };
  const leading = leadingDay(text, 'day_first');
  return leading && { column, day: leading.day };
}

const LONGEST_TITLE = 120;
const ENGLISH = /\b(?:deliver\w*|ship\w*|due|need\w*|requir\w*|arriv\w*|by|on)\b/i;

/** The day in the last part of a title, with that part and its sign: ` - livraison le 16/04/2026`, `, delivery 3 June 2026`. */
function dayBehind(text: string): { day: string; tail: string } | undefined {
  if (text.length > LONGEST_TITLE) return undefined;
  const [tail, part = ''] =
    /\s*(?:\s[-–—]\s|[,;|(])\s*((?:\p{L}+\.?\s+){1,3}(?:(?!\s-\s)[^,;|()–—])*\d(?:(?!\s-\s)[^,;|()–—])*)\)?\s*$/u.exec(
      text,
    ) ?? [];
  if (
    tail === undefined ||
    tail.length === text.length ||
    factLabelOf(part.split(/\s+\d/, 1)[0] ?? '') === 'order_date'
  )
    return undefined;
  // only in English may the month come first
  const day = isDeliveryToCome(part) ? onlyDayIn(part, ENGLISH.test(part) ? undefined : 'day_first') : undefined;
  return day && !day.other ? { day: day.day, tail } : undefined;
}

/** Words of a sentence about the lines below it: `The items below are for delivery on 22 June 2026`. */
const FOLLOWING =
  /(?<!\p{L})(?:following|below|underneath|next (?:items|lines)|suivant\p{L}*|ci dessous|folgend\p{L}*|nachstehend\p{L}*|nachfolgend\p{L}*|darunter|seguent\p{L}*|sottostant\p{L}*|siguient\p{L}*|volgend\p{L}*|onderstaand\p{L}*|hieronder|seguint\p{L}*|abaixo|nastepujac\p{L}*|ponizsz\p{L}*|ponizej|nasledujic\p{L}*|foljande|nedanstaende|nedenstaende|folgende)(?!\p{L})/u;

/** The day that a sentence among the lines gives to those below it. */
function dayOfFollowing(text: string): string | undefined {
  const day = FOLLOWING.test(plainWords(text)) ? onlyDayIn(text) : undefined;
  return day && !day.other ? day.day : undefined;
}
