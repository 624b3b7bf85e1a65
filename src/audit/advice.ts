import type { Recommendation, RestsOn, ScenarioDeliverable } from '../../schemas/audit/deliverables';
import { type Analysis, numbersOf } from './analysis';
import { askForData, minutesOf, percentOf, totalWords, yearlyWords } from './base-document';
import { shortName } from './format';
import { LEAST_EVIDENCE } from './plan';
import { planOf } from './combined-plan';

type Plan = ScenarioDeliverable['plan'];
type Step = Plan['steps'][number];

/**
 * The one recommendation of all five documents: the step that gains most in its first year after its cost, among those
 * that rest on enough rows and minutes. If there is none, it says what would find or confirm one; where the input lacks
 * a rate or a period, also what to give.
 */
export function adviceOf(analysis: Analysis, plan: Plan = planOf(analysis)): Recommendation {
  if (analysis.work.total === 0n) return askForData(analysis);
  const advice = adviceOn(analysis, plan);
  return analysis.totals.cost.per_year === null
    ? { ...advice, text: `${advice.text} ${askForData(analysis).text}` }
    : advice;
}

function adviceOn(analysis: Analysis, plan: Plan): Recommendation {
  const first = plan.steps[0];
  if (!first) return analysis.causes.length === 0 ? findTheCause(analysis) : doNotInvest(analysis);
  if (first.rests_on.thin) return recordMore(analysis, first);
  return first.net_first_year !== null && first.net_first_year <= 0
    ? weighAgain(analysis, first)
    : startWith(analysis, first);
}

/** Rows, minutes and share in words: `41 rows, 1,230 minutes, 12.3% of all`. */
export function evidenceWords(
  { rows, minutes, share }: RestsOn,
  { say, format }: Pick<Analysis, 'say' | 'format'>,
): string {
  return say(
    `${format.number(rows)} ${rows === 1 ? 'row' : 'rows'} with ${format.number(minutes)} minutes, ${format.percent(share)} of all`,
    `${format.number(rows)} ${rows === 1 ? 'ligne' : 'lignes'}, ${format.number(minutes)} minutes, ${format.percent(share)} du total`,
  );
}

function startWith(analysis: Analysis, step: Step): Recommendation {
  const { say, format, rounding } = analysis;
  const saving = step.saving.likely;
  const once =
    step.effort.cost === null
      ? `${format.number(step.effort.hours)} h`
      : format.money(step.effort.cost, rounding.currency);
  const rests = evidenceWords(step.rests_on, analysis);
  const year = saving.cost.per_year;
  const text =
    year === null
      ? say(
          `Start with “${step.name}”: it likely frees ${format.number(saving.minutes.as_given ?? 0)} of ${totalWords(analysis)}, for ${once} once. It rests on ${rests}.`,
          `Commencer par «\u202f${step.name}\u202f»\u202f: gain probable de ${format.number(saving.minutes.as_given ?? 0)} minutes sur ${totalWords(analysis)}, pour ${once} de mise en place. Base\u202f: ${rests}.`,
        )
      : say(
          `Start with “${step.name}”: it likely saves ${yearlyWords(year, analysis)} for ${once} once, a gain of ${format.money(step.net_first_year!, rounding.currency)} in the first year after that cost. It rests on ${rests}.`,
          `Commencer par «\u202f${step.name}\u202f»\u202f: économie probable de ${yearlyWords(year, analysis)} pour ${once} de mise en place, soit un gain net de ${format.money(step.net_first_year!, rounding.currency)} la première année. Base\u202f: ${rests}.`,
        );
  return { text, rests_on: step.rests_on, rows: step.rows, ...savingOf(year) };
}

function weighAgain(analysis: Analysis, step: Step): Recommendation {
  const { say, format } = analysis;
  const months = format.months(step.payback_months.likely ?? 0);
  return {
    text: say(
      `No step earns back its cost within a year. The best one, “${step.name}”, takes ${months}; decide whether that is soon enough before starting.`,
      `Aucune étape n’est rentable en un an. La meilleure, «\u202f${step.name}\u202f», demande ${months}\u202f; à décider avant de s’engager.`,
    ),
    rests_on: step.rests_on,
    rows: step.rows,
    ...savingOf(step.saving.likely.cost.per_year),
  };
}

function recordMore(analysis: Analysis, step: Step): Recommendation {
  const { say, work } = analysis;
  const rows = step.rows.map((row) => work.rows[row - 1]!);
  const rests = evidenceWords(step.rests_on, analysis);
  return {
    text: say(
      `Record two more weeks of work before investing: the evidence is thin. The largest lead, “${step.name}”, rests on ${rests}; at least ${LEAST_EVIDENCE.rows} rows and ${LEAST_EVIDENCE.percent}% of the minutes are needed.`,
      `Relever encore deux semaines de travail avant d’investir\u202f: les indices sont fragiles. La meilleure piste, «\u202f${step.name}\u202f», ne repose que sur ${rests}\u202f; il faut au moins ${LEAST_EVIDENCE.rows} lignes et ${LEAST_EVIDENCE.percent}\u202f% des minutes.`,
    ),
    rests_on: step.rests_on,
    rows: step.rows,
    ...costOf(analysis.figuresOf(rows).cost.per_year),
  };
}

/** No text gives evidence: the question that would find the cause of the largest work. */
function findTheCause(analysis: Analysis): Recommendation {
  const { say, work, unexplained } = analysis;
  const { category, rows: cited, figures, question } = unexplained[0]!;
  const rows = cited.map((row) => work.rows[row - 1]!);
  const name = shortName(category);
  return {
    text: say(
      `Find the cause before changing anything: no text gives evidence of one. Begin with “${name}”, and ask the people who do it: ${question}`,
      `Chercher la cause avant de changer quoi que ce soit\u202f: aucun texte n’en donne d’indice. Commencer par «\u202f${name}\u202f» et demander à ceux qui font ce travail\u202f: ${question}`,
    ),
    rests_on: {
      rows: rows.length,
      minutes: minutesOf(rows.reduce((sum, { micros }) => sum + micros, 0n)),
      share: percentOf(rows, analysis),
      thin: true,
      refuted_by: [],
    },
    rows: numbersOf(rows),
    ...costOf(figures.cost.per_year),
  };
}

function doNotInvest({ say, totals }: Analysis): Recommendation {
  return {
    text: say(
      'Do not invest yet: no step pays back on these rows. Record a whole week first.',
      'Ne pas investir maintenant\u202f: aucune étape n’est rentable sur ces lignes. Relever d’abord une semaine entière.',
    ),
    rests_on: null,
    rows: [],
    ...savingOf(totals.cost.per_year === null ? null : 0),
  };
}

const savingOf = (sum: number | null): Pick<Recommendation, 'sum' | 'sum_is'> => ({
  sum,
  sum_is: sum === null ? 'unknown' : 'likely_saving_per_year',
});

const costOf = (sum: number | null): Pick<Recommendation, 'sum' | 'sum_is'> => ({
  sum,
  sum_is: sum === null ? 'unknown' : 'cost_per_year',
});
