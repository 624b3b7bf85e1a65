import type { Cause, Figures, Unexplained } from '../../schemas/audit/deliverables';
import type { Language } from '../../schemas/language';
import type { WorkContext } from '../../schemas/audit/work-context';
import { share, shares } from './apportion';
import { type Evidence, readEvidence } from './evidence';
import { type Format, formatIn } from './format';
import { sayIn, type Say } from './language';
import { type Rounding, roundingOf } from './rounding';
import type { DriverId } from './levers';
import { type Waste, wastes } from './lexicon/topics';
import { wasteName } from './names';
import { normalise, type Work, type WorkedRow } from './normalise';
import { combine, type CombinedPlan, type Option, optionsFrom, savedWeight, type Touch } from './plan';
import { causeQuestion } from './questions';
import { findRepetitions, type Repetition } from './repetition';
import { isQuotation, shownText, type Sorting } from './sorting';
import { type SignalId, signalsOf } from './signals';

/** Rows of one category or waste, as a part of the whole. */
export interface Group {
  id: string;
  name: string;
  rows: WorkedRow[];
  micros: bigint;
  share: number;
  figures: Figures;
}

/** Material of the five documents, computed once from the input, so that they cannot disagree. */
export interface Analysis {
  context: WorkContext;
  language: Language;
  say: Say;
  format: Format;
  work: Work;
  rounding: Rounding;
  totals: Figures;
  evidence: Map<number, Evidence>;
  /** rows whose waste a model named, by words that code found in them */
  sorted: number;
  /** largest first; among the wastes, unclassified work comes last */
  categories: Group[];
  wastes: Group[];
  /** figures of each counted row; they add up to their category's */
  rowFigures: Map<number, Figures>;
  causes: Cause[];
  unexplained: Unexplained[];
  repetitions: Repetition[];
  signals: Map<number, Map<SignalId, string[]>>;
  options: Option[];
  plan: CombinedPlan;
  /** change that the combined plan makes to a row, by row number */
  planned: Map<number, Touch>;
  figuresOf(rows: readonly WorkedRow[]): Figures;
  /** figures of the plan's likely saving on these rows */
  likelySaving(rows: readonly WorkedRow[]): Figures;
}

/** @param sorting rows that a model has sorted; each counts where the rules leave its row, and its words stand in it */
export function analyse(context: WorkContext, language: Language, sorting: Sorting = []): Analysis {
  const work = normalise(context, language);
  const rounding = roundingOf(context);
  const bySorting = new Map(sorting.map((entry) => [entry.row, entry]));
  const evidence = new Map(
    work.counted.map((row) => [
      row.row,
      withSorting(readEvidence(row.text, language, row.category), row, bySorting.get(row.row)),
    ]),
  );
  const sorted = work.counted.filter(({ row }) => evidence.get(row)!.sorted).length;
  const wasteOf = (row: WorkedRow) => evidence.get(row.row)?.waste ?? 'unclassified';
  const categories = groupsOf(work.counted, rounding, ({ categoryKey, category }) => ({
    id: categoryKey,
    name: category,
  }));
  const byWaste = groupsOf(work.counted, rounding, (row) => ({
    id: wasteOf(row),
    name: wasteName(wasteOf(row), language),
  }));
  byWaste.sort((a, b) => Number(a.id === 'unclassified') - Number(b.id === 'unclassified'));
  const repetitions = findRepetitions(work.counted.map((row) => ({ row, words: evidence.get(row.row)!.words })));
  const repeatedRows = new Set(
    repetitions.flatMap(({ duplicates, repeated }) => [...duplicates, ...repeated].map(({ row }) => row)),
  );
  const signals = new Map(work.counted.map(({ row }) => [row, signalsOf(evidence.get(row)!, repeatedRows.has(row))]));
  const activityOf = new Map(repetitions.flatMap(({ id, rows }) => rows.map(({ row }) => [row, id] as const)));
  const activity = (row: WorkedRow) => activityOf.get(row.row) ?? `row ${row.row}`;
  const options = optionsFrom(rowsByDriver(work.counted, wasteOf, signals, repetitions), activity);
  const plan = combine(options, rounding.factors.per_year, activity, work.total);
  const planned = new Map(plan.steps.flatMap(({ touches }) => touches.map((touch) => [touch.row.row, touch] as const)));
  return {
    context,
    language,
    say: sayIn(language),
    format: formatIn(language),
    work,
    rounding,
    totals: rounding.figures(work.total),
    evidence,
    sorted,
    categories,
    wastes: byWaste,
    rowFigures: rowFiguresOf(categories, rounding),
    causes: causesOf(byWaste, evidence),
    unexplained: unexplainedOf(byWaste, work, rounding, language),
    repetitions,
    signals,
    options,
    plan,
    planned,
    figuresOf: (rows) => rounding.figures(sumMicros(rows)),
    likelySaving: (rows) =>
      rounding.figures(
        savedWeight(
          rows.flatMap(({ row }) => planned.get(row) ?? []),
          'likely',
        ),
        100n,
      ),
  };
}

function withSorting(evidence: Evidence, { text }: WorkedRow, entry: Sorting[number] | undefined): Evidence {
  if (!entry || evidence.waste !== undefined || !isQuotation(entry.words, shownText(text))) return evidence;
  const quotes = new Map(evidence.quotes).set(entry.waste, [entry.words]);
  return { ...evidence, waste: entry.waste, quotes, sorted: true };
}

export function sumMicros(rows: readonly WorkedRow[]): bigint {
  return rows.reduce((total, row) => total + row.micros, 0n);
}

export function numbersOf(rows: readonly WorkedRow[]): number[] {
  return rows.map(({ row }) => row).sort((a, b) => a - b);
}

/** Orders rows by minutes, most first; equal ones stay in the order of the input. */
export function bySize(a: WorkedRow, b: WorkedRow): number {
  return a.micros === b.micros ? a.row - b.row : a.micros > b.micros ? -1 : 1;
}

function groupsOf(
  rows: readonly WorkedRow[],
  rounding: Rounding,
  keyOf: (row: WorkedRow) => { id: string; name: string },
): Group[] {
  const groups = new Map<string, { id: string; name: string; rows: WorkedRow[]; micros: bigint }>();
  for (const row of rows) {
    const { id, name } = keyOf(row);
    const group = groups.get(id) ?? { id, name, rows: [], micros: 0n };
    group.rows.push(row);
    group.micros += row.micros;
    groups.set(id, group);
  }
  const ranked = [...groups.values()].sort((a, b) =>
    a.micros === b.micros ? a.rows[0]!.row - b.rows[0]!.row : a.micros > b.micros ? -1 : 1,
  );
  const weights = ranked.map(({ micros }) => micros);
  const portions = shares(weights);
  const figures = rounding.spread(weights);
  return ranked.map((group, index) => ({ ...group, share: portions[index]!, figures: figures[index]! }));
}

function rowFiguresOf(categories: readonly Group[], rounding: Rounding): Map<number, Figures> {
  const figures = rounding.nest(categories.map(({ rows }) => rows.map(({ micros }) => micros)));
  return new Map(
    categories.flatMap(({ rows }, group) => rows.map(({ row }, member) => [row, figures[group]![member]!] as const)),
  );
}

/** The three largest wastes of which there is evidence. */
function causesOf(byWaste: readonly Group[], evidence: ReadonlyMap<number, Evidence>): Cause[] {
  return byWaste
    .filter(({ id, micros }) => id !== 'unclassified' && micros > 0n)
    .slice(0, 3)
    .map((group, index) => ({
      rank: index + 1,
      id: group.id,
      name: group.name,
      share: group.share,
      rows: [...group.rows].sort(bySize).map(({ row }) => row),
      words: frequentWords(group, evidence).slice(0, 8),
      figures: group.figures,
    }));
}

/** The largest categories of the rows without evidence. */
function unexplainedOf(byWaste: readonly Group[], work: Work, rounding: Rounding, language: Language): Unexplained[] {
  const rest = byWaste.find(({ id }) => id === 'unclassified')?.rows ?? [];
  return groupsOf(rest, rounding, ({ categoryKey, category }) => ({ id: categoryKey, name: category }))
    .filter(({ micros }) => micros > 0n)
    .slice(0, 3)
    .map(({ name, rows, micros }) => ({
      category: name,
      share: share(micros, work.total),
      rows: [...rows].sort(bySize).map(({ row }) => row),
      figures: rounding.figures(micros),
      question: causeQuestion(name, language),
    }));
}

function frequentWords(group: Group, evidence: ReadonlyMap<number, Evidence>): string[] {
  return wordsWithRows(group, evidence).map(({ words }) => words);
}

/** Words that are evidence of a waste, with their rows, most frequent first. */
export function wordsWithRows(
  group: Pick<Group, 'id' | 'rows'>,
  evidence: ReadonlyMap<number, Evidence>,
): { words: string; rows: number[] }[] {
  const rowsOf = new Map<string, number[]>();
  for (const { row } of group.rows)
    for (const words of evidence.get(row)?.quotes.get(group.id as Waste) ?? []) {
      const rows = rowsOf.get(words);
      if (rows) rows.push(row);
      else rowsOf.set(words, [row]);
    }
  return [...rowsOf]
    .map(([words, rows]) => ({ words, rows }))
    .sort((a, b) => b.rows.length - a.rows.length || a.rows[0]! - b.rows[0]! || (a.words < b.words ? -1 : 1));
}

function rowsByDriver(
  rows: readonly WorkedRow[],
  wasteOf: (row: WorkedRow) => Waste | 'unclassified',
  signals: ReadonlyMap<number, ReadonlyMap<SignalId, string[]>>,
  repetitions: readonly Repetition[],
): Map<DriverId, WorkedRow[]> {
  const byDriver = new Map<DriverId, WorkedRow[]>(
    wastes.map((waste) => [waste, rows.filter((row) => wasteOf(row) === waste)]),
  );
  byDriver.set(
    'interruption',
    rows.filter(({ row }) => signals.get(row)?.has('interruption')),
  );
  byDriver.set(
    'duplicate',
    repetitions.flatMap(({ duplicates }) => duplicates),
  );
  byDriver.set(
    'repeated',
    repetitions.flatMap(({ repeated }) => repeated),
  );
  return byDriver;
}
