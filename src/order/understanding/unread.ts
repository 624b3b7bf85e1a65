/** Warnings about what stands in and around a table and was not understood: nothing there is passed over in silence. */
import type { Provenance } from '../../../schemas/order/order';
import { withoutDays } from './delivery-sentences';
import { isExplained } from './explained-columns';
import { isDecided, legendRows } from './coloured-rows';
import { isPosition, isSequence } from './content';
import { isBlank, saysNothing, textOf, type GridCell, type GridRow } from './grid';
import { speaksOfFree } from './free-goods';
import { isOpen } from './header-rows';
import { isColourLegend } from './lexicon/colours';
import { changesOrder, isConditional, speaksOfDelivery } from './lexicon/conditions';
import { isDeliveryToCome } from './lexicon/deliveries';
import { factLabelOf } from './lexicon/facts';
import { replaces } from './lexicon/states';
import { titleOf } from './lexicon/titles';
import { weekdays } from './lexicon/weekdays';
import { isMarkHeading, loneMarks } from './marks';
import type { TableReading, UnnumberedLine, Found } from './line';
import { hasFigure, linesChanged, linesNamed } from './named-lines';
import { share } from './profile';
import { remarkOn } from './remarks';
import { replacesNothingHere } from './replacements';
import type { SheetReading } from './sheet-reading';
import { figureBefore } from './taken-back';
import { plainWords } from './text';
import type { Table } from './types';

const SHOWN = 10;

/** Columns of figures or days among the lines, and of words that differ from order to order, that no role and no heading explains. */
export function reportUnreadColumns(reading: TableReading): Found[] {
  const { table, drafts } = reading;
  const { grid, header, used, known, profiles, doubts, left, right } = table;
  const [first, last] = [drafts[0]?.row, drafts.at(-1)?.row];
  if (first === undefined || last === undefined || grid.turned || table.prose || table.blocks) return [];
  const told = new Set(doubts.flatMap(({ columns }) => columns));
  const open = [...profiles.values()].filter(({ column }) => {
    if (column < left || column > right || used.has(column) || known.has(column) || told.has(column)) return false;
    const heading = header?.headings.get(column);
    // beside headings, a column without one is told line by line
    if (header && (heading === undefined || heading.text === '')) return false;
    if (!isOpen(heading) || (heading && isMarkHeading(heading.text))) return false;
    return (isFigured(table, column) && !isExplained(reading, column)) || isOfOrders(reading, column);
  });
  if (open.length === 0) return [];
  const evidence = open.slice(0, SHOWN).map(({ column }) => ({
    ...grid.from(header?.headings.get(column)?.row ?? first, column),
    cell: `${grid.address(first, column)}:${grid.address(last, column)}`,
  }));
  const text = evidence.map((each) => each.text ?? each.cell).join(' / ');
  return [{ code: 'columns.unread', evidence, words: { text } }];
}

/** Whether a column holds figures that may count, measure or cost, or days, and not the numbers of its lines. */
function isFigured({ profiles }: Table, column: number): boolean {
  const profile = profiles.get(column);
  if (!profile || profile.seen === 0 || isPosition(profile) || isSequence(profile)) return false;
  const figured = share(profile, 'numbers') + share(profile, 'counts');
  return Math.max(figured, share(profile, 'dates')) >= 0.5 && share(profile, 'eans') < 0.5;
}

/** Whether words are the same on each line of an order and change with it: a place, a person or a kind. */
function isOfOrders({ table, drafts }: TableReading, column: number): boolean {
  if (!table.roles.has('order_number')) return false;
  const words = new Map<string, string>();
  for (const { line, row } of drafts) {
    const [order, text] = [line.order_number?.value ?? '', table.grid.text(row, column)];
    if (!/\p{L}{2}/u.test(text) || (words.get(order) ?? text) !== text) return false;
    words.set(order, text);
  }
  return words.size > 1 && words.size < drafts.length && new Set(words.values()).size > 1;
}

/** Marks on lines that nothing explains: `X` under `Del`. */
export function reportMarks({ table, drafts }: TableReading): void {
  const columns = drafts.length > 0 && !table.prose && !table.blocks ? loneMarks(table) : [];
  for (const { row, issues } of drafts)
    for (const column of columns) {
      const text = table.grid.text(row, column);
      const heading = table.header?.headings.get(column)?.text ?? '';
      if (text !== '')
        issues.push({
          code: 'line.remark',
          evidence: [table.grid.from(row, column)],
          words: { text: `${heading}: ${text}` },
        });
    }
}

/** Remarks in the row of a line that were read as words alone, and that somebody has to weigh. */
export function reportRemarks({ table, row, issues, price }: UnnumberedLine): void {
  const { grid, from, to, roles } = table;
  const told = new Set(issues.flatMap(({ evidence }) => evidence.map(({ cell }) => cell)));
  for (const [column, cell] of (grid.row(row)?.cells ?? []).entries()) {
    if (!cell || column < from || column > to || cell.value.is !== 'text' || saysNothing(cell)) continue;
    const text = textOf(cell);
    if (!/\p{L}{2}/u.test(text) || told.has(grid.address(row, column))) continue;
    const role = [...roles].find(([, at]) => at === column)?.[0];
    if (role === 'description' ? !isConditional(text) : role !== undefined && role !== 'note') continue;
    if (role === undefined && table.used.has(column)) continue;
    // a price of nothing says it already
    if (price?.units === 0n && speaksOfFree(text) && !isConditional(text)) continue;
    if (role !== 'description' && !changesOrder(text) && !movesDelivery(text)) continue;
    if (replacesNothingHere(table, text, row, (other) => isLeftOut(table, other))) continue;
    issues.push({ code: 'line.remark', evidence: [grid.from(row, column)], words: { text } });
  }
}

/** Whether a remark says on which weekday its line is to come: `Mi-Menge bitte schon am Dienstag anliefern`. */
const movesDelivery = (text: string): boolean =>
  isDeliveryToCome(text) &&
  plainWords(text)
    .split(' ')
    .some((word) => word.length > 3 && weekdays.has(word));

/** Whether another row is surely not ordered. */
const isLeftOut = (table: Table, number: number): boolean => {
  const row = table.grid.row(number);
  return row !== undefined && remarkOn(table, row)?.sure === true;
};

const LEAST_WORDS = 4;
const LONGEST = 500;
/** Words that close a letter, or a page, and ask for nothing. */
const POLITE =
  /^(?:(?:many |kind |best |with )?(?:thanks|thank you|regards)|merci|cordialement|bien cordialement|(?:mit )?(?:freundlichen|besten|viele) gr|vielen dank|danke|gracias|un saludo|saludos|grazie|cordiali saluti|distinti saluti|bedankt|met vriendelijke|obrigad|cumprimentos|dzi[eę]kuj|pozdraw|d[eě]kuj|s pozdravem|tack|med v[aä]nlig|mvh|tak |venlig|page \d|seite \d|p[aá]gina \d|signature|unterschrift|(?:ce )?document |e\.? ?& ?o\.? ?e|all prices|prices (?:are|in|ex)|prix (?:en|ht|nets)|tous (?:les|nos) prix|(?:alle )?preise (?:in|zzgl|netto|verstehen)|precios (?:en|sin|iva)|prezzi |prijzen |ceny )/iu;

/** Whether a text only closes a letter or a page: `Merci d’avance`, not `Merci de mettre 24 au lieu de 12`. */
export const isClosing = (text: string): boolean =>
  POLITE.test(text) && !changesOrder(text) && figureBefore(text) === undefined;

/** What stands around the lines of a sheet and is neither a heading, a sum nor a fact. */
export interface Remarks {
  /** texts that may change what is ordered, as a warning */
  found: Found[];
  /** all others */
  texts: Provenance[];
}

/** Sentences between and below the lines, and conditions or days in words above them. */
export function remarksAround({ grid, readings }: SheetReading, found: readonly Found[], dated: boolean): Remarks {
  const lines = readings.filter(({ drafts, table }) => drafts.length > 0 && !table.grid.turned);
  if (lines.length === 0) return { found: [], texts: [] };
  const taken = new Set(
    lines.flatMap(({ table, drafts, totals, leftOut }) => [
      ...[...drafts, ...totals, ...leftOut.map(({ draft }) => draft)].map(({ row }) => row),
      // a row that has given its day to the lines below it was read, and so was a message that changes a quantity
      ...drafts.flatMap(({ line }) => [line.delivery_date, line.quantity].flatMap((value) => rowOf(value?.from?.cell))),
      ...table.headerRows,
    ]),
  );
  for (const row of legendRows(grid)) taken.add(row);
  const told = [...found, ...lines.flatMap((reading) => reading.found)]
    .flatMap(({ evidence }) => evidence)
    .concat(lines.flatMap(({ leftOut }) => leftOut.map(({ from }) => from)))
    .filter(({ sheet }) => sheet === grid.sheet);
  for (const { cell = '' } of told) for (const part of cell.split(':')) taken.add(Number(part.replace(/^\D+/, '')));
  const top = Math.min(...lines.map(({ table, drafts }) => Math.min(drafts[0]?.row ?? 0, ...table.headerRows)));
  const end = Math.max(...lines.map(({ drafts }) => drafts.at(-1)?.row ?? 0));
  const [changing, texts, dayed, named]: [Provenance[], Provenance[], Provenance[], Provenance[]] = [[], [], [], []];
  for (const row of grid.rows) {
    if (taken.has(row.number) || lines.some(({ table }) => isOffered(table, row))) continue;
    for (const [column, cell] of row.cells.entries()) {
      if (!cell || isBlank(cell) || !isRemark(cell, row.number > top, dated)) continue;
      const text = textOf(cell);
      const from = grid.from(row.number, column);
      const changed = linesChanged(lines, cell);
      for (const draft of changed) hold(draft, from);
      if (changed.length > 0) continue;
      // a day among the lines is of those that follow it, in whatever language
      const namesDay = row.number > top && row.number < end && withoutDays(text) !== text;
      const about = linesNamed(lines, text);
      const changes = changesOrder(text) || namesDay || hasFigure(text, about) || (!dated && speaksOfDelivery(text));
      (changes ? changing : texts).push(from);
      if (changes) named.push(...about.map(placeOf));
      if (namesDay) dayed.push(...linesBelow(lines, row.number));
    }
  }
  const shown = changing.slice(0, SHOWN);
  const words = { text: shown.map(({ text }) => `“${text ?? ''}”`).join(', ') };
  const evidence = [...shown, ...dayed, ...named.slice(0, SHOWN)];
  return { found: shown.length > 0 ? [{ code: 'remarks.unread', evidence, words }] : [], texts };
}

const placeOf = ({ table, row, line }: UnnumberedLine): Provenance =>
  line.quantity?.from ?? table.grid.from(row, table.left);

/** Asks which quantity of a line counts: the one in its row, or that of a message. */
const hold = (draft: UnnumberedLine, from: Provenance): void => {
  draft.issues.push({ code: 'line.held', evidence: [placeOf(draft), from], words: { text: from.text ?? '' } });
};

const rowOf = (cell: string | undefined): number[] => (cell === undefined ? [] : [Number(cell.replace(/^\D+/, ''))]);

/** Where the lines below a row stand, a place for each table. */
const linesBelow = (readings: readonly TableReading[], number: number): Provenance[] =>
  readings.flatMap(({ table: { grid, left, right }, drafts }) => {
    const rows = drafts.map(({ row }) => row).filter((row) => row > number);
    if (rows.length === 0) return [];
    const cell = `${grid.address(Math.min(...rows), left)}:${grid.address(Math.max(...rows), right)}`;
    return [{ file: grid.file, sheet: grid.sheet, cell }];
  });

/** Whether a row of a list names an article that nobody has ordered: it has a code, a price or a unit, and no quantity. */
function isOffered({ roles, first, last }: Table, { number, cells }: GridRow): boolean {
  if (number < first || number > last) return false;
  const beside = (['reference', 'ean', 'unit_price', 'unit'] as const).filter(
    (role) => !saysNothing(cells[roles.get(role) ?? 0]),
  );
  return beside.length > 0 && !isBlank(cells[roles.get('description') ?? 0]);
}

/** Whether a text around the lines says something of them. Above them stand names and addresses, too. */
function isRemark(cell: GridCell, below: boolean, dated: boolean): boolean {
  if (cell.value.is !== 'text') return false;
  const text = textOf(cell);
  const words = text.split(' ').filter((word) => /\p{L}/u.test(word)).length;
  if (text.length > LONGEST || words < 2 || isFact(text) || replaces(text) || isClosing(text)) return false;
  if (!below && titleOf(text) !== undefined) return false;
  if (below) return words >= LEAST_WORDS || changesOrder(text);
  return words >= LEAST_WORDS - 1 && (isConditional(text) || (!dated && speaksOfDelivery(text)));
}

/** Whether a text is the label of a fact, with or without its value. */
const isFact = (text: string): boolean => {
  const [label = '', value] = text.split(/\s*[:：]\s*/);
  return factLabelOf(label) !== undefined && (value === undefined || value === '' || value.split(' ').length <= 12);
};

/** Asks about all lines of a sheet on which a legend says what the colours of rows mean, and leaves some open. */
export function reportColours({ grid, readings }: SheetReading): Found[] {
  const drafts = readings.flatMap((reading) => reading.drafts);
  if (drafts.length === 0 || grid.turned) return [];
  const legend = grid.rows.flatMap(({ number, cells }) =>
    [...cells.entries()].flatMap(([column, cell]) =>
      cell?.value.is === 'text' && isColourLegend(textOf(cell)) ? [grid.from(number, column)] : [],
    ),
  );
  const rows = drafts.flatMap(({ table, row }) => {
    const own = grid.row(row);
    return own ? [{ table, row: own }] : [];
  });
  if (legend.length === 0 || isDecided(rows)) return [];
  const lines = readings.flatMap(({ table, drafts: own }): Provenance[] => {
    const [first, last] = [own[0]?.row, own.at(-1)?.row];
    if (first === undefined || last === undefined) return [];
    const cell = `${grid.address(first, table.left)}:${grid.address(last, table.right)}`;
    return [{ file: grid.file, sheet: grid.sheet, cell }];
  });
  const words = { text: legend.map(({ text }) => text ?? '').join(', ') };
  return [{ code: 'rows.coloured', evidence: [...legend.slice(0, SHOWN), ...lines], words }];
}
