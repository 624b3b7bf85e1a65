import { groupBy } from './group';
import type { Failure, Score } from './score';
import { f1Floor, meanF1, passes, summarize, type Summary } from './summary';

export interface Report {
  seed: number;
  passed: boolean;
  all: Summary;
  traits: Summary[];
  failures: Failure[];
}

export function report(seed: number, scores: Score[]): Report {
  const traits = [...groupBy(scores, ({ trait }) => trait)].map(([name, own]) => summarize(name, own));
  const all = summarize('in all', scores);
  return { seed, passed: passes(all, traits), all, traits, failures: scores.flatMap(({ failures }) => failures) };
}

/** Failures of one file and kind that are printed; `--json` has them all. */
const shownOfKind = 4;

/** Renders the report as lines of text. */
export function render({ seed, passed, all, traits, failures }: Report): string[] {
  const share = (value: number) => value.toFixed(3);
  const row = (cells: (string | number)[]) =>
    cells.map((cell, index) => (index === 0 ? String(cell).padEnd(26) : String(cell).padStart(10))).join('');
  const figures = (one: Summary) =>
    row([
      one.name,
      one.workbooks,
      one.wrong_unflagged,
      one.wrong_outcomes,
      share(one.precision),
      share(one.recall),
      share(one.f1),
      one.missing_flags,
      one.false_flags,
      `${one.orders_without_correction}/${one.orders}`,
      Math.round(one.ms),
    ]);
  const listed = [...groupBy(failures, ({ file, kind }) => `${file} ${kind}`).values()].flatMap((group) => [
    ...group.slice(0, shownOfKind).map(failureText),
    ...(group.length > shownOfKind
      ? [`    … and ${group.length - shownOfKind} more like it in ${group[0]!.file}`]
      : []),
  ]);
  const exact = Object.entries(all.exact).map(([field, value]) => `${field} ${share(value)}`);
  return [
    row(['trait', 'files', 'wrong!', 'outcome', 'precision', 'recall', 'F1', 'unflagged', 'false fl.', 'clean', 'ms']),
    ...traits.map(figures),
    figures(all),
    '',
    ...(listed.length > 0 ? [`Failures (! is wrong in silence):`, ...listed, ''] : []),
    `wrong values without a flag   ${all.wrong_unflagged} (must be 0)`,
    `lines                         precision ${share(all.precision)}, recall ${share(all.recall)}, F1 ${share(all.f1)}, mean of the traits ${share(meanF1(traits))} (both at least ${f1Floor}); ${all.lines.right} right of ${all.lines.golden}, ${all.lines.got} read`,
    `exact match                   ${exact.join(', ')}`,
    `facts besides the lines       ${all.facts.right} of ${all.facts.total}`,
    `flags                         ${all.missing_flags} missing, ${all.false_flags} false (${all.false_flags_per_100_lines.toFixed(2)} per 100 lines)`,
    `outcomes                      ${all.wrong_outcomes} wrong of ${all.workbooks}`,
    `provenance                    ${all.wrong_provenance} lines point at another cell`,
    `orders without correction     ${all.orders_without_correction} of ${all.orders}`,
    `time                          ${(all.ms / 1_000).toFixed(1)} s in all, ${Math.round(all.slowest_ms)} ms the slowest`,
    `eval: ${passed ? 'passed' : 'FAILED'}, seed ${seed}`,
  ];
}

const failureText = ({ file, kind, silent, at, expected, got }: Failure) =>
  `  ${silent ? '!' : ' '} ${file} · ${kind} · ${at}: expected ${expected}, got ${got}`;
