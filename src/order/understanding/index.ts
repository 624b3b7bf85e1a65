import type { Language } from '../../../schemas/language';
import type {
  FileReading,
  OrderFacts,
  OrderLine,
  SetAside,
  StatedTotal,
  TableStructure,
} from '../../../schemas/order/order';
import type { Workbook } from '../../spreadsheets/workbook';
import { checkContradictions } from './contradictions';
import { currencyOf } from './currencies';
import { factsOf } from './facts';
import { repeatsAmong } from './further-sheets';
import { groupAnomalies } from './group';
import { kindOfSheet } from './kind';
import type { Kind } from './types';
import { reportLeftOut } from './left-out';
import { anomaly } from './anomaly';
import type { TableReading, UnnumberedLine, Found } from './line';
import { kindReasons, outcomeReasons, sheetReasons, type OutcomeReason } from './reasons';
import { checkLimits } from './limits';
import { checkMultiples } from './multiples';
import { ordersIn } from './orders';
import { checkPacks } from './packed';
import { reasonOf } from './outcome';
import { checkLine, checkMatrix, checkQuantities } from './reconcile';
import { placeLines, placeSheets } from './places';
import { dropPrinted } from './printed';
import { headDiffers, type Repeat } from './repeats';
import { reportColumns, reportDuplicates, reportRefused, reportText } from './report';
import { dateSections } from './section-days';
import { readSheets } from './sheets';
import type { BookReading, SheetReading } from './sheet-reading';
import { sketchOf } from './sketch';
import { structureOf } from './structures';
import { checkTotals } from './totals';
import { remarksAround, reportColours, reportMarks, reportUnreadColumns } from './unread';
import { replacedIn, sheetAlone, versionsIn } from './versions';

export interface UnderstandOptions {
  /** name of the file, for evidence */
  file: string;
  /** language of the order's conversation; decides if neither the file's words nor its columns do */
  language?: Language;
  /** structure of tables, by a person or a model; sheets named here are not searched for tables */
  structures?: TableStructure[];
}

/** What the sheets are, and which of them are read. */
interface Sorted {
  book: BookReading;
  visible: SheetReading[];
  repeats: ReadonlyMap<string, Repeat>;
  kinds: ReadonlyMap<SheetReading, Kind>;
}

/**
 * Reads the order in a workbook: lines with the provenance of each value, anomalies, and further facts of the sheets.
 * Pure; never throws on the content of a file. A file that says that it is something else is no order; its lines are
 * set aside for a person who knows better.
 */
export function understand(workbook: Workbook, options: UnderstandOptions): FileReading {
  const { file, language, structures = [] } = options;
  const book = readSheets(workbook, file, structures, language);
  const visible = book.sheets.filter(({ hidden }) => !hidden);
  const given = new Set(structures.map(({ sheet }) => sheet));
  const kinds = new Map<SheetReading, Kind>();
  for (const sheet of visible) {
    const kind = given.has(sheet.grid.sheet) ? undefined : kindOfSheet(sheet, file);
    if (kind) kinds.set(sheet, kind);
  }
  for (const [sheet, kind] of replacedIn(visible.filter((each) => !kinds.has(each)))) kinds.set(sheet, kind);
  const ordering = visible.filter((sheet) => !kinds.has(sheet));
  dropPrinted(ordering);
  placeLines(ordering);
  dateSections(ordering);
  const alone = sheetAlone(ordering);
  const repeats: ReadonlyMap<string, Repeat> = alone
    ? new Map(ordering.flatMap((sheet) => (sheet === alone || !hasLines(sheet) ? [] : [[sheet.grid.sheet, 'aside']])))
    : repeatsAmong(ordering, given, book.context);
  const isSummed = [...repeats.values()].includes('summary');
  placeSheets(
    ordering.filter(({ grid }) => !repeats.has(grid.sheet)),
    isSummed,
  );
  const sorted: Sorted = { book, visible, repeats, kinds };
  const read = ordering.filter(({ grid }) => !repeats.has(grid.sheet));
  const content = contentOf(sorted, read, workbook);
  const outcome = {
    file,
    sheets: book.sheets.map((sheet) => sheetOutcome(sheet, sorted)),
    structures: read
      .flatMap(({ readings }) => readings)
      .flatMap(({ table, drafts }) => (drafts.length > 0 ? (structureOf(table) ?? []) : [])),
    sketch: sketchOf([...visible, ...book.sheets.filter(({ hidden }) => hidden)].map(({ grid }) => grid)),
  };
  if (content.lines.length > 0) return { ...outcome, outcome: 'order', ...content };
  const said = visible.filter((sheet) => kinds.has(sheet) && hasLines(sheet));
  const kind = said.length > 0 ? kinds.get(said[0] as SheetReading) : [...kinds.values()][0];
  if (!kind) {
    const code = outcomeOf(book.sheets);
    return { ...outcome, outcome: 'not_an_order', reason: { code, message: outcomeReasons[code] }, ...content };
  }
  if (said.length === 0) return { ...outcome, outcome: 'not_an_order', reason: reasonFor(kind), ...content };
  const {
    orders: _,
    remarks: __,
    ...aside
  } = contentOf({ ...sorted, kinds: new Map(), repeats: new Map() }, said, workbook);
  return { ...outcome, outcome: 'not_an_order', reason: reasonFor(kind), ...content, set_aside: aside };
}

const hasLines = ({ readings }: SheetReading): boolean => readings.some(({ drafts }) => drafts.length > 0);

/** Reason in words: what the document is, and what says so. */
function reasonFor({ kind, words, evidence }: Kind): NonNullable<FileReading['reason']> {
  const { en, fr } = kindReasons[kind];
  const message = { en: `${en}, by its own words: “${words}”.`, fr: `${fr}, selon ses propres mots : « ${words} ».` };
  return { code: kind, message, ...(evidence.length > 0 ? { evidence } : {}) };
}

/** Everything that some sheets of a file say. */
function contentOf(
  sorted: Sorted,
  read: readonly SheetReading[],
  workbook: Workbook,
): SetAside & Pick<FileReading, 'orders' | 'remarks'> {
  const { book, visible } = sorted;
  const readings = read.flatMap((sheet) => sheet.readings);
  const drafts = readings.flatMap((reading) => reading.drafts);
  const found = checkLines(readings, drafts, book);
  const { totals, found: mismatches } = checkTotals(readings);
  found.push(...mismatches);
  if (mismatches.length > 0 || totals.length === 0) askAboutHidden(drafts);
  found.push(...reportLeftOut(readings, totals.length > 0 && mismatches.length === 0));
  const { facts, found: ofFacts } = collectFacts(read, book, drafts);
  found.push(...ofFacts, ...visible.flatMap(reportRefused), ...reportSheets(sorted, drafts.length > 0));
  found.push(...reportText(workbook, read));
  const dated = facts.delivery_date !== undefined || drafts.some(({ line }) => line.delivery_date);
  found.push(...read.flatMap(reportColours), ...readings.flatMap(reportUnreadColumns));
  const around = read.map((sheet) => remarksAround(sheet, found, dated));
  found.push(...around.flatMap((sheet) => sheet.found));
  const remarks = around.flatMap(({ texts }) => texts).slice(0, MOST_REMARKS);
  const ids = new Map(drafts.map((draft, index) => [draft, `L${index + 1}`]));
  const beside = visible.filter((sheet) => !read.includes(sheet) || !hasLines(sheet)).map(({ grid }) => grid);
  const several = ordersIn(read, book.context, facts, beside);
  found.push(...several.found);
  if (!several.orders) found.push(...reportVersions(read));
  const lines = drafts.map((draft): OrderLine => ({ line_id: ids.get(draft) ?? '', ...draft.line }));
  const anomalies = [
    ...drafts.flatMap((draft) => draft.issues.map((issue) => anomaly({ ...issue, line_id: ids.get(draft) }))),
    ...found.map((one) => anomaly({ ...one, line_ids: one.lines?.flatMap((draft) => ids.get(draft) ?? []) })),
  ];
  return {
    lines,
    facts: several.facts,
    totals: totals.map((total): StatedTotal => ({
      ...total,
      covers: total.covers.flatMap((draft) => ids.get(draft) ?? []),
    })),
    anomalies: groupAnomalies(anomalies),
    ...(remarks.length > 0 ? { remarks } : {}),
    ...(several.orders
      ? {
          orders: several.orders.map(({ order, facts: own, drafts: theirs }) => ({
            ...{ order, facts: own },
            lines: theirs.flatMap((draft) => ids.get(draft) ?? []),
          })),
        }
      : {}),
  };
}

/** Texts around the lines that a reading keeps. */
const MOST_REMARKS = 100;

/** Asks about the lines of hidden rows, where no total shows that they count. */
function askAboutHidden(drafts: readonly UnnumberedLine[]): void {
  if (drafts.every(({ issues }) => issues.some(({ code }) => code === 'line.hidden'))) return;
  for (const { issues } of drafts)
    for (const issue of issues) if (issue.code === 'line.hidden') issue.severity = 'blocking';
}

function checkLines(
  readings: readonly TableReading[],
  drafts: readonly UnnumberedLine[],
  { context }: BookReading,
): Found[] {
  for (const draft of drafts) checkLine(draft, context);
  for (const reading of readings) {
    checkMatrix(reading, context);
    checkPacks(reading);
    checkMultiples(reading);
    checkLimits(reading);
    reportMarks(reading);
  }
  checkQuantities(drafts);
  checkContradictions(drafts);
  const duplicates = reportDuplicates(drafts);
  // without any line, the skipped rows may be the reason
  const ordered = readings.filter((reading) => reading.drafts.length > 0 || drafts.length === 0);
  return [...ordered.flatMap((reading) => reading.found), ...duplicates, ...reportColumns(readings)];
}

/** Facts of all sheets; the first sheet that states one wins. */
function collectFacts(sheets: readonly SheetReading[], { context }: BookReading, drafts: readonly UnnumberedLine[]) {
  const facts: OrderFacts = {};
  const found: Found[] = [];
  for (const sheet of sheets) {
    const read = factsOf(sheet, context);
    for (const [name, value] of Object.entries(read.facts)) facts[name as 'customer'] ??= value;
    found.push(...read.found);
  }
  const money = currencyOf(sheets, drafts);
  if (money.currency && !facts.currency) facts.currency = money.currency;
  if (facts.order_date && facts.delivery_date && facts.delivery_date.value < facts.order_date.value) {
    const evidence = [facts.delivery_date, facts.order_date].flatMap(({ from }) => from ?? []);
    found.push({
      ...{ code: 'date.order', evidence },
      words: { first: facts.delivery_date.value, second: facts.order_date.value },
    });
  }
  return { facts, found: [...found, ...money.found] };
}

function reportSheets({ book, repeats, kinds }: Sorted, isOrder: boolean): Found[] {
  const unread = new Map<string, SheetReading[]>();
  const found = book.sheets.flatMap((sheet): Found[] => {
    const { grid, hidden, readings } = sheet;
    const at = [{ file: grid.file, sheet: grid.sheet }];
    const lines = hasLines(sheet);
    if (hidden) return lines ? [{ code: 'sheet.hidden', evidence: at, words: { text: grid.sheet } }] : [];
    const kind = kinds.get(sheet);
    if (kind && lines && isOrder) {
      const { en, fr } = kindReasons[kind.kind];
      const words = { text: grid.sheet, why: `${en}, “${kind.words}”`, why_fr: `${fr}, « ${kind.words} »` };
      return [{ code: 'sheet.not_read', evidence: kind.evidence.length > 0 ? kind.evidence : at, words }];
    }
    const repeat = repeats.get(grid.sheet);
    if (!repeat && (lines || !isOrder || grid.rows.length === 0)) return [];
    if (repeat) {
      const why = sheetReasons[repeat];
      const words = { text: grid.sheet, why: why.en, why_fr: why.fr };
      // two shops may order the same
      const isOwn = repeat === 'repeated' && headDiffers(sheet, book.sheets);
      return [{ code: 'sheet.not_read', evidence: at, words, severity: isOwn ? 'blocking' : 'warning' }];
    }
    const reason = reasonOf(readings);
    // addresses and terms beside an order; the outcome of the sheet says so
    if (isOrder && readings.length === 0) return [];
    unread.set(reason, [...(unread.get(reason) ?? []), sheet]);
    return [];
  });
  for (const [reason, sheets] of unread) {
    const why = sheetReasons[reason as 'no_table'];
    const evidence = sheets.slice(0, SHEETS_SHOWN).map(({ grid }) => ({ file: grid.file, sheet: grid.sheet }));
    const names = evidence.map(({ sheet }) => sheet).join(', ');
    const text = sheets.length > SHEETS_SHOWN ? `${names}, … ${sheets.length}` : names;
    found.push({ code: 'sheet.not_read', evidence, words: { text, why: why.en, why_fr: why.fr } });
  }
  return found;
}

/** Reports sheets that look like versions of the same order, which would be ordered twice. */
function reportVersions(read: readonly SheetReading[]): Found[] {
  const names = versionsIn(new Map(read.map((sheet) => [sheet.grid.sheet, sheet.readings])));
  const [file] = read.map(({ grid }) => grid.file);
  if (names.length === 0 || file === undefined) return [];
  const evidence = names.slice(0, SHEETS_SHOWN).map((sheet) => ({ file, sheet }));
  return [{ code: 'sheets.versions', evidence, words: { text: names.join(', ').slice(0, 200) } }];
}

const SHEETS_SHOWN = 10;

function sheetOutcome(sheet: SheetReading, { repeats, kinds }: Sorted): FileReading['sheets'][number] {
  const { grid, hidden, readings } = sheet;
  const lines = readings.reduce((sum, { drafts }) => sum + drafts.length, 0);
  const { sheet: name } = grid;
  const repeat = repeats.get(name);
  const kind = kinds.get(sheet);
  if (grid.rows.length === 0) return { name, role: 'empty', reason: sheetReasons.empty, lines: 0 };
  if (hidden) return { name, role: 'hidden', reason: sheetReasons.hidden, lines: 0 };
  if (kind && lines > 0) return { name, role: 'not_an_order', reason: kindReasons[kind.kind], lines: 0 };
  if (repeat) return { name, role: 'not_an_order', reason: sheetReasons[repeat], lines: 0 };
  if (lines > 0) return { name, role: 'order', lines };
  return { name, role: 'not_an_order', reason: sheetReasons[reasonOf(readings)], lines: 0 };
}

/** Reason why there is no line: the kind of the visible sheets, or lines on hidden sheets only. */
function outcomeOf(sheets: readonly SheetReading[]): OutcomeReason {
  if (sheets.some((sheet) => sheet.hidden && hasLines(sheet))) return 'only_hidden';
  if (sheets.every(({ grid }) => grid.rows.length === 0)) return 'empty';
  return reasonOf(sheets.filter(({ hidden }) => !hidden).flatMap(({ readings }) => readings));
}
