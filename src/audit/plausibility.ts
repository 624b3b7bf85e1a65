import type { Doubt } from '../../schemas/audit/deliverables';
import type { WorkContext } from '../../schemas/audit/work-context';
import type { Language } from '../../schemas/language';
import { formatIn } from './format';
import { sayIn } from './language';
import { MICROS } from './minutes';
import type { Work, WorkedRow } from './normalise';

/** Minutes that one person works in a day. */
const DAY = 480;

/** More people than this are doubted: rows of a bigger team are given team by team. */
const MANY_PEOPLE = 25;

/** Part of one person below which rows that "are the whole period" look like a day's. */
const FEW_PEOPLE = 0.1;

/** Most and least working days of each period; beyond them, the type and the days do not fit each other. */
const daysOf = { daily: [1, 366], weekly: [1, 7], monthly: [8, 31], yearly: [60, 366] } as const;

/** Doubts about the input as a whole: no row is wrong by itself, but together they can hardly be meant. */
export function doubtsOf(context: WorkContext, work: Work, language: Language): Doubt[] {
  return [
    ...peopleDoubts(context, work, language),
    ...repeatDoubts(work, language),
    ...periodDoubts(context, language),
  ];
}

/** People who work eight hours a day for as long as the rows cover; undefined if the rows do not say how long. */
export function peopleOf(context: WorkContext, { total }: Pick<Work, 'total'>): number | undefined {
  const days = context.rows_cover === 'period' ? context.period?.working_days : 1;
  return days === undefined ? undefined : Number(total) / Number(MICROS) / (DAY * days);
}

function peopleDoubts(context: WorkContext, work: Work, language: Language): Doubt[] {
  const say = sayIn(language);
  const { number } = formatIn(language);
  const people = peopleOf(context, work);
  if (people === undefined || work.total === 0n) return [];
  const [minutes, shown] = [number(Number(work.total / MICROS)), number(people, 1)];
  if (context.rows_cover !== 'period' && people > MANY_PEOPLE)
    return [
      {
        code: 'people_many',
        rows: [],
        words: say(
          `${minutes} minutes a day are the work of ${shown} people at 8 hours each; if fewer do it, the rows cover more than a day (say rows_cover: period)`,
          `${minutes} minutes par jour représentent le travail de ${shown} personnes à 8 heures chacune\u202f; si elles sont moins nombreuses, les lignes couvrent plus d’une journée (indiquer rows_cover: period)`,
        ),
      },
    ];
  if (context.rows_cover === 'period' && people > MANY_PEOPLE)
    return [
      {
        code: 'people_many',
        rows: [],
        words: say(
          `${minutes} minutes in this period are the work of ${shown} people at 8 hours a working day; check the minutes and the period`,
          `${minutes} minutes sur cette période représentent le travail de ${shown} personnes à 8 heures par jour ouvré\u202f; vérifier les minutes et la période`,
        ),
      },
    ];
  if (context.rows_cover === 'period' && people < FEW_PEOPLE && (context.period?.working_days ?? 0) >= 5)
    return [
      {
        code: 'people_few',
        rows: [],
        words: say(
          `${minutes} minutes for the whole period are ${number(100 * people, 1)}% of one person’s time; if the rows are one day, say rows_cover: day`,
          `${minutes} minutes pour toute la période font ${number(100 * people, 1)}\u202f% du temps d’une personne\u202f; si les lignes décrivent une journée, indiquer rows_cover: day`,
        ),
      },
    ];
  return [];
}

/** Rows that repeat another in category, minutes and text. */
function repeatDoubts({ counted }: Work, language: Language): Doubt[] {
  const say = sayIn(language);
  const { number } = formatIn(language);
  const seen = new Set<string>();
  const repeats: WorkedRow[] = [];
  for (const row of counted) {
    if (row.text.trim() === '' || row.micros === 0n) continue;
    const key = JSON.stringify([row.categoryKey, row.text, row.micros.toString()]);
    if (seen.has(key)) repeats.push(row);
    seen.add(key);
  }
  if (repeats.length === 0) return [];
  const minutes = number(repeats.reduce((sum, { micros }) => sum + Number(micros), 0) / Number(MICROS));
  const one = repeats.length === 1;
  return [
    {
      code: 'rows_repeated',
      rows: repeats.map(({ row }) => row),
      words: say(
        `${number(repeats.length)} ${one ? 'row repeats' : 'rows repeat'} another one to the letter (${minutes} minutes); if ${one ? 'it was' : 'they were'} copied by mistake, the totals are too high`,
        `${number(repeats.length)} ${one ? 'ligne répète' : 'lignes répètent'} une autre à l’identique (${minutes} minutes)\u202f; s’il s’agit de copies, les totaux sont trop élevés`,
      ),
    },
  ];
}

function periodDoubts({ period }: WorkContext, language: Language): Doubt[] {
  if (!period) return [];
  const [least, most] = daysOf[period.type];
  if (period.working_days >= least && period.working_days <= most) return [];
  const { number } = formatIn(language);
  const days = number(period.working_days);
  const names = {
    daily: ['a daily period', 'une période journalière'],
    weekly: ['a week', 'une semaine'],
    monthly: ['a month', 'un mois'],
    yearly: ['a year', 'une année'],
  } as const;
  const [english, french] = names[period.type];
  return [
    {
      code: 'period_unlikely',
      rows: [],
      words: sayIn(language)(
        `${english} with ${days} working days is unlikely; yearly figures depend on it`,
        `${french} de ${days} jours ouvrés est peu vraisemblable\u202f; les chiffres annuels en dépendent`,
      ),
    },
  ];
}
