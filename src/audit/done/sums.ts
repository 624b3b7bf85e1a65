import type { DeliverableDocument, Figures, Scaled } from '../../../schemas/audit/deliverables';
import { decimalsOf } from '../currency';
import { exactly, roundTo, toNumber } from '../fraction';
import { levels } from '../scaling';
import { pointer, type Report } from './finding';

/** Checks that the parts of each whole add up to it, to the last unit, and their shares to 100.0. */
export function checkSums(document: DeliverableDocument, report: Report): void {
  const checkParts = (parts: readonly Figures[], whole: Figures, at: string) => {
    for (const kind of ['minutes', 'cost'] as const)
      checkTotal(
        parts.map((part) => part[kind]),
        whole[kind],
        kind === 'minutes' ? 6 : decimalsOf(document.currency),
        `${at}`,
        kind,
        report,
      );
  };
  const whole = document.totals;
  const complete = (whole.minutes.as_given ?? 0) > 0;
  const checkGroup = (name: string, list: readonly { figures: Figures; share: number }[]) => {
    if (!complete) return;
    checkParts(
      list.map(({ figures }) => figures),
      whole,
      `/${name}`,
    );
    const tenths = list.reduce((sum, { share }) => sum + Math.round(share * 10), 0);
    if (tenths !== 1000)
      report('shares.not_100', `the shares of ${name} add up to ${tenths / 10} %, not 100.0 %`, `/${name}`);
  };
  if ('categories' in document) checkGroup('categories', document.categories);
  if ('wastes' in document) checkGroup('wastes', document.wastes);
  if (document.kind === 'cost' && complete)
    checkTotal(
      document.rows.map(({ cost }) => cost),
      whole.cost,
      decimalsOf(document.currency),
      '/rows',
      'cost',
      report,
    );
  if ((document.kind === 'cost' || document.kind === 'time_waste') && complete)
    checkTotal(
      document.rows.map(({ minutes }) => ({ as_given: minutes, per_period: null, per_year: null })),
      { as_given: whole.minutes.as_given, per_period: null, per_year: null },
      6,
      '/rows',
      'minutes',
      report,
    );
  if (document.kind === 'scenario') {
    for (const bound of ['low', 'likely', 'high'] as const)
      checkParts(
        document.plan.steps.map(({ saving }) => saving[bound]),
        document.plan.saving[bound],
        '/plan/steps',
      );
    checkPlan(document.plan.steps, report);
    checkSavings(document, report);
  }
}

function checkTotal(
  parts: readonly Scaled[],
  whole: Scaled,
  decimals: number,
  at: string,
  what: string,
  report: Report,
): void {
  for (const level of levels) {
    const total = whole[level];
    if (total === null) continue;
    const sum = parts.reduce((units, part) => units + unitsOf(part[level] ?? 0, decimals), 0n);
    // beyond 15 digits a JSON number is only the nearest one, so the sum is compared as a JSON number
    const agree =
      sum === unitsOf(total, decimals) ||
      (Math.abs(total) >= 10 ** (15 - decimals) && toNumber(sum, decimals) === total);
    if (!agree)
      report(
        'sums.mismatch',
        `${what} ${level}: the parts add up to ${toNumber(sum, decimals)}, the total is ${total}`,
        at,
      );
  }
}

function unitsOf(value: number, decimals: number): bigint {
  return roundTo(exactly(value) ?? { n: 0n, d: 1n }, decimals);
}

/** Checks that no row is saved twice. */
function checkPlan(steps: readonly { rows: readonly number[] }[], report: Report): void {
  const seen = new Set<number>();
  steps.forEach(({ rows }, index) => {
    for (const row of rows) {
      if (seen.has(row))
        report('plan.row_twice', `row ${row} is in two steps of the plan`, pointer('/plan/steps', index));
      seen.add(row);
    }
  });
}

/** Checks that no saving exceeds its rows, and that low ≤ likely ≤ high. */
function checkSavings(document: DeliverableDocument & { kind: 'scenario' }, report: Report): void {
  const ranges = [
    ...document.scenarios.map(({ saving, touched }, index) => ({
      saving,
      most: touched,
      at: `/scenarios/${index}/saving`,
    })),
    { saving: document.plan.saving, most: document.totals, at: '/plan/saving' },
  ];
  for (const { saving, most, at } of ranges)
    for (const kind of ['minutes', 'cost'] as const)
      for (const level of levels) {
        const [low, likely, high] = [saving.low[kind][level], saving.likely[kind][level], saving.high[kind][level]];
        if (low === null || likely === null || high === null) continue;
        if (low > likely || likely > high)
          report('savings.order', `${kind} ${level}: low, likely and high are out of order`, at);
        if (high > (most[kind][level] ?? 0))
          report('savings.too_high', `${kind} ${level}: ${high} is saved of ${most[kind][level] ?? 0}`, at);
      }
}
