import {
  type AuditFinding,
  DELIVERABLE_VERSION,
  type DeliverableKind,
  type Figures,
  type Missing,
  type Recommendation,
  type Rework,
  type TimeWasteDeliverable,
} from '../../schemas/audit/deliverables';
import { type Analysis, numbersOf } from './analysis';
import { approximate, fraction } from './fraction';
import { shorten } from './format';
import { doubtsOf, peopleOf } from './plausibility';
import { firstQuestions, questionsFor } from './questions';
import { unknownFigures } from './rounding';
import { MICROS } from './minutes';
import type { WorkedRow } from './normalise';
import { periodName, scalingOf } from './scaling';

/** A commission for a deliverable, with the findings against its predecessor. */
export interface Brief {
  project_id: string;
  backlog_item_id: string;
  request_text: string;
  rework?: { findings: readonly { code: string; message: string; pointer?: string }[]; instruction?: string | null };
}

type Common = Omit<
  TimeWasteDeliverable,
  'kind' | 'headline' | 'findings' | 'recommendation' | 'method' | 'categories' | 'wastes' | 'rows' | 'can_go'
>;

/** Common part of all five documents: the input, its counting and scaling, the totals and the top three causes. */
export function commonPart(kind: DeliverableKind, brief: Brief, analysis: Analysis): Common {
  const { context, language, work } = analysis;
  const counted = work.counted.length;
  const people = peopleOf(context, work);
  return {
    schema_version: DELIVERABLE_VERSION,
    project_id: brief.project_id,
    backlog_item_id: brief.backlog_item_id,
    request_text: shorten(brief.request_text, 1000),
    status: statusOf(kind, analysis),
    language,
    currency: analysis.rounding.currency,
    hourly_rate: context.hourly_rate ?? null,
    period: context.period ? { type: context.period.type, working_days: context.period.working_days } : null,
    scaling: scalingOf(context, language),
    input: {
      rows: work.rows.length,
      rows_counted: counted,
      rows_set_aside: work.rows.length - counted,
      minutes: counted === 0 ? null : minutesOf(work.total),
      flags: work.flags,
      doubts: doubtsOf(context, work, language),
      people: counted === 0 || people === undefined ? null : Math.round(people * 10) / 10,
      words: inputWords(analysis),
    },
    rows_cited: numbersOf(work.counted),
    totals: counted === 0 ? unknownFigures() : analysis.totals,
    causes: analysis.causes,
    unexplained: analysis.unexplained,
    questions: firstQuestions(questionsFor(analysis.causes, analysis.unexplained, language)),
    missing: missingData(analysis),
    ...(brief.rework ? { rework: reworkOf(brief.rework, analysis) } : {}),
  };
}

/** Minutes need rows; money per year also needs a rate and a period. */
export function statusOf(kind: DeliverableKind, { work, totals }: Analysis): 'complete' | 'insufficient_data' {
  if (work.total === 0n) return 'insufficient_data';
  if (kind === 'time_waste' || kind === 'friction') return 'complete';
  return totals.cost.per_year === null ? 'insufficient_data' : 'complete';
}

export function minutesOf(micros: bigint): number {
  return approximate(fraction(micros, MICROS));
}

export function percentOf(rows: readonly WorkedRow[], analysis: Analysis): number {
  const part = rows.reduce((sum, row) => sum + row.micros, 0n);
  return analysis.work.total === 0n ? 0 : approximate(fraction(100n * part, analysis.work.total), 1);
}

function inputWords({ work, sorted, say, format: { number } }: Analysis): string {
  const [all, counted] = [work.rows.length, work.counted.length];
  if (all === 0) return say('The input holds no rows.', 'L’entrée ne contient aucune ligne.');
  const aside = all - counted;
  const words = [
    say(
      `${number(counted)} of ${number(all)} ${all === 1 ? 'row is' : 'rows are'} counted.`,
      `${number(counted)} ligne${counted > 1 ? 's' : ''} sur ${number(all)} ${counted > 1 ? 'sont comptées' : 'est comptée'}.`,
    ),
  ];
  if (aside > 0)
    words.push(
      say(
        `${number(aside)} ${aside === 1 ? 'row is' : 'rows are'} set aside for negative, huge, missing or unreadable minutes: they add nothing to any figure.`,
        `${number(aside)} ${aside === 1 ? 'ligne est écartée' : 'lignes sont écartées'} (minutes négatives, énormes, absentes ou illisibles) : ${aside === 1 ? 'elle n’entre' : 'elles n’entrent'} dans aucun chiffre.`,
      ),
    );
  if (sorted > 0)
    words.push(
      say(
        `The waste of ${number(sorted)} ${sorted === 1 ? 'row' : 'rows'} was named by a model, each by words that it quoted and that code found in the row.`,
        `Le gaspillage de ${number(sorted)} ${sorted === 1 ? 'ligne' : 'lignes'} a été désigné par un modèle, chaque fois par des mots cités que le programme a retrouvés dans la ligne.`,
      ),
    );
  return words.join(' ');
}

function missingData({ context, work, say }: Analysis): Missing[] {
  const missing: Missing[] = [];
  if (work.total === 0n)
    missing.push({
      field: 'rows',
      words:
        work.rows.length === 0
          ? say(
              'Rows of work: what is done, in which category, and how many minutes it takes.',
              'Des lignes de travail : ce qui est fait, dans quelle catégorie, et en combien de minutes.',
            )
          : say(
              'Rows with minutes above zero: none of the rows given can be counted.',
              'Des lignes avec des minutes positives : aucune ligne donnée ne peut être comptée.',
            ),
      form: say(
        '{"category": "Invoicing", "estimated_minutes": 45, "text": "Re-type delivery notes into the ERP"}',
        '{"category": "Facturation", "estimated_minutes": 45, "text": "Ressaisir les bons de livraison dans l’ERP"}',
      ),
    });
  if (context.hourly_rate === undefined)
    missing.push({
      field: 'hourly_rate',
      words: say(
        'What an hour of this work costs, all charges included.',
        'Le coût complet d’une heure de ce travail.',
      ),
      form: '{"hourly_rate": 42.5, "currency": "EUR"}',
    });
  if (!context.period)
    missing.push({
      field: 'period',
      words: say('The period and its working days.', 'La période et ses jours ouvrés.'),
      form: '{"period": {"type": "monthly", "working_days": 21}}',
    });
  return missing;
}

function reworkOf({ findings, instruction }: NonNullable<Brief['rework']>, { say }: Analysis) {
  const rework: Rework = {
    instruction: instruction ? shorten(instruction, 2000) : null,
    findings: findings.slice(0, 50).map(({ code, message, pointer }) => ({
      code,
      message: shorten(message, 2000),
      ...(pointer === undefined ? {} : { pointer }),
    })),
    answer: say(
      'Every figure was computed again from the input. Figures follow from the rows, the rate and the period alone; where a figure is contested, correct the row it cites.',
      'Tous les chiffres ont été recalculés depuis l’entrée. Ils ne dépendent que des lignes, du taux et de la période ; si l’un est contesté, corriger la ligne qu’il cite.',
    ),
  };
  return rework;
}

/** A finding about rows, with their figures: those of the part whose rows they are, where there is one. */
export function finding(
  analysis: Analysis,
  code: string,
  text: string,
  rows: readonly WorkedRow[],
  figures: Figures = analysis.figuresOf(rows),
): AuditFinding {
  return { code, text, rows: numbersOf(rows), figures };
}

/** The only finding without rows: the cost of a minute, if a rate is given. */
export function findingsWithoutRows(analysis: Analysis): AuditFinding[] {
  const { context, say, format, rounding } = analysis;
  if (context.hourly_rate === undefined) return [];
  const figures = rounding.figures(MICROS);
  const money = (value: number | null) => format.money(value ?? 0, rounding.currency);
  const { as_given, per_year } = figures.cost;
  const byDay = context.rows_cover !== 'period';
  const text =
    per_year === null
      ? say(
          `At the rate given, an hour of work costs ${money(context.hourly_rate)}.`,
          `Au taux donné, une heure de travail coûte ${money(context.hourly_rate)}.`,
        )
      : byDay
        ? say(
            `At the rate given, one minute a day costs ${money(as_given)} a day and ${money(per_year)} a year.`,
            `Au taux donné, une minute par jour coûte ${money(as_given)} par jour et ${money(per_year)} par an.`,
          )
        : say(
            `At the rate given, one minute of each period costs ${money(per_year)} a year.`,
            `Au taux donné, une minute de chaque période coûte ${money(per_year)} par an.`,
          );
  return [{ code: 'rate.minute', text, rows: [], figures }];
}

/** Recommendation to provide the missing data. */
export function askForData({ say, work, context }: Analysis): Recommendation {
  const lacking = [
    ...(context.hourly_rate === undefined ? [say('the hourly rate', 'le taux horaire')] : []),
    ...(context.period ? [] : [say('the period', 'la période')]),
  ];
  return {
    text:
      work.total === 0n
        ? say(
            'Give the rows of one typical working day (category, minutes, what is done), the hourly rate and the period; the audit can then be made.',
            'Donner les lignes d’une journée type (catégorie, minutes, ce qui est fait), le taux horaire et la période ; l’audit pourra alors être établi.',
          )
        : say(
            `Give ${lacking.join(' and ')}; amounts of money and yearly figures then follow from the rows.`,
            `Donner ${lacking.join(' et ')} ; les montants et chiffres annuels découlent alors des lignes déjà données.`,
          ),
    rests_on: null,
    rows: [],
    sum: null,
    sum_is: 'unknown',
  };
}

/** The total in words: `3,120 minutes a day`. */
export function totalWords({ work, context, say, format, language }: Analysis): string {
  const count = format.number(minutesOf(work.total));
  const minutes = `${count} ${count === '1' ? 'minute' : 'minutes'}`;
  if (context.rows_cover !== 'period') return say(`${minutes} a day`, `${minutes} par jour`);
  const name = context.period ? periodName(context.period.type, language) : say('period', 'période');
  return say(`${minutes} a ${name}`, `${minutes} par ${name}`);
}

/** Money per year in words; empty if unknown. */
export function yearlyWords(amount: number | null, { say, format, rounding }: Analysis): string {
  if (amount === null) return '';
  const money = format.money(amount, rounding.currency);
  return say(`${money} a year`, `${money} par an`);
}

export function noDataHeadline({ say, work }: Analysis): string {
  return work.rows.length === 0
    ? say(
        'No rows of work were given: nothing is computed, nothing is invented',
        'Aucune ligne de travail donnée : rien n’est calculé, rien n’est inventé',
      )
    : say(
        'None of the rows given can be counted: nothing is computed',
        'Aucune des lignes données ne peut être comptée : rien n’est calculé',
      );
}
