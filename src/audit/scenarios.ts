import type { Lever, ScenarioDeliverable } from '../../schemas/audit/deliverables';
import { type Analysis, numbersOf } from './analysis';
import { adviceOf } from './advice';
import { effortOf, paybackOf, planOf } from './combined-plan';
import {
  commonPart,
  type Brief,
  finding,
  minutesOf,
  noDataHeadline,
  totalWords,
  yearlyWords,
  findingsWithoutRows,
} from './base-document';
import { driverWhy, drivers, leverOrder, leverWords } from './levers';
import { unknownFigures } from './rounding';
import { methodsFor } from './methods';
import { driverName, leverName } from './names';
import { type bounds, type Option, savedWeight } from './plan';

/** Possible changes with their savings, their effort and their order. */
export function scenario(brief: Brief, analysis: Analysis): ScenarioDeliverable {
  const { work, language } = analysis;
  const common = commonPart('scenario', brief, analysis);
  const plan = planOf(analysis);
  return {
    kind: 'scenario',
    ...common,
    headline: headlineOf(analysis, plan),
    findings: findingsOf(analysis, plan),
    recommendation: adviceOf(analysis, plan),
    method: methodsFor(['levers', 'three_points', 'payback', 'duplicates', 'exactness'], language),
    baseline: work.counted.length === 0 ? unknownFigures() : analysis.totals,
    scenarios: analysis.options.map((option) => scenarioOf(option, analysis)),
    overlaps: overlapsOf(analysis),
    plan,
  };
}

function scenarioOf(option: Option, analysis: Analysis): ScenarioDeliverable['scenarios'][number] {
  const { rounding, language } = analysis;
  const { lever, touches, hours } = option;
  const rows = touches.map(({ row }) => row);
  const { words, prerequisites, risk } = leverWords(lever, language);
  const saved = (bound: (typeof bounds)[number]) => rounding.figures(savedWeight(touches, bound), 100n);
  return {
    id: lever,
    name: leverName(lever, language),
    words,
    applies: touches.length > 0,
    rows: numbersOf(rows),
    drivers: drivers
      .map((driver) => ({ driver, rows: touches.filter((touch) => touch.driver === driver).map(({ row }) => row) }))
      .filter(({ rows }) => rows.length > 0)
      .map(({ driver, rows }) => ({
        id: driver.id,
        name: driverName(driver.id, language),
        rows: numbersOf(rows),
        saved: { low: driver.low, likely: driver.likely, high: driver.high },
        why: driverWhy(driver, language),
      })),
    touched: analysis.figuresOf(rows),
    saving: { low: saved('low'), likely: saved('likely'), high: saved('high') },
    effort: effortOf(lever, hours, rounding.hours([hours])[0]!, analysis),
    payback_months: paybackOf([option], analysis),
    prerequisites,
    risk,
  };
}

function overlapsOf(analysis: Analysis): ScenarioDeliverable['overlaps'] {
  const leversOf = new Map<number, Lever[]>();
  for (const lever of leverOrder)
    for (const { row } of analysis.options.find((option) => option.lever === lever)!.touches)
      leversOf.set(row.row, [...(leversOf.get(row.row) ?? []), lever]);
  const sets = new Map<string, { scenarios: Lever[]; rows: typeof analysis.work.counted }>();
  for (const row of analysis.work.counted) {
    const scenarios = leversOf.get(row.row) ?? [];
    if (scenarios.length < 2) continue;
    const key = scenarios.join('+');
    const set = sets.get(key) ?? { scenarios, rows: [] };
    set.rows.push(row);
    sets.set(key, set);
  }
  return [...sets.values()].map(({ scenarios, rows }) => ({
    scenarios,
    rows: numbersOf(rows),
    figures: analysis.figuresOf(rows),
  }));
}

function headlineOf(analysis: Analysis, plan: ScenarioDeliverable['plan']): string {
  const { work, say, format } = analysis;
  if (work.total === 0n) return noDataHeadline(analysis);
  const year = plan.saving.likely.cost.per_year;
  const minutes = format.number(plan.saving.likely.minutes.as_given ?? 0, 1);
  if (plan.steps.length === 0)
    return say('No scenario pays back on these rows', 'Aucun scénario ne s’amortit sur ces lignes');
  if (year === null)
    return say(
      `The combined plan likely frees ${minutes} of ${totalWords(analysis)}`,
      `Le plan combiné libérerait environ ${minutes} minutes sur ${totalWords(analysis)}`,
    );
  const months = plan.payback_months.likely;
  return say(
    `The combined plan likely saves ${yearlyWords(year, analysis)} (${format.percent(plan.likely_share)}), paid back in ${format.months(months ?? 0)}`,
    `Le plan combiné ferait économiser environ ${yearlyWords(year, analysis)} (${format.percent(plan.likely_share)}), amorti en ${format.months(months ?? 0)}`,
  );
}

function findingsOf(analysis: Analysis, plan: ScenarioDeliverable['plan']) {
  const { say, format, work } = analysis;
  if (work.total === 0n) return findingsWithoutRows(analysis);
  const byRow = new Map(work.counted.map((row) => [row.row, row]));
  return plan.steps.map((step) => {
    const rows = step.rows.map((row) => byRow.get(row)!);
    const saved = step.saving.likely.minutes.as_given ?? 0;
    const money = yearlyWords(step.saving.likely.cost.per_year, analysis);
    return finding(
      analysis,
      `scenario.${step.scenario}`,
      say(
        `${step.name}: likely frees ${format.number(saved, 1)} of ${format.number(minutesOf(rows.reduce((sum, { micros }) => sum + micros, 0n)), 1)} minutes${money && `, ${money}`}.`,
        `${step.name} : libérerait environ ${format.number(saved, 1)} minutes sur ${format.number(minutesOf(rows.reduce((sum, { micros }) => sum + micros, 0n)), 1)}${money && `, soit ${money}`}.`,
      ),
      rows,
    );
  });
}
