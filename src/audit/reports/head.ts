import type { DeliverableDocument, Unexplained } from '../../../schemas/audit/deliverables';
import { titleOf } from '../backlog';
import { andMore, rowsInWords } from '../format';
import { escapeText } from './markdown';
import { levelsOf, type Page } from './page';

/** Rows of a cause that the head cites; the tables list the rest. */
export const CITED_IN_HEAD = 6;

/**
 * The first ten lines: total minutes, yearly cost, the top three causes with their share and rows, and one
 * recommendation with its sum. A reader who stops here has the essentials.
 */
export function headOf(page: Page): string[] {
  const { document, say } = page;
  return [
    `# ${titleOf(document.kind, document.language)} – ${escapeText(document.project_id, 80)}`,
    '',
    ...doubtsLine(page),
    `- **${say('Total minutes', 'Total des minutes')}${colon(page)}** ${totalLine(page)}`,
    `- **${say('Yearly cost', 'Coût annuel')}${colon(page)}** ${costLine(page)}`,
    `- **${say('Top three causes', 'Trois principales causes')}${colon(page)}**${causesNote(page)}`,
    ...document.causes.map(
      (cause) => `  ${cause.rank}. **${escapeText(cause.name, 60)}**${colon(page)} ${partOfHead(page, cause)}`,
    ),
    ...unexplainedInHead(document).map(
      (part) =>
        `  - ${say('No cause is known for', 'Cause inconnue pour')} **${escapeText(part.category, 60)}**${colon(page)} ${partOfHead(page, part)}${semicolon(page)} ${say('ask', 'demander')}${colon(page)} ${escapeText(part.question, 200)}`,
    ),
    `- **${say('Recommendation', 'Recommandation')}${colon(page)}** ${escapeText(document.recommendation.text, 600)} ${sumWords(page)}`,
    '',
  ];
}

/** Doubts about the whole input, in one line at the top. */
function doubtsLine(page: Page): string[] {
  const { document, say } = page;
  const { doubts } = document.input;
  if (doubts.length === 0) return [];
  const words = doubts.map(({ words: text }) => escapeText(text, 300)).join('. ');
  return [`- **${say('Check first', 'À vérifier d’abord')}${colon(page)}** ${words}.`];
}

function causesNote({ document, say }: Page): string {
  if (document.totals.minutes.as_given === null)
    return ` ${say('not computed, no minutes are given', 'non calculées, aucune minute n’est donnée')}`;
  return document.causes.length === 0
    ? ` ${say('no text gives evidence of one', 'aucun texte n’en donne d’indice')}`
    : '';
}

/** Work without a known cause, where fewer than three causes are known. */
export function unexplainedInHead({ causes, unexplained }: DeliverableDocument): Unexplained[] {
  return unexplained.slice(0, 3 - causes.length);
}

/** Share, minutes and rows of a part. */
function partOfHead(page: Page, { share, rows, figures }: Pick<Unexplained, 'share' | 'rows' | 'figures'>): string {
  const { say, format } = page;
  const cited = say(rows.length === 1 ? 'row' : 'rows', rows.length === 1 ? 'ligne' : 'lignes');
  return `${format.percent(share)}, ${page.minutes(figures.minutes.as_given)} minutes${semicolon(page)} ${cited} ${citeLargest(page, rows)}`;
}

/** Rows in the given order, largest first, and not as spans, because the first ones weigh most. */
export function citeLargest({ language }: Page, rows: readonly number[]): string {
  if (rows.length <= CITED_IN_HEAD) return [...rows].join(', ') || rowsInWords([], language);
  const more = rows.length - CITED_IN_HEAD;
  const shown = rows.slice(0, CITED_IN_HEAD).join(', ');
  return `${shown} ${andMore(more, language)}`;
}

export function colon({ language }: Page): string {
  return language === 'fr' ? '\u202f:' : ':';
}

export function semicolon({ language }: Page): string {
  return language === 'fr' ? '\u202f;' : ';';
}

/** The total on every level. */
function totalLine(page: Page): string {
  const { document, say, format, level } = page;
  const { minutes } = document.totals;
  if (minutes.as_given === null)
    return say('not computed, no row can be counted', 'non calculé, aucune ligne ne peut être comptée');
  const scaled = levelsOf(page)
    .slice(1)
    .map((of) => `${page.minutes(minutes[of])} ${level[of]}`);
  const { rows, rows_counted } = document.input;
  const counted = say(
    `${format.number(rows_counted)} of ${format.number(rows)} rows counted`,
    `${format.number(rows_counted)} lignes comptées sur ${format.number(rows)}`,
  );
  return (
    [`${page.minutes(minutes.as_given)} minutes ${level.as_given} (${format.hours(minutes.as_given)})`, ...scaled].join(
      ', ',
    ) + `${semicolon(page)} ${counted}`
  );
}

function costLine(page: Page): string {
  const { document, say, format } = page;
  const year = document.totals.cost.per_year;
  if (year === null) {
    const lacks = document.missing.map(({ field }) => `\`${field}\``).join(', ');
    return say(`not computed; the input lacks ${lacks}`, `non calculé ; il manque à l’entrée ${lacks}`);
  }
  const factor = document.scaling.rows_to_year!;
  return say(
    `${page.money(year)} = ${page.minutes(document.totals.minutes.as_given)} minutes × ${format.number(factor, 4)} ÷ 60 × ${format.number(document.hourly_rate!, 6)} ${document.currency} an hour`,
    `${page.money(year)} = ${page.minutes(document.totals.minutes.as_given)} minutes × ${format.number(factor, 4)} ÷ 60 × ${format.number(document.hourly_rate!, 6)} ${document.currency} de l’heure`,
  );
}

function sumWords(page: Page): string {
  const { say, document } = page;
  const { sum, sum_is } = document.recommendation;
  if (sum === null || sum_is === 'unknown')
    return `**${say('Sum: not known without the missing data.', 'Somme : inconnue sans les données manquantes.')}**`;
  return sum_is === 'likely_saving_per_year'
    ? `**${say(`Likely saving: ${page.money(sum)} a year.`, `Gain probable : ${page.money(sum)} par an.`)}**`
    : `**${say(`At stake: ${page.money(sum)} a year.`, `Enjeu : ${page.money(sum)} par an.`)}**`;
}
