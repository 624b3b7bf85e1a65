import type { Scaling } from '../../schemas/audit/deliverables';
import type { Language } from '../../schemas/language';
import type { WorkContext } from '../../schemas/audit/work-context';
import { approximate, exactly, type Fraction, fraction, divide, times } from './fraction';
import { formatIn } from './format';
import { sayIn } from './language';

/** Working days of a year if the input gives none: 12 months of 21 days. Work goes on while people are on leave. */
export const DAYS_PER_YEAR = 252n;
/** From this many working days on, a `daily` period states the working days of the year. */
const YEARLY_DAYS_FROM = 200n;

export const levels = ['as_given', 'per_period', 'per_year'] as const;
export type Level = (typeof levels)[number];

/** Factors by which the rows' figures are multiplied on each level; undefined if the input does not say. */
export type Factors = Record<Level, Fraction | undefined>;

/**
 * rows → period: × working days if the rows are one day, × 1 if they are the whole period.
 * period → year: weekly × 52, monthly × 12, yearly × 1, daily × (days of the year ÷ days of the period).
 */
export function factorsOf(context: WorkContext): Factors {
  const one = fraction(1n);
  const days = context.period && exactly(context.period.working_days);
  const toPeriod = context.rows_cover === 'period' ? one : days;
  const toYear = context.period && days && periodsPerYear(context.period.type, days);
  return { as_given: one, per_period: toPeriod, per_year: toPeriod && toYear && times(toPeriod, toYear) };
}

export function periodsPerYear(type: NonNullable<WorkContext['period']>['type'], days: Fraction): Fraction {
  switch (type) {
    case 'weekly':
      return fraction(52n);
    case 'monthly':
      return fraction(12n);
    case 'yearly':
      return fraction(1n);
    case 'daily':
      return givesDaysOfYear(days) ? fraction(1n) : divide(fraction(DAYS_PER_YEAR), days);
  }
}

function givesDaysOfYear(days: Fraction): boolean {
  return days.n >= YEARLY_DAYS_FROM * days.d;
}

/** The rule in words, with its assumptions. */
export function scalingOf(context: WorkContext, language: Language): Scaling {
  const say = sayIn(language);
  const { number } = formatIn(language);
  const factors = factorsOf(context);
  const byDay = context.rows_cover !== 'period';
  const words: string[] = [
    byDay
      ? say('The rows are one typical working day.', 'Les lignes décrivent une journée de travail type.')
      : say('The rows are all the work of the period.', 'Les lignes décrivent tout le travail de la période.'),
  ];
  const assumptions: string[] = [];
  if (context.rows_cover === undefined && (context.rows?.length ?? 0) > 0)
    assumptions.push(
      say(
        'The input does not say what the rows cover; they are read as one typical working day.',
        'L’entrée ne dit pas ce que couvrent les lignes ; elles sont lues comme une journée de travail type.',
      ),
    );
  const { period } = context;
  if (!period) {
    words.push(
      say(
        'No period is given, so nothing is scaled to a year.',
        'Aucune période n’est donnée : rien n’est extrapolé à l’année.',
      ),
    );
  } else {
    const days = number(period.working_days);
    const day = say(period.working_days === 1 ? 'day' : 'days', period.working_days === 1 ? 'jour' : 'jours');
    const name = periodName(period.type, language);
    words.push(
      byDay
        ? say(
            `Per ${name}: × ${days} working ${day}.`,
            `Par ${name} : × ${days} ${day} ${period.working_days === 1 ? 'ouvré' : 'ouvrés'}.`,
          )
        : say(`Per ${name}: as given (× 1).`, `Par ${name} : tel quel (× 1).`),
      yearWords(period, language),
    );
    if (period.type === 'weekly' || period.type === 'monthly')
      assumptions.push(
        period.type === 'weekly'
          ? say(
              'A year has 52 such weeks, with nothing taken off for leave and holidays: somebody does the work meanwhile.',
              'L’année compte 52 semaines de ce type, sans déduire congés ni jours fériés : le travail est assuré entre-temps.',
            )
          : say(
              'A year has 12 such months, with nothing taken off for leave: somebody does the work meanwhile.',
              'L’année compte 12 mois de ce type, sans déduire les congés : le travail est assuré entre-temps.',
            ),
      );
    if (period.type === 'daily' && !givesDaysOfYear(exactly(period.working_days)!))
      assumptions.push(
        say(
          `A year is taken as ${DAYS_PER_YEAR} working days (12 months of 21 days), because a daily period does not say how many there are.`,
          `L’année est prise à ${DAYS_PER_YEAR} jours ouvrés (12 mois de 21 jours), une période journalière n’en donnant pas le nombre.`,
        ),
      );
  }
  const numberOf = (factor: Fraction | undefined) => (factor ? approximate(factor) : null);
  return {
    rows_cover: byDay ? 'day' : 'period',
    rows_to_period: numberOf(factors.per_period),
    rows_to_year: numberOf(factors.per_year),
    words: words.join(' '),
    assumptions,
  };
}

function yearWords(period: NonNullable<WorkContext['period']>, language: Language): string {
  const say = sayIn(language);
  switch (period.type) {
    case 'weekly':
      return say('Per year: 52 weeks.', 'Par an : 52 semaines.');
    case 'monthly':
      return say('Per year: 12 months.', 'Par an : 12 mois.');
    case 'yearly':
      return say('Per year: the period itself.', 'Par an : la période elle-même.');
    case 'daily':
      return givesDaysOfYear(exactly(period.working_days)!)
        ? say(
            'Per year: the same, because that many days are a year.',
            'Par an : identique, car autant de jours font une année.',
          )
        : say(`Per year: ${DAYS_PER_YEAR} working days in all.`, `Par an : ${DAYS_PER_YEAR} jours ouvrés en tout.`);
  }
}

/** The period as a noun: `month`, `mois`. A daily period of several days is named a period. */
export function periodName(type: NonNullable<WorkContext['period']>['type'], language: Language): string {
  const say = sayIn(language);
  switch (type) {
    case 'daily':
      return say('period', 'période');
    case 'weekly':
      return say('week', 'semaine');
    case 'monthly':
      return say('month', 'mois');
    case 'yearly':
      return say('year', 'an');
  }
}
