import type { Effort, Lever, Payback, Range, RestsOn, ScenarioDeliverable } from '../../schemas/audit/deliverables';
import { type Analysis, numbersOf, sumMicros } from './analysis';
import { share } from './apportion';
import { minutesOf, percentOf } from './base-document';
import { effortHours, leverWords, LONGEST_PAYBACK_MONTHS } from './levers';
import { leverName } from './names';
import { type bounds, isThin, LEAST_EVIDENCE, type Option, paybackMonths, savedWeight } from './plan';

export function effortOf(lever: Lever, hours: number, cost: number | null, { say, format }: Analysis): Effort {
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

export function paybackOf(options: readonly Option[], { rounding }: Analysis): Payback {
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
      `The step that gains most in its first year after its cost comes first. Steps that rest on fewer than ${LEAST_EVIDENCE.rows} rows or less than ${LEAST_EVIDENCE.percent}% of the minutes are thin: they come last and never lead. A row that several scenarios touch belongs to one step only, so the savings of the steps add up.`,
      `L’étape qui rapporte le plus la première année, coût déduit, vient en tête. Celles qui reposent sur moins de ${LEAST_EVIDENCE.rows} lignes ou moins de ${LEAST_EVIDENCE.percent}\u202f% des minutes sont fragiles\u202f: elles viennent en dernier et ne sont jamais recommandées. Une ligne touchée par plusieurs scénarios ne relève que d’une étape, si bien que les gains des étapes s’ajoutent.`,
    ),
    steps: steps.map((step, index) => ({
      order: index + 1,
      scenario: step.lever,
      name: leverName(step.lever, language),
      rows: numbersOf(step.touches.map(({ row }) => row)),
      saving: { low: spread.low[index]!, likely: spread.likely[index]!, high: spread.high[index]! },
      effort: effortOf(step.lever, step.hours, costs[index]!, analysis),
      payback_months: paybackOf([step], analysis),
      net_first_year: rounding.difference(spread.likely[index]!.cost.per_year, costs[index]!),
      rests_on: evidenceOf(step, analysis),
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

function evidenceOf({ lever, touches }: Option, analysis: Analysis): RestsOn {
  const rows = touches.map(({ row }) => row).filter(({ micros }) => micros > 0n);
  return {
    rows: rows.length,
    minutes: minutesOf(sumMicros(rows)),
    share: percentOf(rows, analysis),
    thin: isThin(touches, analysis.work.total),
    refuted_by: leverWords(lever, analysis.language).refutedBy,
  };
}

function weightsOf(steps: readonly Option[], bound: (typeof bounds)[number]): bigint[] {
  return steps.map(({ touches }) => savedWeight(touches, bound));
}
