import type { ToolCatalogue } from '../../core/plan/catalogue';
import type { CheckedPlan } from '../../core/plan/check';
import { parseDuration } from '../../core/plan/duration';
import type {
  Forecast,
  ForecastRange,
  MoneyForecast,
  PastFigures,
  PastPlan,
  PastRange,
} from '../../schemas/job/forecast';
import type { Json } from '../../schemas/json';
import type { Step } from '../../schemas/plan';
import { callsOf } from './calls';
import { optionalSteps, timesOf, type FanOutParts } from './fan-out';
import { moneyOf, sum, timeOf, times, together, tokensOf, type Factor, type Figure } from './figures';

export interface ForecastOptions {
  /** figures of past runs */
  past?: PastFigures;
  /** figures of past runs of this very plan */
  pastPlan?: PastPlan;
  /** steps at a time, for plans that do not say */
  maxParallel: number;
  /** input of the run, where it is known */
  input?: Json;
}

/** Elements of `for_each` at a time, where the step does not say. */
const PARALLEL = 8;

/** What a plan will take, in time, tokens and money, and where each figure comes from. The unknown is said. */
export function forecastOf(
  checked: CheckedPlan,
  catalogue: ToolCatalogue,
  { past = {}, pastPlan, maxParallel, input }: ForecastOptions,
): Forecast {
  const { plan } = checked;
  const parts: FanOutParts = { steps: new Map(plan.steps.map((step) => [step.id, step])), catalogue, input };
  const optional = optionalSteps(checked);
  const figures = plan.steps.map((step) => figuresOf(step, parts, optional.has(step.id), past));
  const ofPlan = (range: PastRange): ForecastRange => ({
    ...range,
    ...{ from: 'past runs of this plan', runs: pastPlan?.runs ?? 0, unknown: [] },
  });
  // what agents ask of models is not in the runs' own counts
  const hasAgents = plan.steps.some(({ kind }) => kind === 'agent');
  return {
    time_ms: pastPlan
      ? ofPlan(pastPlan.time_ms)
      : timeTogether(
          checked,
          figures.map(({ time }) => time),
          plan.max_parallel ?? maxParallel,
        ),
    tokens:
      pastPlan?.tokens && !hasAgents
        ? ofPlan(pastPlan.tokens)
        : together(
            figures.flatMap(({ tokens }) => tokens),
            (_, all) => sum(all),
          ),
    money: moneyTogether(figures.flatMap(({ money }) => money)),
    waits_for_people: plan.steps.filter(({ kind }) => kind === 'approval').length,
  };
}

function figuresOf(step: Step, parts: FanOutParts, optional: boolean, past: PastFigures) {
  const { least, most } = timesOf(step, parts);
  const rounds = step.until?.rounds ?? 1;
  const calls: Factor = { low: optional ? 0 : least, likely: most, high: most === null ? null : most * rounds };
  const turnsOf = (elements: number) => Math.ceil(elements / (step.parallel ?? PARALLEL));
  const turns = most === null ? null : turnsOf(most);
  const after: Factor = { low: turnsOf(calls.low), likely: turns, high: turns === null ? null : turns * rounds };
  const isAgent = step.kind === 'agent';
  const specs = callsOf(step, parts.catalogue).map(({ spec }) => spec);
  return {
    time: inRow([...pausesOf(step, rounds, optional), ...specs.map((spec) => times(timeOf(spec, past), after))]),
    tokens: specs.map((spec) => times(tokensOf(spec, past, isAgent), calls)),
    money: specs.map((spec) => times(moneyOf(spec, past, isAgent), calls)),
  };
}

/** Time that a step waits by itself, as a wait step and between the rounds of a check. */
function pausesOf(step: Step, rounds: number, optional: boolean): Figure[] {
  if (step.kind === 'wait') {
    const wait = parseDuration(step.with?.for);
    return [wait === undefined ? { unknown: ['wait'] } : { low: optional ? 0 : wait, likely: wait, high: wait }];
  }
  const pause = parseDuration(step.until?.every);
  return pause === undefined ? [] : [{ low: 0, likely: 0, high: pause * (rounds - 1) }];
}

/** Figures one after the other. */
function inRow(figures: readonly Figure[]): Figure {
  const { low, likely, high, from, runs, unknown } = together(figures, (_, all) => sum(all));
  const ends = { low: low ?? undefined, likely: likely ?? undefined, high: high ?? undefined };
  return { ...ends, from, runs: from === 'past runs' || runs > 0 ? runs : undefined, unknown };
}

/**
 * Time of all steps: at least the longest way through the plan, and the work shared among as many as may run at once;
 * at most as a bad order would have it.
 */
function timeTogether(checked: CheckedPlan, figures: readonly Figure[], parallel: number): ForecastRange {
  return together(figures, (end, all) => {
    const [way, share] = [longestWay(checked, all), sum(all) / parallel];
    return Math.round(end === 'high' ? share + way * (1 - 1 / parallel) : Math.max(way, share));
  });
}

/** Length of the longest way through a plan, whose steps take so long each. */
function longestWay({ plan, links }: CheckedPlan, lengths: readonly number[]): number {
  const lengthOf = new Map(plan.steps.map(({ id }, index) => [id, lengths[index] ?? 0]));
  const ends = new Map<string, number>();
  // a stack of our own: a chain may be thousands of steps long
  for (const { id: first } of plan.steps)
    for (const open = [first]; open.length > 0;) {
      const id = open.at(-1) ?? '';
      const needs = links.get(id)?.needs ?? [];
      const missing = needs.filter((need) => !ends.has(need));
      if (missing.length > 0) open.push(...missing);
      else
        ends.set(open.pop() ?? '', Math.max(0, ...needs.map((need) => ends.get(need) ?? 0)) + (lengthOf.get(id) ?? 0));
    }
  return Math.max(0, ...ends.values());
}

/** Money by currency. What is not known may be in any. */
function moneyTogether(figures: readonly Figure[]): MoneyForecast[] {
  const currencies = [...new Set(figures.flatMap(({ currency }) => currency ?? []))];
  const unknown = figures.filter(({ low, currency }) => low === undefined && currency === undefined);
  const of = (currency: string | null): MoneyForecast => {
    const own = figures.filter((figure) => figure.currency === (currency ?? undefined) && !unknown.includes(figure));
    return { ...together([...own, ...unknown], (_, all) => sum(all)), currency };
  };
  return currencies.length === 0 ? [of(null)] : currencies.map(of);
}
