import { wastes } from '../../../src/audit/lexicon/topics';
import type { Label, Labelled } from './rows';

/** Figures of a waste. A row on which the readers differ is right for either, and missed for neither. */
export interface WasteScore {
  waste: Label;
  /** rows that both readers give it */
  labelled: number;
  /** rows that the classifier gives it, and those of them that a reader gives it */
  named: number;
  right: number;
  /** rows that both readers and the classifier give it */
  found: number;
}

/** The least precision of a waste that is named. */
export const LEAST = 0.9;

/** Scores a label per row, by waste; the last line is all wastes together. */
export function scoreWastes(rows: readonly Labelled[], given: ReadonlyMap<string, Label>): WasteScore[] {
  const lines = wastes.map((waste): WasteScore => {
    const named = rows.filter(({ id }) => given.get(id) === waste);
    const labelled = rows.filter(({ readers }) => readers.every((label) => label === waste));
    return {
      waste,
      labelled: labelled.length,
      named: named.length,
      right: named.filter(({ readers }) => readers.includes(waste)).length,
      found: labelled.filter(({ id }) => given.get(id) === waste).length,
    };
  });
  return lines;
}

/** Wastes whose precision is below the least. */
export function below(scores: readonly WasteScore[]): Label[] {
  return scores.filter(({ named, right }) => named > 0 && right < LEAST * named).map(({ waste }) => waste);
}

/** A table for people. */
export function renderScores(title: string, scores: readonly WasteScore[]): string[] {
  const total = scores.reduce(
    (sum, line) => ({
      ...sum,
      labelled: sum.labelled + line.labelled,
      named: sum.named + line.named,
      right: sum.right + line.right,
      found: sum.found + line.found,
    }),
    { waste: 'all', labelled: 0, named: 0, right: 0, found: 0 },
  );
  return [
    title,
    '| waste | labelled | named | right | precision | recall |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...[...scores, total].map(
      ({ waste, labelled, named, right, found }) =>
        `| ${waste} | ${labelled} | ${named} | ${right} | ${ratio(right, named)} | ${ratio(found, labelled)} |`,
    ),
    '',
  ];
}

const ratio = (part: number, whole: number): string => (whole === 0 ? '–' : (part / whole).toFixed(3));
