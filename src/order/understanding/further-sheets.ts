import type { Context } from './context';
import { calendarOf, dayLabelOf, namesDay } from './day-labels';
import { factsOf } from './facts';
import { isBlank, textOf } from './grid';
import { isMonth } from './dates';
import { isPeriod } from './lexicon/labels';
import type { TableReading, UnnumberedLine } from './line';
import { identityOf } from './lines';
import { repeatsIn, type Repeat } from './repeats';
import type { SheetReading } from './sheet-reading';
import type { ColumnRole } from './types';
import { daysIn } from './values';

/** What tells the lines of a sheet from those of another. */
interface Trait {
  sheet: SheetReading;
  drafts: UnnumberedLine[];
  named: boolean;
  described: boolean;
  headed: boolean;
  /** roles of its columns by their place, for pages that go on without headings */
  columns: ReadonlyMap<ColumnRole, number>;
  evidence: number;
}

/** Sheets that are left out beside others: they repeat them, sum them up, or are not of their kind. */
export function repeatsAmong(
  sheets: readonly SheetReading[],
  given: ReadonlySet<string>,
  context: Context,
): Map<string, Repeat> {
  const repeats = repeatsIn(new Map(sheets.map(({ grid, readings }) => [grid.sheet, readings])));
  const rest = sheets.filter(({ grid }) => !repeats.has(grid.sheet));
  return new Map([...repeats, ...furtherSheets(rest, given, context)]);
}

/**
 * Sheets beside the one that is the order by its headings and figures, of which the lines are of another kind: they
 * name no articles as that one does, have no headings and other columns, or are from before the order. A sheet with an
 * order number of its own is an order of its own.
 */
function furtherSheets(
  sheets: readonly SheetReading[],
  given: ReadonlySet<string>,
  context: Context,
): Map<string, Repeat> {
  const traits = sheets.filter(({ readings }) => readings.some(({ drafts }) => drafts.length > 0)).map(traitOf);
  const [main] = [...traits].sort((a, b) => b.evidence - a.evidence);
  const out = new Map<string, Repeat>();
  if (!main || traits.length < 2) return out;
  const own = factsOf(main.sheet, context).facts;
  for (const trait of traits) {
    const { grid } = trait.sheet;
    if (trait === main || given.has(grid.sheet)) continue;
    const number = factsOf(trait.sheet, context).facts.order_number?.value;
    if (number !== undefined && number !== own.order_number?.value) continue;
    if (isOtherwise(trait, main)) out.set(grid.sheet, 'other');
    else if (isEarlier(trait, main, own.order_date?.value)) out.set(grid.sheet, 'earlier');
  }
  return out;
}

const MONEY: readonly ColumnRole[] = ['unit_price', 'amount', 'discount_percent'];

function traitOf(sheet: SheetReading): Trait {
  const readings = sheet.readings.filter(({ drafts }) => drafts.length > 0);
  const drafts = readings.flatMap((reading) => reading.drafts);
  const most = (has: (draft: UnnumberedLine) => boolean) => 2 * drafts.filter(has).length > drafts.length;
  const named = most(({ line }) => (line.reference ?? line.ean) !== undefined);
  const described = most(({ line }) => line.description !== undefined);
  const tables = readings.map(({ table }) => table);
  const headed = tables.some(({ header, blocks }) => header !== undefined || blocks !== undefined);
  const proofs = [
    ...[named, described, headed, headed, tables.some(({ witnessed }) => witnessed)],
    ...MONEY.map((role) => tables.some(({ roles }) => roles.has(role))),
  ];
  const columns = tables[0]?.roles ?? new Map<ColumnRole, number>();
  return { ...{ sheet, drafts, named, described, headed, columns }, evidence: proofs.filter(Boolean).length };
}

const isOtherwise = (trait: Trait, main: Trait): boolean =>
  (main.named && !trait.named) ||
  (main.described && !trait.described) ||
  (main.headed && !trait.headed && [...trait.columns].some(([role, column]) => main.columns.get(role) !== column));

/** Whether lines are from before the order: by the days in a column of theirs, or by the day in the sheet's name. */
function isEarlier({ sheet, drafts }: Trait, main: Trait, ordered: string | undefined): boolean {
  const near = ordered ?? calendarOf(main.sheet.grid, Infinity).near;
  if (ordered !== undefined && sheet.readings.some((reading) => isBefore(reading, ordered))) return true;
  const names = new Set(main.drafts.map(identityOf));
  const isSame = 2 * drafts.filter((draft) => names.has(identityOf(draft))).length >= drafts.length;
  const isDated = ({ readings }: SheetReading) => readings.some(holdsPeriods);
  const year = yearIn(sheet.grid.sheet) ?? yearAbove(sheet);
  if (
    isSame &&
    ((isDated(sheet) && !isDated(main.sheet)) || (near !== undefined && year !== undefined && year < near.slice(0, 4)))
  )
    return true;
  const day = dayInName(sheet.grid.sheet, near);
  if (day === undefined || dayInName(main.sheet.grid.sheet, near) !== undefined) return false;
  if (near !== undefined && day !== '') return day < near;
  return isSame;
}

/** Whether a column that is none of delivery says on each line of which month or week it is, and not of the same on all. */
function holdsPeriods({ table, drafts }: TableReading): boolean {
  return Array.from({ length: table.right - table.left + 1 }, (_, at) => table.left + at).some((column) => {
    if (table.roles.get('delivery_date') === column || drafts.length < 2) return false;
    const texts = drafts.map(({ row }) => table.grid.text(row, column));
    return new Set(texts).size > 1 && texts.every((text) => isPeriod(text.replace(/\.$/, '')) || isMonth(text));
  });
}

/** The only year that a text names. */
function yearIn(text: string): string | undefined {
  const years = [...text.matchAll(/(?<![\d./-])20[1-4]\d(?![\d./-])/g)].map(([year]) => year);
  return years.length === 1 ? years[0] : undefined;
}

/** The year in a title alone in its row above the headings of a sheet. */
function yearAbove({ grid, readings }: SheetReading): string | undefined {
  const top = Math.min(...readings.map(({ table }) => Math.min(table.first, ...table.headerRows)));
  const titles = grid.rows.flatMap(({ number, cells }) => {
    const filled = cells.filter((cell) => !isBlank(cell));
    return number < top && filled.length === 1 ? [textOf(filled[0])] : [];
  });
  return titles.flatMap((title) => yearIn(title) ?? [])[0];
}

/** Whether a column of a table holds nothing but days before another, on several lines. */
function isBefore({ table, drafts }: TableReading, ordered: string): boolean {
  return Array.from({ length: table.right - table.left + 1 }, (_, at) => table.left + at).some((column) => {
    const cells = drafts.flatMap(({ row }) => {
      const cell = table.grid.cell(row, column);
      return cell && !isBlank(cell) ? [cell] : [];
    });
    return (
      cells.length > 1 &&
      daysIn(cells).every((read) => [read?.day, read?.other ?? read?.day].every((day) => day && day < ordered))
    );
  });
}

/** Day that the name of a sheet holds, in the year nearest to another; empty if its year is not known. */
function dayInName(name: string, near: string | undefined): string | undefined {
  const words = name.split(/[\s()[\],;]+/).filter((word) => word !== '');
  for (const length of [3, 2, 1])
    for (let at = 0; at + length <= words.length; at += 1) {
      const text = words.slice(at, at + length).join(' ');
      if (/\d/.test(text) && namesDay(text)) return dayLabelOf(text, { near })?.day ?? '';
    }
  return undefined;
}
