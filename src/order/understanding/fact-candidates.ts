import { dateIn } from './dates';
import { endsWithWeek } from './day-labels';
import { dayOfDelivery, onlyDayIn, withoutDays } from './delivery-sentences';
import { isBlank, textOf, type Grid, type GridCell } from './grid';
import { labelledParts } from './labelled-parts';
import { leadingDay } from './leading-day';
import { factLabelOf, isLoose, type FactLabel } from './lexicon/facts';
import { identityOf } from './lexicon/identities';
import { titleOf } from './lexicon/titles';
import { isAddress } from './shared-delivery';
import { plainWords } from './text';
import { identifierIn } from './values';
import type { Provenance } from '../../../schemas/order/order';

export type Fact = Exclude<FactLabel, 'other'>;

export interface Candidate {
  fact: Fact;
  row: number;
  column: number;
  text: string;
  cell?: GridCell;
  from: Provenance;
  confidence: number;
  /** a sentence gives it, not a label */
  spoken?: boolean;
  /** a sentence has it somewhere */
  sentence?: boolean;
}

const REACH = 6;
const ADDRESS_LINES = 5;

/** Facts that a cell states: a label with its value behind it, beside it or below it, or a sentence. */
export function readLabel(
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
      return [{ fact, row, column, text: valueOf(fact, value), from: grid.from(row, column), confidence: 0.85 }];
    return [...readOrderNumber(grid, row, column, text), ...readSentence(grid, row, column, text)];
  }
  const fact = factLabelOf(text.replace(/\s*[:：]$/, ''));
  if (!fact && NUMBER_LABEL.test(text) && isBelowOrder(grid, row)) return codeRight(grid, row, column, inside);
  if (!fact)
    return (
      readSpokenDay(grid, row, column, text) ?? [
        ...readOrderNumber(grid, row, column, text),
        ...readSentence(grid, row, column, text),
      ]
    );
  if (fact === 'other') return [];
  const sure = colon === raw.length - 1 && colon > 0;
  if (!sure && isLoose(text))
    return fact === 'order_number'
      ? codeRight(grid, row, column, inside)
      : (valueRight(grid, row, column, fact, sure, inside) ?? []).filter(isDayOfDelivery);
  return valueRight(grid, row, column, fact, sure, inside) ?? valueBelow(grid, row, column, fact, sure) ?? [];
}

/** A label of a number that the title of its paper explains: `N° :` below `Commande hebdomadaire`. */
const NUMBER_LABEL =
  /^(?:n\.?\s?[°ºª]\.?|№|#|nr|no|num|number|numéro|numero|número|nummer|numer|č|číslo|br)\.?\s*[:：]?$/iu;
const TITLE_ROWS = 4;

/** Whether one of the rows right above is the title of an order. */
const isBelowOrder = (grid: Grid, row: number): boolean =>
  Array.from({ length: TITLE_ROWS }, (_, at) => grid.row(row - at - 1)?.cells ?? []).some((cells) =>
    cells.some((cell) => cell?.value.is === 'text' && titleOf(textOf(cell))?.kind === 'order'),
  );

/** A number before a label: `2e livraison`. */
const ORDINAL = /^\s*(?:n[°o]\s*)?\d{1,2}\s?(?:re|ère|er|e|ème|eme|nd|nde|st|th|rd|º|ª|a|o|\.)?\s+/iu;

/** Whether a candidate has one day, as `Livraison | au plus tard le 08/01/2027`. */
const isDayOfDelivery = ({ fact, cell, text }: Candidate): boolean =>
  fact === 'delivery_date' && (cell?.value.is === 'date' || onlyDayIn(text) !== undefined);

/** A delivery with a day is that day, not an address. */
const datedLabel = (fact: FactLabel | undefined, value: string): FactLabel | undefined =>
  fact === 'delivery_address' &&
  (dateIn(value) !== undefined ||
    /^(?:semaine|week|woche|kw|settimana|semana|uge|vecka)\s?\d/i.test(value) ||
    (onlyDayIn(value) !== undefined && !isAddress(withoutDays(value))))
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

/** Reads the day of a sentence that speaks of the delivery. */
function readSentence(grid: Grid, row: number, column: number, text: string): Candidate[] {
  if (dayOfDelivery(text) === undefined) return [];
  return [{ fact: 'delivery_date', row, column, text, from: grid.from(row, column), confidence: 0.6, sentence: true }];
}

const LABEL_WORDS = 4;
/** Words between a label and its day. */
const BEFORE_DAY = /\s+(?:du|le|vom|am|den|on|of|del|il|el|van|op|do|da|em|z|dnia|:)$/iu;

/** Reads `Commande n° 4711` or `PO #123`, without a colon. */
function readOrderNumber(grid: Grid, row: number, column: number, whole: string): Candidate[] {
  const text = withoutLastDay(whole);
  if (endsWithWeek(text) || isOfCustomer(text)) return [];
  const titled =
    /^(.{2,40}?)[\s:]+([A-Z]{0,6}[-_/]?\d[\w./-]*)(?:\s+(?:v|ver|version|rev|r)\.?\s?\d{1,2})?(?:\s+(?:du|vom|del|of|van|dated|from|d\.d\.|din|z dnia|ze? dne|zo dňa|från|fra)\s.*)?$/iu.exec(
      text,
    );
  const own =
    titled &&
    !/\s[-–—|]\s?/.test(titled[1] ?? '') &&
    !/^(?:19|20)\d\d$/.test(titled[2] ?? '') &&
    !dateIn(titled[2] ?? '')
      ? titleOf(titled[1] ?? '')
      : undefined;
  if (titled?.[2] && own?.kind === 'order' && own.whole)
    return [{ fact: 'order_number', row, column, text: titled[2], from: grid.from(row, column), confidence: 0.7 }];
  const match = /^(.{2,40}?)\s*(?:n[°o]\.?|no\.?|nr\.?|#|№|č\.?|br\.?|št\.?)\s*:?\s*([A-Z0-9][\w./-]*)$/iu.exec(text);
  if (!match?.[2] || !/\d/.test(match[2])) return [];
  const fact = factLabelOf(match[1] ?? '');
  return fact === 'order_number'
    ? [{ fact, row, column, text: match[2], from: grid.from(row, column), confidence: 0.8 }]
    : [];
}

/** A title without the day behind its number: `Bestellung RS-5508, 01.12.2026`. */
function withoutLastDay(text: string): string {
  const [whole, title = '', day = ''] = /^(.*\d)(?:\s*[,;|(]\s*|\s+[-–—]\s+)([^,;|()]+?)\)?$/u.exec(text) ?? [];
  return whole !== undefined && dateIn(day) ? title : text;
}

/** Whether the last part of a title numbers the customer and not the order: `Commande de décembre, n° client 118-204`. */
function isOfCustomer(text: string): boolean {
  const parts = text.split(/\s*[,;|(]\s*|\s+[-–—]\s+/);
  const label = (parts.at(-1) ?? '').replace(/\s*[:：]?\s*\S*\d\S*$/, '');
  if (parts.length < 2 || label === '') return false;
  return identityOf(label)?.sense === 'other' || CUSTOMER_NUMBER.test(plainWords(label));
}

/** The number of a customer in one word. */
const CUSTOMER_NUMBER = /^(?:(?:kunden?|klant|kund)(?:nr|nummer)|kd ?nr)$/;

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
  const lines = [valueOf(fact, written ?? textOf(cell))];
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

/** A value without the `N.º` that stands between the label of an order and its number. */
const valueOf = (fact: Fact, text: string): string =>
  fact === 'order_number' ? oneLine(text).replace(NUMBER_SIGN, '') : oneLine(text);

const NUMBER_SIGN = /^(?:n\.?\s?[°ºª]\.?\s*|№\s*|(?:no|nr|num|núm|č|čís|br|št)\.\s*|(?:no|nr|num)\s+)(?=\S*\d)/iu;

const oneLine = (text: string): string =>
  text
    .split(/\s*[\r\n]+\s*/)
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join(', ');
