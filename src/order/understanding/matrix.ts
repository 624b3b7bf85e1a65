import { articlePairs } from './article-pairs';
import { dayLabelOf, type Calendar, type DayLabel } from './day-labels';
import { isWhole } from './decimal';
import { areYears } from './content';
import { KNOWN } from './header-rows';
import { isDestination, isPeriod, isVariant, rowLabelOf } from './lexicon/labels';
import type { Sense } from './lexicon/headings/sense';
import { bestScore, meaningOf, scoreOf } from './lexicon/match';
import { numberIn } from './numbers';
import { share, type Profile } from './profile';
import type { Draft } from './role-draft';
import { sizesOfPrice } from './size-prices';
import { plainWords } from './text';
import type { Heading, MatrixLabel } from './types';
import { isMeasure, unitCode } from './units';
import { countSums } from './witness';

export interface Matrix {
  labels: MatrixLabel[];
  totalColumn?: number;
  /** no evidence that these are quantities of an order */
  doubtful: boolean;
  /** columns that split a quantity by week or month, if the sum has a column of its own */
  parts?: number[];
  /** columns of other months or weeks beside the one whose heading says more, which is `totalColumn` */
  earlier?: number[];
  /** column of sums that only its figures show to be one, and whether so few rows do that it may be a shop */
  summed?: number;
  few?: boolean;
}

const QUANTITIES = ['quantity', 'ordered', 'total_quantity'] as const;

/** Quantities across: several columns of figures whose headings are labels, not roles. Undefined without a matrix. */
export function matrixOf(draft: Draft): Matrix | undefined {
  const { header, figures } = draft;
  if (!header) return undefined;
  const ticks = tickedColumns(draft);
  if (ticks) return ticks;
  const pairs = pairsOf(draft);
  if (pairs) return pairs;
  const articles = articlePairs(header.headings.values());
  if (articles.length > 0) return { labels: articles, doubtful: false };
  const run = summedRun(
    draft,
    longestRun(
      draft,
      draft.columns.filter((column) => isLabelColumn(draft, column)),
    ),
  );
  const isProven = draft.columns.some((column) => {
    const { tried, holds } = countSums(figures, column, run);
    return !run.includes(column) && mayTotal(header.headings.get(column)) && tried > 0 && holds > LEAST_PROVEN * tried;
  });
  const sum = isProven ? undefined : sumAmong(draft, run);
  const columns = run.filter((column) => column !== sum);
  if (columns.length < 2) return undefined;
  const headings = columns.map((column) => header.headings.get(column) as Heading);
  const quantity = draft.columns.find((column) => isQuantity(header.headings.get(column)) && !columns.includes(column));
  const totals = draft.columns.filter(
    (column) => column === sum || (!columns.includes(column) && mayTotal(header.headings.get(column))),
  );
  const proofs = totals.map((column) => ({ column, ...countSums(figures, column, columns) }));
  const proof = proofs
    .filter(({ tried, holds }) => tried > 0 && holds / tried > LEAST_PROVEN)
    .sort((a, b) => b.holds - a.holds)[0];
  const days = headings.every((heading) => dayOf(draft, heading) !== undefined);
  const named =
    days || headings.every(({ text }) => isVariant(text)) || headings.every(({ text }) => isDestination(text));
  const sized = areSizes(headings);
  const grouped = sized || headings.every(({ group }) => opensMatrix(group));
  const periods = !days && headings.filter(({ text }) => isPeriod(text)).length > headings.length / 2;
  if (periods && proof) return { labels: [], doubtful: false, parts: columns, totalColumn: proof.column };
  const months = columns.filter((column) => isPeriod(header.headings.get(column)?.text ?? ''));
  const present = proof || months.length < Math.max(2, columns.length - 1) ? undefined : presentColumn(draft, months);
  if (present !== undefined)
    return { labels: [], doubtful: !isSaid(header.headings.get(present)), earlier: months, totalColumn: present };
  const empty = quantity === undefined || (draft.profiles.get(quantity)?.filled ?? 0) === 0;
  if (!proof && !empty) {
    // a quantity column that is not the sum: the columns mean something else, unless their headings say what
    if (!named && !grouped) return undefined;
    const tried = proofs.find(({ column }) => column === quantity)?.tried ?? 0;
    if (!grouped && tried >= 2) return { labels: [], doubtful: true };
    return { labels: labelsOf(headings, draft.calendar), totalColumn: quantity, doubtful: true };
  }
  const labels = labelsOf(headings, draft.calendar);
  const isPlain = sum === undefined || days || rowLabelOf(header.headings.get(sum)?.text ?? '') !== undefined;
  // the same size twice: their difference was not understood
  const twice = new Set(labels.map(({ column: _, ...label }) => JSON.stringify(label))).size < labels.length;
  const figuresThere = columns.some((column) => (draft.profiles.get(column)?.numbers ?? 0) > 0);
  if (!proof && !named && !grouped && !figuresThere) return undefined;
  return {
    labels,
    totalColumn:
      proof?.column ?? (totals.length === 1 && isQuantity(header.headings.get(totals[0] ?? 0)) ? totals[0] : undefined),
    ...(isPlain ? {} : { summed: sum, few: rowsOfSeveral(draft, columns) < LEAST_SURE }),
    doubtful: periods || twice || (!proof && !named && !grouped && !areNames(headings)),
  };
}

/**
 * A run of labels with the columns of counts right beside it, under a word for places or sizes, with which alone it makes
 * the sum of each row: `Centro` beside `Estación` and `Ensanche`.
 */
function summedRun(draft: Draft, run: number[]): number[] {
  const { header, columns, figures, profiles } = draft;
  const [first, last] = [columns.indexOf(run[0] ?? 0), columns.indexOf(run.at(-1) ?? 0)];
  if (run.length === 0) return run;
  const isSum = (parts: readonly number[]) =>
    columns.some((column) => {
      if (parts.includes(column) || !mayTotal(header?.headings.get(column))) return false;
      const { tried, holds } = countSums(figures, column, parts);
      return tried >= LEAST_SUMMED && holds === tried;
    });
  const mayJoin = (column: number | undefined): column is number => {
    const profile = profiles.get(column ?? 0);
    const sense = header?.headings.get(column ?? 0)?.meaning.senses[0]?.sense ?? '';
    return PLACED.has(sense) && profile !== undefined && profile.numbers > 0 && isCount(profile, false);
  };
  if (isSum(run)) return run;
  const [before, after] = [columns[first - 1], columns[last + 1]];
  const wider = [
    ...(mayJoin(before) ? [[before, ...run]] : []),
    ...(mayJoin(after) ? [[...run, after]] : []),
    ...(mayJoin(before) && mayJoin(after) ? [[before, ...run, after]] : []),
  ];
  return wider.find(isSum) ?? run;
}

const PLACED: ReadonlySet<string> = new Set(['destination', 'variant']);

/** Share of the rows above which a column is the sum of others. */
const LEAST_PROVEN = 0.5;

/**
 * The first or last of columns side by side that is the sum of all others in each row, under whatever heading: that of a
 * week beside its days, of a chain beside its shops. A day or a size is none.
 */
function sumAmong(draft: Draft, run: readonly number[]): number | undefined {
  if (run.length < LEAST_SUMMED + 1) return undefined;
  return [run.at(-1), run[0]].find((column) => {
    const heading = draft.header?.headings.get(column ?? 0);
    if (column === undefined || !heading || dayOf(draft, heading) || isVariant(heading.text)) return false;
    const parts = run.filter((other) => other !== column);
    const { tried, holds } = countSums(draft.figures, column, parts);
    const several = parts.every((part) => countSums(draft.figures, column, [part]).holds < tried);
    return tried >= LEAST_SUMMED && holds === tried && several;
  });
}

const LEAST_SUMMED = 2;
/** Rows of several parts from which on their sum is no chance. */
const LEAST_SURE = 2;

/** The number of rows in which several of some columns count: what is the only one of its row equals its sum anyway. */
const rowsOfSeveral = ({ figures }: Draft, columns: readonly number[]): number =>
  Array.from({ length: figures.rows }, (_, row) =>
    columns.filter((column) => (figures.columns.get(column)?.[row] ?? 0) > 0),
  ).filter((counted) => counted.length > 1).length;

/** The column of counts right after months or weeks whose heading holds one too, and more: `Apr (this order)`. */
function presentColumn({ header, columns, profiles }: Draft, periods: readonly number[]): number | undefined {
  const next = columns[columns.indexOf(periods.at(-1) ?? 0) + 1] ?? 0;
  const [first = '', ...more] = plainWords(header?.headings.get(next)?.text ?? '').split(' ');
  const profile = profiles.get(next);
  const counts = profile !== undefined && profile.numbers > 0 && isCount(profile, false);
  return counts && more.some((word) => /\p{L}/u.test(word)) && isPeriod(first) ? next : undefined;
}

const isSaid = (heading: Heading | undefined): boolean =>
  heading !== undefined && QUANTITIES.some((sense) => scoreOf(heading.meaning, sense) >= KNOWN);

/** A form in which crosses stand under quantities: `1 | 5 | 10`. */
function tickedColumns({ header, columns, profiles }: Draft): Matrix | undefined {
  const labels = columns.flatMap((column): MatrixLabel[] => {
    const heading = header?.headings.get(column);
    const profile = profiles.get(column);
    const figure = heading && numberIn(heading.text);
    if (!figure || figure.other || figure.currency || figure.percent || !profile || !isWhole(figure.value)) return [];
    return profile.ticks === profile.seen ? [{ column, ticked: figure.value }] : [];
  });
  const ticked = labels.some(({ column }) => (profiles.get(column)?.ticks ?? 0) > 0);
  return ticked && labels.length >= 2 ? { labels, doubtful: false } : undefined;
}

/** Pairs of columns such as `Size 1`, `Qty 1`, `Size 2`, `Qty 2`: the size of a quantity stands beside it in each row. */
function pairsOf({ header, columns, figures }: Draft): Matrix | undefined {
  const numbered = (senses: readonly Sense[]) =>
    new Map(
      columns.flatMap((column): [string, number][] => {
        const heading = header?.headings.get(column);
        const [, word = '', number] = /^(.*?\p{L}.*?)\s*[#_.-]?\s*(\d{1,2})$/u.exec(heading?.text ?? '') ?? [];
        const said = number !== undefined && senses.some((sense) => scoreOf(meaningOf(word), sense) >= 0.9);
        return said ? [[number, column]] : [];
      }),
    );
  const [sizes, counts] = [numbered(['variant']), numbered(['quantity', 'ordered'])];
  const labels = [...counts].flatMap(([number, column]): MatrixLabel[] => {
    const beside = sizes.get(number);
    return beside === undefined ? [] : [{ column, variantColumn: beside }];
  });
  if (labels.length < 2) return undefined;
  const totals = columns.filter(
    (column) => !labels.some((label) => label.column === column) && mayTotal(header?.headings.get(column)),
  );
  const proof = totals.find((column) => {
    const { tried, holds } = countSums(
      figures,
      column,
      labels.map((label) => label.column),
    );
    return tried > 0 && holds === tried;
  });
  return { labels, totalColumn: proof, doubtful: false };
}

/** Day or week that a heading names, unless its group holds other quantities than ordered ones. */
const dayOf = ({ calendar = {} }: Draft, { text, meaning }: Heading): DayLabel | undefined =>
  isVariant(text) || (scoreOf(meaning, 'other_quantity') >= KNOWN && !calendar.weekdays?.has(plainWords(text)))
    ? undefined
    : dayLabelOf(text, calendar);

function isLabelColumn(draft: Draft, column: number): boolean {
  const { header, profiles, hiddenColumns } = draft;
  const heading = header?.headings.get(column);
  const profile = profiles.get(column);
  if (!heading || heading.text === '' || !profile || hiddenColumns.has(column)) return false;
  // a day may be closed from the first line to the last
  const day = dayOf(draft, heading);
  if (day) return profile.numbers === 0 ? profile.texts <= 2 : isCount(profile, true);
  if (!isCount(profile, false) || sizesOfPrice(heading.text)) return false;
  const { meaning, text, group } = heading;
  if (NUMBER.test(text)) return true;
  if (isPeriod(text)) return scoreOf(meaning, 'other_quantity') < KNOWN;
  if (isVariant(text) && bestScore(meaningOf(text)) < 0.9) return true;
  const sense = meaning.senses[0];
  if (!sense || sense.score < KNOWN) return opensMatrix(group) || (profile.filled > 0 && mayName(text));
  // `Shop 1`, `Size 38` over figures; `Shop` alone is a column of shops
  if (sense.score > 0.95) return false;
  return (sense.sense === 'destination' || sense.sense === 'variant') && profile.numbers > 0;
}

/** Whether an unknown heading can be the name of a shop, site or person rather than a measure or an abbreviation. */
function mayName(text: string): boolean {
  const plain = plainWords(text);
  if (/[.%€$£:=*]\s*$|[%€$£]|\d{4}|\((?!\p{Lu}\p{Ll})/u.test(text) || unitCode(plain) !== undefined) return false;
  // `W mm` and `Breite cm` measure
  if (isMeasure(unitCode(plain.split(' ').at(-1) ?? '') ?? '')) return false;
  return /\p{L}{2}/u.test(text);
}

const NUMBER = /^\d{1,3}(?:[.,]5|\s?½)?$/;

/** Whether headings are numbers that rise, and so sizes. */
const areSizes = (headings: readonly Heading[]): boolean =>
  headings.length >= 3 &&
  headings.every(
    ({ text }, at) => NUMBER.test(text) && (at === 0 || sizeOf(text) > sizeOf(headings[at - 1]?.text ?? '')),
  );

const sizeOf = (text: string): number => Number(text.replace(/\s?½/, '.5').replace(',', '.'));

/** Whether headings can only be names: several words or long ones, none of which the lexicon knows. */
const areNames = (headings: readonly Heading[]): boolean =>
  headings.length >= 3 &&
  headings.every(({ text, meaning }) => bestScore(meaning) < KNOWN && /^\p{Lu}/u.test(text) && /\p{Ll}{3}/u.test(text));

/** Numbers, or nothing at all; whole ones unless the heading is a day. */
const isCount = (profile: Profile, fractions: boolean): boolean =>
  profile.seen === 0 ||
  (share(profile, 'numbers') + share(profile, 'counts') >= 0.6 &&
    (fractions || profile.whole >= 0.8 * profile.numbers) &&
    share(profile, 'money') < 0.3 &&
    share(profile, 'eans') < 0.5 &&
    !areYears(profile) &&
    profile.largest < 1e6);

/** Longest run of adjacent columns; empty and hidden columns do not break it. */
function longestRun({ columns, hiddenColumns }: Draft, candidates: readonly number[]): number[] {
  const runs: number[][] = [];
  for (const column of candidates) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const between =
      last === undefined ? [] : columns.filter((other) => other > last && other < column && !hiddenColumns.has(other));
    if (run && between.length === 0) run.push(column);
    else runs.push([column]);
  }
  return runs.sort((a, b) => b.length - a.length)[0] ?? [];
}

const isQuantity = (heading: Heading | undefined): boolean =>
  heading !== undefined && QUANTITIES.some((sense) => scoreOf(heading.meaning, sense) >= 0.7);

const mayTotal = (heading: Heading | undefined): boolean =>
  isQuantity(heading) || (heading !== undefined && scoreOf(heading.meaning, 'amount') >= 0.7);

/** Whether a group such as `Sizes`, `Stores` or `Quantities` opens a matrix. */
function opensMatrix(group: string): boolean {
  const sense = meaningOf(group).senses[0];
  return (
    sense !== undefined &&
    sense.score >= KNOWN &&
    ['variant', 'destination', 'quantity', 'ordered', 'total_quantity'].includes(sense.sense)
  );
}

/** Title of a matrix: a group over all its columns that speaks of quantities and is not a shop. */
function titleOf(headings: readonly Heading[]): string | undefined {
  const [first] = headings;
  const same = first !== undefined && first.group !== '' && headings.every(({ group }) => group === first.group);
  if (!same) return undefined;
  const { senses } = meaningOf(first.group);
  const [sense] = senses;
  return sense && sense.score < KNOWN && TITLES.has(sense.sense) ? first.group : undefined;
}

const TITLES = new Set<string>(['quantity', 'ordered', 'total_quantity', 'variant']);

export function labelsOf(headings: readonly Heading[], calendar: Calendar = {}): MatrixLabel[] {
  const variants = areSizes(headings) || headings.filter(({ text }) => isVariant(text)).length > headings.length / 2;
  const title = titleOf(headings);
  return headings.map(({ column, text, group: above }) => {
    const group = above === title ? '' : above;
    const sense = meaningOf(group).senses[0];
    const over = sense && sense.score >= KNOWN ? sense.sense : undefined;
    const day = variants ? undefined : dayLabelOf(text, calendar);
    if (day) return { column, delivery_date: day.day, ...(day.week || !day.day ? { note: text } : {}) };
    if (isPeriod(text)) return { column, note: text };
    if (over === 'variant') return { column, variant: text };
    if (over === 'destination') return { column, destination: text };
    const own = over === undefined ? group : '';
    if (variants) {
      if (own === '') return { column, variant: text };
      return isVariant(own) ? { column, variant: `${own} ${text}` } : { column, destination: own, variant: text };
    }
    return scoreOf(meaningOf(text), 'variant') >= KNOWN ? { column, variant: text } : { column, destination: text };
  });
}
