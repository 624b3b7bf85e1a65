import type { Provenance } from '../../../schemas/order/order';
import { bareTable } from './bare-table';
import { dateIn } from './dates';
import { asNumber, decimal, decimalText, type Decimal } from './decimal';
import { isBlank, textOf, type Grid, type GridCell, type GridRow } from './grid';
import { isLabel } from './header-rows';
import { meaningOf } from './lexicon/match';
import { isRange } from './lexicon/ranges';
import { shareWord } from './named-lines';
import type { LeftOut, TableReading, UnnumberedLine } from './line';
import { packText } from './packs';
import { notationOf, numberIn, type Notation } from './numbers';
import { stateOfSection } from './remarks';
import { takeBack } from './taken-back';
import { plainWords } from './text';
import type { WantedLine, Table } from './types';
import { unitCode } from './units';
import { isClosing } from './unread';
import { AMOUNT, amountIn, CHAT, CODED, lettersIn, named, NO_ARTICLE, wantedIn } from './wanted';

/** A longer number is a code. */
const MOST = 1_000;

/** Quantity in a cell of its own: 15, `6 docenas`, `1/2 caja`. */
function countIn(cell: GridCell, notation?: Notation): { quantity: Decimal; unit?: string } | undefined {
  if (cell.value.is === 'number') {
    const quantity = decimal(cell.value.digits);
    return quantity && quantity.units > 0n && cell.value.number < MOST ? { quantity } : undefined;
  }
  if (cell.value.is !== 'text') return undefined;
  const text = textOf(cell);
  const [, number = text, rest = ''] = new RegExp(`^${AMOUNT}\\s*(.*)$`, 'iu').exec(text) ?? [];
  const quantity = amountIn(number, notation);
  if (!quantity || quantity.units <= 0n || /[€$£]|^\d{4,}$|^0\d|[.,]\d\d$|:-/.test(text)) return undefined;
  if (rest === '') return { quantity };
  if (unitCode(rest) !== undefined) return { quantity, unit: rest };
  const [reading] = packText(text)?.readings ?? [];
  return reading;
}

/** A row of more figures than a quantity, a price and an amount is one of a table, not of a list. */
const MOST_FIGURES = 4;

function wantedOf(row: GridRow, notation?: Notation): WantedLine[] {
  const filled = row.cells.flatMap((cell, column) => (cell && !isBlank(cell) ? [{ cell, column }] : []));
  const [first] = filled;
  if (!first || filled.filter(({ cell }) => cell.value.is === 'number').length >= MOST_FIGURES) return [];
  const names = filled.filter(
    ({ cell }) => cell.value.is === 'text' && !countIn(cell, notation) && named(textOf(cell)),
  );
  const name = names.find(({ cell }) => unitCode(textOf(cell)) === undefined && lettersIn(textOf(cell)) >= 3);
  const counts = filled.filter(({ cell, column }) => column !== name?.column && countIn(cell, notation));
  // the number right before or behind the name
  const at = (column: number) => filled.findIndex((each) => each.column === column);
  const counted = counts.find(({ column }) => name && at(column) < at(name.column)) ?? counts[0];
  const count = counted && countIn(counted.cell, notation);
  // a figure behind a name is none of its figures if it has a unit: `flour 00 | 4 bags`
  const isApart = name && counted && (count?.unit !== undefined || at(counted.column) < at(name.column));
  if (name && counted && (isApart || !/\d\s*$/.test(textOf(name.cell)))) {
    const beside = filled[at(counted.column) + 1];
    const unit =
      beside && beside !== name && unitCode(textOf(beside.cell)) !== undefined ? textOf(beside.cell) : undefined;
    const more = filled.filter((each) => ![name, counted].includes(each) && each !== (unit ? beside : undefined));
    if (count)
      return [
        {
          ...{ ...(unit ? { unit } : {}), ...count, description: textOf(name.cell) },
          ...{ row: row.number, column: counted.column, named: name.column },
          split: (unit ?? count.unit) !== undefined && (decimalText(count.quantity) ?? '') === '0.5',
          ...detailsIn(more, notation),
        },
      ];
  }
  if (first.cell.value.is !== 'text') return [];
  return first.cell.value.text.split(/\r?\n/).flatMap((part) => {
    const wanted = wantedIn(part, notation);
    return wanted ? [{ ...wanted, row: row.number, column: first.column, named: first.column }] : [];
  });
}

/** Price and code in the cells beside an article. */
function detailsIn(
  cells: readonly { cell: GridCell; column: number }[],
  notation?: Notation,
): Pick<WantedLine, 'price' | 'reference'> {
  const details: Pick<WantedLine, 'price' | 'reference'> = {};
  for (const { cell, column } of cells) {
    const text = textOf(cell);
    if (cell.value.is === 'date' || dateIn(text)) continue;
    const money = numberIn(text.replace(/\s*(?:c\/u|each|ea|pièce|la pièce|stk|st|p\.? ?p)\.?$|:-\s*$/i, ''), notation);
    const isMoney =
      money && money.rest === undefined && (money.currency || money.value.scale === 2 || /:-\s*$/.test(text));
    if (isMoney && (!money.other || notation)) details.price ??= money.value;
    else if (/^(?=\S*\d{2})[\p{L}\d./-]{4,20}$/u.test(text)) details.reference ??= { text, column };
  }
  return details;
}

/** A table of the articles that a list or a letter names line by line; undefined if the sheet is neither. */
export function proseTable(grid: Grid): Table | undefined {
  const shown = notationOf(grid.rows.flatMap(({ cells }) => cells.flatMap((cell) => (cell ? [textOf(cell)] : []))));
  const notation = shown === 'mixed' ? undefined : shown;
  const found = new Map(grid.rows.map((row) => [row.number, wantedOf(row, notation)]));
  const rows = grid.rows.filter(({ number }) => (found.get(number)?.length ?? 0) > 0);
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last || rows.length < 2 || isUnderHeadings(grid, first, found.get(first.number)?.[0]))
    return undefined;
  const span = grid.rows.filter(({ number }) => number >= first.number && number <= last.number);
  if (rows.length < 0.4 * span.length || grid.rows.some(isTariff) || isLog(rows, found)) return undefined;
  const wanted = rows.flatMap(({ number }) => found.get(number) ?? []);
  const columns = wanted.flatMap(({ column, named: name }) => [column, name]);
  const known = { grid, first: first.number, last: last.number, roles: rolesOf(wanted), columns };
  return { ...bareTable(known, grid.width), prose: wanted };
}

/** Whether a row of headings stands above, none of which is of what is ordered: a list of addresses or tariffs. */
function isUnderHeadings(grid: Grid, { number }: GridRow, wanted: WantedLine | undefined): boolean {
  const above = grid.row(number - 1)?.cells.flatMap((cell, column) => (isBlank(cell) ? [] : [{ cell, column }])) ?? [];
  if (above.length < LEAST_HEADINGS || !wanted || !above.every(({ cell }) => isLabel(cell))) return false;
  const counts = (text: string) =>
    meaningOf(text).senses.some(({ sense, score }) => score >= 0.4 && (sense === 'quantity' || sense === 'ordered'));
  return above.some(({ column }) => column === wanted.column) && !above.some(({ cell }) => counts(textOf(cell)));
}

const LEAST_HEADINGS = 3;

/** Whether each row has a day, and what would count something numbers them: revisions, visits, minutes. */
const isLog = (rows: readonly GridRow[], found: ReadonlyMap<number, readonly WantedLine[]>): boolean =>
  rows.every(({ cells }) => cells.some((cell) => cell?.value.is === 'date' || dateIn(textOf(cell)) !== undefined)) &&
  rows.every(({ number }, at) => {
    const own = found.get(number)?.[0]?.quantity;
    const before = found.get(rows[at - 1]?.number ?? 0)?.[0]?.quantity;
    return own && (!before || asNumber(own) === asNumber(before) + 1);
  });

/** Whether a row holds the steps of a tariff. */
const isTariff = ({ cells }: GridRow): boolean =>
  cells.filter((cell) => cell?.value.is === 'text' && isRange(cell.value.text)).length >= 2;

/** Columns of the first article, and of the first code. */
function rolesOf([first, ...more]: readonly WantedLine[]): Table['roles'] {
  const reference = [first, ...more].find((each) => each?.reference)?.reference;
  return new Map([
    ['quantity', first?.column ?? 1],
    ['description', first?.named ?? 1],
    ...(reference ? [['reference', reference.column] as const] : []),
  ]);
}

/** Words by which a message takes back or changes what another has said. */
const CHANGE =
  /(?<!\p{L})(?:instead|scrap|cancel|forget|drop|change|actually|rather than|no longer|annule|finalement|plutot|au lieu|laisse tomber|doch|stattdessen|statt|streich|mejor|en vez|anula|olvida|invece|annulla|lascia|toch|in plaats|schrap|em vez|afinal|cancela|zamiast|jednak|nie trzeba|rezygn\p{L}*|istallet|i stedet|alligevel)(?!\p{L})/u;

/** Rows below the last article that may hold others. */
const NEAR = 5;
/** A figure before a word or a sign, as of something wanted. */
const COUNTS = /(?<![\d.,/-])\d{1,3}\s?(?:x\s|×|\p{L}{3,})/iu;

/** Reads the lines of a list or a letter. Messages that change others are asked about. */
export function readProse(table: Table): TableReading {
  const { grid, prose = [], first, last } = table;
  const all = prose.map((wanted) => draftOf(table, wanted));
  const returned = all.flatMap((draft, at): LeftOut[] => {
    const column = prose[at]?.named ?? table.left;
    const why = stateOfSection(grid.text(draft.row, column))?.why;
    return why === 'returned' ? [{ draft, why, from: grid.from(draft.row, column) }] : [];
  });
  const drafts = all.filter((draft) => !returned.some((each) => each.draft === draft));
  const taken = new Set(prose.map(({ row }) => row));
  const reading: TableReading = {
    ...{ table, drafts, totals: [], leftOut: returned, sections: [], found: [], open: 0, filledRows: taken.size },
    currencies: new Map(),
  };
  const range = `${grid.address(first, 1)}:${grid.address(last, Math.max(1, grid.width))}`;
  reading.found.push({ code: 'lines.prose', evidence: [{ file: grid.file, sheet: grid.sheet, cell: range }] });
  const skipped: Provenance[] = [];
  for (const row of grid.rows) {
    if (row.number < first) continue;
    const column = row.cells.findIndex((cell) => !isBlank(cell));
    const text = textOf(row.cells[column]).replace(CHAT, '');
    const changes = CHANGE.test(plainWords(text));
    const near = taken.has(row.number - 1) && row.number <= last + 1;
    const counts = row.number <= last + NEAR && COUNTS.test(text) && !NO_ARTICLE.test(text);
    const isAsked = near && !(row.number > last && isClosing(text) && !/\d/.test(text));
    const next = !taken.has(row.number) && /\p{L}{3}/u.test(text) && (isAsked || counts);
    if (!changes && !next) continue;
    const from = grid.from(row.number, column);
    const about = changes ? drafts.filter((draft) => draft.row !== row.number && shareWord(draft, text)) : [];
    const [only] = about;
    const settled = only && about.length === 1 ? takeBack(text, only, from) : undefined;
    if (settled && settled !== 'changed') {
      reading.leftOut.push(settled);
      reading.drafts = reading.drafts.filter((draft) => draft !== only);
      continue;
    }
    if (settled) {
      const words = { text, value: only?.line.quantity?.value ?? '' };
      only?.issues.push({ code: 'line.quantity_packed', evidence: [from], words });
      continue;
    }
    for (const draft of about)
      draft.issues.push({ code: 'line.held', evidence: [placeOf(draft), from], words: { text } });
    if (about.length === 0 && !taken.has(row.number)) skipped.push(from);
  }
  const text = skipped.map(({ cell }) => cell).join(', ');
  if (skipped.length > 0) reading.found.push({ code: 'rows.skipped', evidence: skipped.slice(0, 10), words: { text } });
  return reading;
}

const placeOf = ({ table, row, line }: UnnumberedLine) => line.quantity?.from ?? table.grid.from(row, table.left);

/** Takes the code out of the words of an article. */
function withCode(all: WantedLine): WantedLine {
  if (all.reference) return all;
  if (all.code !== undefined) return { ...all, reference: { text: all.code, column: all.named } };
  const [coded = '', code] = CODED.exec(all.description) ?? [];
  if (code === undefined || coded.length >= all.description.length) return all;
  const description = all.description.slice(0, -coded.length).replace(/[\s,;:–-]+$/, '');
  return { ...all, description, reference: { text: code, column: all.named } };
}

function draftOf(table: Table, all: WantedLine): UnnumberedLine {
  const wanted = withCode(all);
  const { row, column, named: name, quantity, unit, description, split, price, reference } = wanted;
  const [from, of] = [table.grid.from(row, column), table.grid.from(row, name)];
  const source = 'file' as const;
  const draft: UnnumberedLine = {
    ...{ table, row, quantity, price, issues: [] },
    line: {
      quantity: { value: decimalText(quantity) ?? '0', source, from, confidence: split ? 0.5 : 0.8 },
      description: { value: description.slice(0, 5_000), source, from: of, confidence: 0.8 },
      ...(unit ? { unit: { value: unitCode(unit) ?? unit, source, from, confidence: 0.8 } } : {}),
      ...(price ? { unit_price: { value: decimalText(price) ?? '0', source, from: of, confidence: 0.7 } } : {}),
    },
  };
  if (reference)
    draft.line.reference = {
      ...{ value: reference.text, source, confidence: 0.6 },
      from: table.grid.from(row, reference.column),
    };
  if (wanted.vague)
    draft.issues.push({
      ...{ code: 'line.quantity_uncertain', evidence: [from] },
      words: { text: from.text ?? '', readings: '2 or more', readings_fr: '2 ou plus' },
    });
  if (split)
    draft.issues.push({ code: 'line.quantity_fractional', evidence: [from], words: { text: from.text ?? '' } });
  return draft;
}
