import { dateIn } from './dates';
import { KNOWN } from './header-rows';
import { isDestination, isPeriod, isVariant } from './lexicon/labels';
import { bestScore, meaningOf, scoreOf } from './lexicon/match';
import { share, type Profile } from './profile';
import type { Draft } from './roles';
import type { Heading, MatrixLabel } from './types';
import { countSums } from './witness';

export interface Matrix {
  labels: MatrixLabel[];
  totalColumn?: number;
  /** no evidence that these are quantities of an order */
  doubtful: boolean;
  /** columns that split a quantity by week or month, if the sum has a column of its own */
  parts?: number[];
}

const QUANTITIES = ['quantity', 'ordered', 'total_quantity'] as const;

/** Quantities across: several columns of figures whose headings are labels, not roles. Undefined without a matrix. */
export function matrixOf(draft: Draft): Matrix | undefined {
  const { header, figures } = draft;
  if (!header) return undefined;
  const columns = longestRun(
    draft,
    draft.columns.filter((column) => isLabelColumn(draft, column)),
  );
  if (columns.length < 2) return undefined;
  const headings = columns.map((column) => header.headings.get(column) as Heading);
  const quantity = draft.columns.find((column) => isQuantity(header.headings.get(column)) && !columns.includes(column));
  const totals = draft.columns.filter((column) => !columns.includes(column) && mayTotal(header.headings.get(column)));
  const proofs = totals.map((column) => ({ column, ...countSums(figures, column, columns) }));
  const proof = proofs
    .filter(({ tried, holds }) => tried > 0 && holds / tried >= 0.5)
    .sort((a, b) => b.holds - a.holds)[0];
  const named = headings.every(({ text }) => isVariant(text)) || headings.every(({ text }) => isDestination(text));
  const grouped = headings.every(({ group }) => opensMatrix(group));
  const days = headings.every(({ text }) => dateIn(text) !== undefined);
  const periods = headings.filter(({ text }) => isPeriod(text)).length > headings.length / 2;
  if (periods && proof) return { labels: [], doubtful: false, parts: columns, totalColumn: proof.column };
  const empty = quantity === undefined || (draft.profiles.get(quantity)?.filled ?? 0) === 0;
  if (!proof && !empty) {
    // a quantity column that is not the sum: the columns mean something else, unless their headings say what
    if (!named && !grouped) return undefined;
    const tried = proofs.find(({ column }) => column === quantity)?.tried ?? 0;
    if (!grouped && tried >= 2) return { labels: [], doubtful: true };
    return { labels: labelsOf(headings), totalColumn: quantity, doubtful: true };
  }
  const labels = labelsOf(headings);
  // the same size twice: their difference was not understood
  const twice = new Set(labels.map(({ column: _, ...label }) => JSON.stringify(label))).size < labels.length;
  const figuresThere = columns.some((column) => (draft.profiles.get(column)?.numbers ?? 0) > 0);
  if (!proof && !named && !grouped && !days && !figuresThere) return undefined;
  return {
    labels,
    totalColumn:
      proof?.column ?? (totals.length === 1 && isQuantity(header.headings.get(totals[0] ?? 0)) ? totals[0] : undefined),
    doubtful: periods || twice || (!proof && !named && !grouped && !days),
  };
}

function isLabelColumn({ header, profiles }: Draft, column: number): boolean {
  const heading = header?.headings.get(column);
  const profile = profiles.get(column);
  if (!heading || heading.text === '' || !profile || !isCount(profile)) return false;
  const { meaning, text, group } = heading;
  if (isPeriod(text)) return true;
  if (isVariant(text) && bestScore(meaningOf(text)) < 0.9) return true;
  const sense = meaning.senses[0];
  if (!sense || sense.score < KNOWN) return profile.filled > 0 || opensMatrix(group);
  // `Shop 1`, `Size 38` over figures; `Shop` alone is a column of shops
  if (sense.score > 0.95) return false;
  return (sense.sense === 'destination' || sense.sense === 'variant') && profile.numbers > 0;
}

/** Whole numbers, or nothing at all. */
const isCount = (profile: Profile): boolean =>
  profile.seen === 0 ||
  (share(profile, 'numbers') >= 0.6 &&
    profile.whole >= 0.8 * profile.numbers &&
    share(profile, 'money') < 0.3 &&
    share(profile, 'eans') < 0.5 &&
    profile.largest < 1e6);

/** Longest run of adjacent columns; empty columns do not break it. */
function longestRun({ columns }: Draft, candidates: readonly number[]): number[] {
  const runs: number[][] = [];
  for (const column of candidates) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const between = last === undefined ? [] : columns.filter((other) => other > last && other < column);
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

export function labelsOf(headings: readonly Heading[]): MatrixLabel[] {
  const variants = headings.filter(({ text }) => isVariant(text)).length > headings.length / 2;
  const title = titleOf(headings);
  return headings.map(({ column, text, group: above }) => {
    const group = above === title ? '' : above;
    const sense = meaningOf(group).senses[0];
    const over = sense && sense.score >= KNOWN ? sense.sense : undefined;
    const day = dateIn(text, 'day_first');
    if (day && !day.other && !variants) return { column, delivery_date: day.day };
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
