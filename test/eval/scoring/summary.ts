import { fields, type Field } from '../corpus/golden';
import type { Score } from './score';

/** The figures of one trait, or of all. */
export interface Summary {
  name: string;
  workbooks: number;
  wrong_unflagged: number;
  wrong_outcomes: number;
  lines: { golden: number; got: number; right: number };
  precision: number;
  recall: number;
  f1: number;
  exact: Partial<Record<Field, number>>;
  facts: { right: number; total: number };
  missing_flags: number;
  false_flags: number;
  false_flags_per_100_lines: number;
  wrong_provenance: number;
  orders: number;
  orders_without_correction: number;
  ms: number;
  slowest_ms: number;
}

export const f1Floor = 0.98;

export function summarize(name: string, scores: Score[]): Summary {
  const sum = (of: (score: Score) => number) => scores.reduce((all, score) => all + of(score), 0);
  const failed = (...kinds: string[]) =>
    sum(({ failures }) => failures.filter(({ kind }) => kinds.includes(kind)).length);
  const lines = {
    golden: sum((score) => score.lines.golden),
    got: sum((score) => score.lines.got),
    right: sum((score) => score.lines.right),
  };
  // without lines on either side nothing can be missed
  const precision = lines.got === 0 ? 1 : lines.right / lines.got;
  const recall = lines.golden === 0 ? 1 : lines.right / lines.golden;
  const exact: Summary['exact'] = {};
  for (const field of fields) {
    const total = sum((score) => score.fields[field].total);
    if (total > 0) exact[field] = sum((score) => score.fields[field].right) / total;
  }
  const orders = scores.filter(({ clean }) => clean !== undefined);
  return {
    name,
    workbooks: scores.length,
    wrong_unflagged: sum(({ failures }) => failures.filter(({ silent }) => silent).length),
    wrong_outcomes: failed('outcome'),
    lines,
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    exact,
    facts: { right: sum(({ facts }) => facts.right), total: sum(({ facts }) => facts.total) },
    missing_flags: failed('missing flag'),
    false_flags: failed('false flag'),
    false_flags_per_100_lines: (100 * failed('false flag')) / Math.max(1, lines.golden),
    wrong_provenance: failed('provenance'),
    orders: orders.length,
    orders_without_correction: orders.filter(({ clean }) => clean).length,
    ms: sum(({ ms }) => ms),
    slowest_ms: Math.max(0, ...scores.map(({ ms }) => ms)),
  };
}

/** The mean of the traits' F1: one file of 15,000 lines must not outweigh all the others. */
export const meanF1 = (traits: Summary[]) => traits.reduce((sum, { f1 }) => sum + f1, 0) / Math.max(1, traits.length);

/** True if the whole is good enough: no silent mistakes, and nearly every line, over all lines and over all traits. */
export const passes = (all: Summary, traits: Summary[]) =>
  all.wrong_unflagged === 0 && all.f1 >= f1Floor && meanF1(traits) >= f1Floor;
