import type { Language } from '../../../schemas/language';
import type { FileReading, OrderFacts, OrderLine, StatedTotal, TableStructure } from '../../../schemas/order/order';
import type { Workbook } from '../../spreadsheets/workbook';
import { currencyOf } from './currencies';
import type { UnnumberedLine, TableReading } from './line';
import { factsOf } from './facts';
import { anomaly, outcomeReasons, sheetReasons, type Found, type OutcomeReason } from './messages';
import { reasonOf } from './outcome';
import { checkLine, checkMatrix, checkQuantities } from './reconcile';
import { repeatsIn, type Repeat } from './repeats';
import { reportColumns, reportDuplicates, reportRefused } from './report';
import { readSheets, type BookReading, type SheetReading } from './sheets';
import { sketchOf } from './sketch';
import { structureOf } from './structures';
import { checkTotals } from './totals';

export interface UnderstandOptions {
  /** name of the file, for evidence */
  file: string;
  /** language of the order's conversation; decides if neither the file's words nor its columns do */
  language?: Language;
  /** structure of tables, by a person or a model; sheets named here are not searched for tables */
  structures?: TableStructure[];
}

/**
 * Reads the order in a workbook: lines with the provenance of each value, anomalies, and further facts of the sheets.
 * Pure; never throws on the content of a file.
 */
export function understand(workbook: Workbook, options: UnderstandOptions): FileReading {
  const { file, language, structures = [] } = options;
  const book = readSheets(workbook, file, structures, language);
  const visible = book.sheets.filter(({ hidden }) => !hidden);
  const repeats = repeatsIn(new Map(visible.map((sheet) => [sheet.grid.sheet, sheet.readings])));
  const read = visible.filter(({ grid }) => !repeats.has(grid.sheet));
  const readings = read.flatMap((sheet) => sheet.readings);
  const drafts = readings.flatMap((reading) => reading.drafts);
  const found = checkLines(readings, drafts, book);
  const { totals, found: mismatches } = checkTotals(readings);
  found.push(...mismatches);
  const { facts, found: ofFacts } = collectFacts(read, book, drafts);
  found.push(...ofFacts, ...visible.flatMap(reportRefused), ...reportSheets(book.sheets, repeats, drafts.length > 0));
  const ids = new Map(drafts.map((draft, index) => [draft, `L${index + 1}`]));
  const lines = drafts.map((draft): OrderLine => ({ line_id: ids.get(draft) ?? '', ...draft.line }));
  const anomalies = [
    ...drafts.flatMap((draft) => draft.issues.map((issue) => anomaly({ ...issue, line_id: ids.get(draft) }))),
    ...found.map(anomaly),
  ];
  const reason = drafts.length > 0 ? undefined : outcomeOf(book.sheets);
  return {
    file,
    outcome: reason ? 'not_an_order' : 'order',
    ...(reason ? { reason: { code: reason, message: outcomeReasons[reason] } } : {}),
    sheets: book.sheets.map((sheet) => sheetOutcome(sheet, repeats.get(sheet.grid.sheet))),
    structures: readings.flatMap(({ table, drafts: own }) => (own.length > 0 ? (structureOf(table) ?? []) : [])),
    lines,
    facts,
    totals: totals.map((total): StatedTotal => ({
      ...total,
      covers: total.covers.flatMap((draft) => ids.get(draft) ?? []),
    })),
    anomalies,
    sketch: sketchOf([...visible, ...book.sheets.filter(({ hidden }) => hidden)].map(({ grid }) => grid)),
  };
}

function checkLines(
  readings: readonly TableReading[],
  drafts: readonly UnnumberedLine[],
  { context }: BookReading,
): Found[] {
  for (const draft of drafts) checkLine(draft);
  for (const reading of readings) checkMatrix(reading, context);
  checkQuantities(drafts);
  reportDuplicates(drafts);
  // without any line, the skipped rows may be the reason
  const ordered = readings.filter((reading) => reading.drafts.length > 0 || drafts.length === 0);
  return [...ordered.flatMap((reading) => reading.found), ...reportColumns(readings)];
}

/** Facts of all sheets; the first sheet that states one wins. */
function collectFacts(sheets: readonly SheetReading[], { context }: BookReading, drafts: readonly UnnumberedLine[]) {
  const facts: OrderFacts = {};
  const found: Found[] = [];
  const lastLines = new Map(
    sheets.flatMap(({ readings }) =>
      readings.map(
        ({ table, drafts: own }) =>
          [table, Math.max(table.first - 1, ...table.headerRows, own.at(-1)?.row ?? 0)] as const,
      ),
    ),
  );
  for (const { grid, tables } of sheets) {
    const read = factsOf(grid, grid.turned ? [] : tables.filter((table) => !table.grid.turned), lastLines, context);
    for (const [name, value] of Object.entries(read.facts)) facts[name as 'customer'] ??= value;
    found.push(...read.found);
  }
  const money = currencyOf(
    sheets.flatMap(({ tables }) => tables),
    drafts,
  );
  if (money.currency && !facts.currency) facts.currency = money.currency;
  return { facts, found: [...found, ...money.found] };
}

function reportSheets(
  sheets: readonly SheetReading[],
  repeats: ReadonlyMap<string, Repeat>,
  isOrder: boolean,
): Found[] {
  return sheets.flatMap((sheet): Found[] => {
    const { grid, hidden, readings } = sheet;
    const at = [{ file: grid.file, sheet: grid.sheet }];
    const lines = readings.some(({ drafts }) => drafts.length > 0);
    if (hidden) return lines ? [{ code: 'sheet.hidden', evidence: at, words: { text: grid.sheet } }] : [];
    const repeat = repeats.get(grid.sheet);
    if (!repeat && (lines || !isOrder || grid.rows.length === 0)) return [];
    const why = sheetReasons[repeat ?? reasonOf(readings)];
    return [{ code: 'sheet.not_read', evidence: at, words: { text: grid.sheet, why: why.en, why_fr: why.fr } }];
  });
}

function sheetOutcome(
  { grid, hidden, readings }: SheetReading,
  repeat: Repeat | undefined,
): FileReading['sheets'][number] {
  const lines = readings.reduce((sum, { drafts }) => sum + drafts.length, 0);
  const { sheet: name } = grid;
  if (grid.rows.length === 0) return { name, role: 'empty', reason: sheetReasons.empty, lines: 0 };
  if (hidden) return { name, role: 'hidden', reason: sheetReasons.hidden, lines: 0 };
  if (repeat) return { name, role: 'not_an_order', reason: sheetReasons[repeat], lines: 0 };
  if (lines > 0) return { name, role: 'order', lines };
  return { name, role: 'not_an_order', reason: sheetReasons[reasonOf(readings)], lines: 0 };
}

/** Reason why there is no line: the kind of the visible sheets, or lines on hidden sheets only. */
function outcomeOf(sheets: readonly SheetReading[]): OutcomeReason {
  if (sheets.some(({ hidden, readings }) => hidden && readings.some(({ drafts }) => drafts.length > 0)))
    return 'only_hidden';
  if (sheets.every(({ grid }) => grid.rows.length === 0)) return 'empty';
  return reasonOf(sheets.filter(({ hidden }) => !hidden).flatMap(({ readings }) => readings));
}
