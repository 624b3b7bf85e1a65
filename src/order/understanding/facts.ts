import type { OrderFacts, Provenance, SourcedText } from '../../../schemas/order/order';
import type { Context } from './context';
import { dateIn, dayOrderOf } from './dates';
import { impossibleDays, weekOfDelivery } from './days-above';
import { calendarOf, partialDay, type Calendar } from './day-labels';
import { isBlank, textOf, type Grid, type GridCell } from './grid';
import { factLabelOf, isLoose, type FactLabel } from './lexicon/facts';
import { titleOf } from './lexicon/titles';
import { leadingDay, MAY_BE_DAY, wholeOrLeading } from './leading-day';
import { labelledParts } from './labelled-parts';
import { currencyCode, currencyIn } from './numbers';
import type { Found, TableReading } from './line';
import type { Table } from './types';
import { dayIn, identifierIn } from './values';

export interface FactsRead {
  facts: OrderFacts;
  found: Found[];
}

type Fact = Exclude<FactLabel, 'other'>;

interface Candidate {
  fact: Fact;
  row: number;
  column: number;
  text: string;
  cell?: GridCell;
  from: Provenance;
  confidence: number;
  /** a sentence gives it, not a label */
  spoken?: boolean;
}

/** Rows that may tell the year of a day. */
const MARKED = 30;
/** Rows of a sheet that are searched for labels, from its top and below its tables. */
const ROWS = 400;
const REACH = 6;
const ADDRESS_LINES = 5;
const LONGEST = 200;

/** Facts of a sheet besides its lines: labels with a value to the right, below or after a colon. */
export function factsOf(
  grid: Grid,
  tables: readonly Table[],
  lastLines: ReadonlyMap<Table, number>,
  context: Context,
): FactsRead {
  const candidates: Candidate[] = [];
  let looked = 0;
  for (const row of grid.rows) {
    if (looked > ROWS) break;
    const inside = (column: number) =>
      tables.some((table) => isInside(table, row.number, column, lastLines.get(table)));
    let any = false;
    row.cells.forEach((cell, column) => {
      if (!cell || isBlank(cell) || inside(column)) return;
      any = true;
      if (cell.value.is === 'text' && cell.value.text.length <= LONGEST)
        candidates.push(...readLabel(grid, row.number, column, cell, inside));
    });
    if (any) looked += 1;
  }
  const read = chooseFacts(candidates, context, tables[0]);
  for (const at of impossibleDays(grid, tables))
    read.found.push({ code: 'date.unreadable', evidence: [at], words: { text: at.text ?? '' } });
  const week = candidates.some(({ fact }) => fact === 'delivery_date') ? undefined : weekOfDelivery(grid, tables);
  if (week) read.found.push({ code: 'date.unreadable', evidence: [week], words: { text: week.text ?? '' } });
  return read;
}

/** A label with its value somewhere on a sheet. */
export interface Mark {
  fact: 'order_number' | 'customer' | 'delivery_address' | 'delivery_date';
  row: number;
  column: number;
  value: SourcedText;
}

/** Labels of orders anywhere on a sheet but in the rows of its lines, from top to bottom. */
export function marksOf(grid: Grid, readings: readonly TableReading[], context: Context): Mark[] {
  const rows = new Map<number, { left: number; right: number }[]>();
  const cover = (row: number, { left, right }: Table) => rows.set(row, [...(rows.get(row) ?? []), { left, right }]);
  for (const { table, drafts } of readings) {
    for (const { row } of drafts) if (!rows.has(row)) cover(row, table);
    for (const row of table.headerRows) cover(row, table);
  }
  const marks: Mark[] = [];
  const calendar = calendarOf(grid, Math.min(MARKED, ...readings.map(({ table }) => table.first)));
  let looked = 0;
  for (const row of grid.rows) {
    const covered = rows.get(row.number);
    if (!covered && (looked += 1) > ROWS) continue;
    const inside = (column: number) => covered?.some(({ left, right }) => column >= left && column <= right) ?? false;
    row.cells.forEach((cell, column) => {
      if (cell?.value.is !== 'text' || isBlank(cell) || cell.value.text.length > LONGEST || inside(column)) return;
      for (const one of readLabel(grid, row.number, column, cell, inside)) {
        const value = markedValue(one, context, calendar);
        if (value && isMarked(one.fact)) marks.push({ fact: one.fact, row: row.number, column, value });
      }
    });
  }
  return marks;
}

const isMarked = (fact: Fact): fact is Mark['fact'] =>
  fact === 'order_number' || fact === 'customer' || fact === 'delivery_address' || fact === 'delivery_date';

function markedValue(
  { fact, text, cell, from, confidence }: Candidate,
  context: Context,
  calendar: Calendar,
): SourcedText | undefined {
  if (fact === 'order_number' && (!/\d/.test(text) || text.length > 60)) return undefined;
  if (fact !== 'delivery_date')
    return fact !== 'order_number' && !/\p{L}/u.test(text)
      ? undefined
      : { value: text, source: 'file', from, confidence };
  const order = context.dayOrder(undefined);
  const read = wholeOrLeading(cell ?? { column: 1, value: { is: 'text', text } }, order);
  const partial = read?.day === undefined ? partialDay(text, calendar, order) : undefined;
  if (partial) return { value: partial, source: 'file', from, confidence: 0.6 };
  return read?.day && !read.other ? { value: read.day, source: 'file', from, confidence } : undefined;
}

/** Whether a cell belongs to a table's headings or lines, and so not to a title block. */
export const isInside = (table: Table, row: number, column: number, last: number | undefined): boolean => {
  const top = Math.min(table.first, ...table.headerRows);
  return row >= top && row <= (last ?? table.last) && column >= table.left && column <= table.right;
};

function readLabel(
  grid: Grid,
  row: number,
  column: number,
  cell: GridCell,
  inside: (column: number) => boolean,
): Candidate[] {
  const raw = cell.value.is === 'text' ? cell.value.text.trim() : '';
  const text = textOf(cell);
  const several = labelledParts(raw);
  if (several.length > 1)
    return several.flatMap(({ label, value }): Candidate[] => {
      const fact = datedLabel(factLabelOf(label), value);
      return fact && fact !== 'other' && value !== ''
        ? [{ fact, row, column, text: oneLine(value), from: grid.from(row, column), confidence: 0.8 }]
        : [];
    });
  const colon = raw.search(/[:：]/);
  if (colon > 0 && colon < raw.length - 1) {
    const value = raw.slice(colon + 1).trim();
    const fact = datedLabel(factLabelOf(raw.slice(0, colon).replace(ORDINAL, '')), value);
    if (fact && fact !== 'other' && value !== '')
      return [{ fact, row, column, text: oneLine(value), from: grid.from(row, column), confidence: 0.85 }];
    return readOrderNumber(grid, row, column, text);
  }
  const fact = factLabelOf(text.replace(/\s*[:：]$/, ''));
  if (!fact) return readSpokenDay(grid, row, column, text) ?? readOrderNumber(grid, row, column, text);
  if (fact === 'other') return [];
  const sure = colon === raw.length - 1 && colon > 0;
  if (!sure && isLoose(text)) return fact === 'order_number' ? codeRight(grid, row, column, inside) : [];
  return valueRight(grid, row, column, fact, sure, inside) ?? valueBelow(grid, row, column, fact, sure) ?? [];
}

/** A number before a label: `2e livraison`. */
const ORDINAL = /^\s*(?:n[°o]\s*)?\d{1,2}\s?(?:re|ère|er|e|ème|eme|nd|nde|st|th|rd|º|ª|a|o|\.)?\s+/iu;

/** A delivery with a day is that day, not an address. */
const datedLabel = (fact: FactLabel | undefined, value: string): FactLabel | undefined =>
  fact === 'delivery_address' &&
  (dateIn(value) !== undefined || /^(?:semaine|week|woche|kw|settimana|semana|uge|vecka)\s?\d/i.test(value))
    ? 'delivery_date'
    : fact;

/** `Entrega:` before a day is that of the delivery. */
const dayOf = (fact: Fact): Fact => (fact === 'delivery_address' ? 'delivery_date' : fact);

/** Reads `Livraison le 24/08/2026`, a label and a day without a sign between them. */
function readSpokenDay(grid: Grid, row: number, column: number, text: string): Candidate[] | undefined {
  const words = text.split(' ');
  for (let at = 1; at < Math.min(words.length, LABEL_WORDS + 1); at += 1) {
    const value = words.slice(at).join(' ');
    if (leadingDay(value) === undefined) continue;
    const label =
      factLabelOf(words.slice(0, at).join(' ')) ?? factLabelOf(words.slice(0, at).join(' ').replace(BEFORE_DAY, ''));
    const fact = label === 'delivery_address' ? 'delivery_date' : label;
    if (fact !== 'delivery_date' && fact !== 'order_date') continue;
    return [{ fact, row, column, text: value, from: grid.from(row, column), confidence: 0.75, spoken: true }];
  }
  return undefined;
}

const LABEL_WORDS = 4;
/** Words between a label and its day. */
const BEFORE_DAY = /\s+(?:du|le|vom|am|den|on|of|del|il|el|van|op|do|da|em|z|dnia|:)$/iu;

/** Reads `Commande n° 4711` or `PO #123`, without a colon. */
function readOrderNumber(grid: Grid, row: number, column: number, text: string): Candidate[] {
  const titled =
    /^(.{2,40}?)[\s:]+([A-Z]{0,6}[-_/]?\d[\w./-]*)(?:\s+(?:v|ver|version|rev|r)\.?\s?\d{1,2})?(?:\s+(?:du|vom|del|of|van|dated|from|d\.d\.)\s.*)?$/iu.exec(
      text,
    );
  const own =
    titled && !/\s[-–—|]\s?/.test(titled[1] ?? '') && !/^(?:19|20)\d\d$/.test(titled[2] ?? '')
      ? titleOf(titled[1] ?? '')
      : undefined;
  if (titled?.[2] && own?.kind === 'order' && own.whole)
    return [{ fact: 'order_number', row, column, text: titled[2], from: grid.from(row, column), confidence: 0.7 }];
  const match = /^(.{2,40}?)\s*(?:n[°o]\.?|no\.?|nr\.?|#|№)\s*:?\s*([A-Z0-9][\w./-]*)$/iu.exec(text);
  if (!match?.[2] || !/\d/.test(match[2])) return [];
  const fact = factLabelOf(match[1] ?? '');
  return fact === 'order_number'
    ? [{ fact, row, column, text: match[2], from: grid.from(row, column), confidence: 0.8 }]
    : [];
}

function valueRight(
  grid: Grid,
  row: number,
  column: number,
  fact: Fact,
  sure: boolean,
  inside: (column: number) => boolean,
): Candidate[] | undefined {
  const start = (grid.merge(row, column)?.right ?? column) + 1;
  for (let at = start; at < start + REACH; at += 1) {
    const cell = grid.cell(row, at);
    if (!cell || isBlank(cell)) continue;
    if (inside(at) || isLabelText(cell)) return undefined;
    const own = cell.value.is === 'date' ? dayOf(fact) : (datedLabel(fact, textOf(cell)) as Fact);
    return [candidateAt(grid, row, at, cell, own, sure, (next) => isBlank(grid.cell(next, column)))];
  }
  return undefined;
}

/** Reads `PO` with a code such as `FR-20871` right beside it. */
function codeRight(grid: Grid, row: number, column: number, inside: (column: number) => boolean): Candidate[] {
  const found = valueRight(grid, row, column, 'order_number', false, inside) ?? [];
  return found.filter(({ text }) => /^(?=.*\d)[A-Z0-9][\w./-]{3,24}$/i.test(text) && !dateIn(text));
}

function valueBelow(grid: Grid, row: number, column: number, fact: Fact, sure: boolean): Candidate[] | undefined {
  const below = (grid.merge(row, column)?.bottom ?? row) + 1;
  const cell = grid.cell(below, column);
  if (!cell || isBlank(cell) || isLabelText(cell)) return undefined;
  return [candidateAt(grid, below, column, cell, fact, sure, () => true)];
}

const isLabelText = (cell: GridCell): boolean =>
  cell.value.is === 'text' && (/[:：]\s*$/.test(cell.value.text) || factLabelOf(textOf(cell)) !== undefined);

function candidateAt(
  grid: Grid,
  row: number,
  column: number,
  cell: GridCell,
  fact: Fact,
  sure: boolean,
  goesOn: (row: number) => boolean,
): Candidate {
  const isNumber = fact === 'order_number' && cell.value.is === 'number';
  const written = isNumber ? identifierIn(cell)?.text : cell.value.is === 'text' ? cell.value.text : undefined;
  const lines = [oneLine(written ?? textOf(cell))];
  let last = row;
  if (fact === 'delivery_address') {
    for (let next = row + 1; next < row + ADDRESS_LINES && goesOn(next); next += 1) {
      const more = grid.cell(next, column);
      if (!more || isBlank(more) || isLabelText(more) || more.value.is === 'date' || /[:：]/.test(textOf(more))) break;
      const alone = grid.row(next)?.cells.every((other, at) => at === column || isBlank(other)) ?? false;
      if (!alone && more.value.is !== 'text') break;
      lines.push(textOf(more));
      last = next;
    }
  }
  const from = grid.from(row, column);
  if (last > row) from.cell = `${grid.address(row, column)}:${grid.address(last, column)}`;
  return { fact, row, column, text: lines.join(', '), cell, from, confidence: sure ? 0.9 : 0.75 };
}

const oneLine = (text: string): string =>
  text
    .split(/\s*[\r\n]+\s*/)
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join(', ');

function chooseFacts(candidates: readonly Candidate[], context: Context, table: Table | undefined): FactsRead {
  const facts: OrderFacts = {};
  const found: Found[] = [];
  const best = (fact: Fact, fits: (candidate: Candidate) => boolean = () => true) =>
    candidates
      .filter((candidate) => candidate.fact === fact && fits(candidate))
      .sort((a, b) => b.confidence - a.confidence)[0];
  const text = ({ text: value, from, confidence }: Candidate): SourcedText => ({
    value: value.slice(0, 5_000),
    source: 'file',
    from,
    confidence,
  });
  const number = best('order_number', ({ text: value }) => /\d/.test(value) && value.length <= 60);
  if (number) facts.order_number = text(number);
  const customer = best('customer', ({ text: value, cell }) => /\p{L}/u.test(value) && cell?.value.is !== 'date');
  if (customer) facts.customer = text(customer);
  const address = best(
    'delivery_address',
    ({ text: value, cell }) =>
      /\p{L}/u.test(value) && value.length >= 5 && cell?.value.is !== 'date' && !/\d[./-]\d{1,2}[./-]\d{2}/.test(value),
  );
  if (address) facts.delivery_address = text(address);
  const currency = best('currency', ({ text: value }) => currencyOf(value) !== undefined);
  if (currency) facts.currency = { ...text(currency), value: currencyOf(currency.text) ?? currency.text };
  const seen = dayOrderOf(candidates.flatMap(({ fact, text: written }) => (fact.endsWith('_date') ? [written] : [])));
  const order = seen === 'mixed' ? undefined : (seen ?? context.dayOrder(table));
  for (const fact of ['delivery_date', 'order_date'] as const) {
    const candidate = best(fact);
    if (!candidate) continue;
    const cell = candidate.cell ?? { column: 1, value: { is: 'text', text: candidate.text } };
    const read = wholeOrLeading(cell, order);
    if (!read || (candidate.spoken && read.other)) continue;
    const words = { text: read.text, first: read.day ?? '', second: read.other ?? '' };
    if (read.day === undefined && !MAY_BE_DAY.test(read.text)) {
      // `Deliver: Goods In, Thornfield Lane`: words without a day are a place
      if (fact === 'delivery_date') facts.delivery_address ??= text(candidate);
      continue;
    }
    if (read.day === undefined) {
      found.push({ code: 'date.unreadable', evidence: [candidate.from], words });
      continue;
    }
    if (read.other) found.push({ code: 'date.ambiguous', evidence: [candidate.from], words });
    else if (seen === undefined && context.byCountry(table) && dayIn(cell, undefined)?.other)
      found.push({ code: 'date.by_country', evidence: [candidate.from], words });
    facts[fact] = {
      value: read.day,
      source: 'file',
      from: candidate.from,
      confidence: read.other ? 0.3 : candidate.confidence,
    };
  }
  return { facts, found };
}

const currencyOf = (text: string): string | undefined => currencyCode(text) || currencyIn(text);
