import type {
  Effort,
  Lever,
  Payback,
  Range,
  Recommendation,
  ScenarioDeliverable,
} from '../../schemas/audit/deliverables';
import { type Analysis, numbersOf } from './analysis';
import { share } from './apportion';
import {
  askForData,
  commonPart,
  type Brief,
  finding,
  minutesOf,
  noDataHeadline,
  totalWords,
  yearlyWords,
  findingsWithoutRows,
} from './base-document';
import { driverWhy, drivers, effortHours, leverOrder, leverWords, LONGEST_PAYBACK_MONTHS } from './levers';
import { unknownFigures } from './rounding';
import { methodsFor } from './methods';
import { driverName, leverName } from './names';
import { type bounds, type Option, paybackMonths, savedWeight } from './plan';

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
    recommendation: common.status === 'complete' ? planRecommendation(analysis, plan) : askForData(analysis),
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

function effortOf(lever: Lever, hours: number, cost: number | null, { say, format }: Analysis): Effort {
  const { base, each } = effortHours[lever];
  const activities = hours === 0 ? 0 : (hours - base) / each;
  return {
    hours,
    cost,
    words:
      hours === 0
        ? say('No row speaks for it, so nothing is to be done.', 'Aucune ligne ne l’appelle : rien à faire.')
        : say(
            `${base} h to set up + ${each} h × ${format.number(activities)} distinct activities = ${format.number(hours)} h (planning assumption)`,
            `${base} h de mise en place + ${each} h × ${format.number(activities)} activités distinctes = ${format.number(hours)} h (hypothèse de planification)`,
          ),
  };
}

function paybackOf(options: readonly Option[], { rounding }: Analysis): Payback {
  const hours = options.reduce((sum, option) => sum + option.hours, 0);
  const months = (bound: (typeof bounds)[number]) =>
    paybackMonths(
      hours,
      options.reduce((sum, { touches }) => sum + savedWeight(touches, bound), 0n),
      rounding.factors.per_year,
    );
  return { low: months('low'), likely: months('likely'), high: months('high') };
}

/** The combined plan; each bound is apportioned over the steps, so that savings add up. */
export function planOf(analysis: Analysis): ScenarioDeliverable['plan'] {
  const { plan, rounding, language, say, format, work } = analysis;
  const { steps } = plan;
  const weights = { low: weightsOf(steps, 'low'), likely: weightsOf(steps, 'likely'), high: weightsOf(steps, 'high') };
  const spread = {
    low: rounding.spread(weights.low, 100n),
    likely: rounding.spread(weights.likely, 100n),
    high: rounding.spread(weights.high, 100n),
  };
  const costs = rounding.hours(steps.map(({ hours }) => hours));
  const total = (bound: (typeof bounds)[number]) => weights[bound].reduce((a, b) => a + b, 0n);
  const whole = (bound: (typeof bounds)[number]) => rounding.figures(total(bound), 100n);
  const saving: Range = { low: whole('low'), likely: whole('likely'), high: whole('high') };
  const allHours = steps.reduce((sum, { hours }) => sum + hours, 0);
  return {
    words: say(
      'Steps in order of pay-back. A row that several scenarios touch belongs to one step only, so the savings of the plan add up.',
      'Étapes par délai d’amortissement. Une ligne touchée par plusieurs scénarios ne relève que d’une étape : les gains du plan s’additionnent.',
    ),
    steps: steps.map((step, index) => ({
      order: index + 1,
      scenario: step.lever,
      name: leverName(step.lever, language),
      rows: numbersOf(step.touches.map(({ row }) => row)),
      saving: { low: spread.low[index]!, likely: spread.likely[index]!, high: spread.high[index]! },
      effort: effortOf(step.lever, step.hours, costs[index]!, analysis),
      payback_months: paybackOf([step], analysis),
      cumulative_likely: rounding.figures(
        weights.likely.slice(0, index + 1).reduce((a, b) => a + b, 0n),
        100n,
      ),
    })),
    left_out: plan.leftOut.map(({ lever, because }) => ({
      scenario: lever,
      why:
        because === 'too_slow'
          ? say(
              `Takes more than ${LONGEST_PAYBACK_MONTHS} months to pay back on the rows that are left.`,
              `S’amortit en plus de ${LONGEST_PAYBACK_MONTHS} mois sur les lignes restantes.`,
            )
          : say('Other steps already cover its rows.', 'D’autres étapes couvrent déjà ses lignes.'),
    })),
    saving,
    likely_share: share(total('likely'), 100n * work.total),
    effort: {
      hours: allHours,
      cost: rounding.hours([allHours])[0]!,
      words: say(
        `${format.number(allHours)} h over ${format.number(steps.length)} ${steps.length === 1 ? 'step' : 'steps'}`,
        `${format.number(allHours)} h sur ${format.number(steps.length)} ${steps.length === 1 ? 'étape' : 'étapes'}`,
      ),
    },
    payback_months: paybackOf(steps, analysis),
  };
}

function weightsOf(steps: readonly Option[], bound: (typeof bounds)[number]): bigint[] {
  return steps.map(({ touches }) => savedWeight(touches, bound));
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
      `Le plan combiné libère vraisemblablement ${minutes} sur ${totalWords(analysis)}`,
    );
  const months = plan.payback_months.likely;
  return say(
    `The combined plan likely saves ${yearlyWords(year, analysis)} (${format.percent(plan.likely_share)}), paid back in ${format.months(months ?? 0)}`,
    `Le plan combiné économise vraisemblablement ${yearlyWords(year, analysis)} (${format.percent(plan.likely_share)}), amorti en ${format.months(months ?? 0)}`,
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
        `${step.name} : libère vraisemblablement ${format.number(saved, 1)} minutes sur ${format.number(minutesOf(rows.reduce((sum, { micros }) => sum + micros, 0n)), 1)}${money && `, soit ${money}`}.`,
      ),
      rows,
    );
  });
}

/** Recommends the first step of the plan, with its saving, cost and pay-back. */
export function planRecommendation(analysis: Analysis, plan: ScenarioDeliverable['plan']): Recommendation {
  const { say, format, rounding } = analysis;
  const first = plan.steps[0];
  if (!first)
    return {
      text: say(
        'Do not invest yet: no scenario pays back on these rows. Collect rows of a whole week first.',
        'Ne pas investir maintenant : aucun scénario ne s’amortit sur ces lignes. Relever d’abord une semaine entière.',
      ),
      rows: [],
      sum: analysis.totals.cost.per_year === null ? null : 0,
      sum_is: analysis.totals.cost.per_year === null ? 'unknown' : 'likely_saving_per_year',
    };
  const sum = first.saving.likely.cost.per_year;
  const once =
    first.effort.cost === null
      ? `${format.number(first.effort.hours)} h`
      : format.money(first.effort.cost, rounding.currency);
  const months = format.months(first.payback_months.likely ?? 0);
  return {
    text: say(
      `Start with “${first.name}”: likely saves ${yearlyWords(sum, analysis)} for ${once} once, paid back in ${months}.`,
      `Commencer par « ${first.name} » : gain probable de ${yearlyWords(sum, analysis)} pour ${once} une fois, amorti en ${months}.`,
    ),
    rows: first.rows,
    sum,
    sum_is: sum === null ? 'unknown' : 'likely_saving_per_year',
  };
}
