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
  const { document, say, format } = page;
  return [
    `# ${titleOf(document.kind, document.language)} – ${escapeText(document.project_id, 80)}`,
    '',
    `- **${say('Total minutes', 'Total des minutes')}${colon(page)}** ${totalLine(page)}`,
    `- **${say('Yearly cost', 'Coût annuel')}${colon(page)}** ${costLine(page)}`,
    `- **${say('Top three causes', 'Trois premières causes')}${colon(page)}**${document.causes.length === 0 ? ` ${say('not computed, no minutes are given', 'non calculées, aucune minute donnée')}` : ''}`,
    ...document.causes.map((cause) => {
      const unproven =
        cause.kind === 'category' ? say(' (no waste named in its texts)', ' (aucun gaspillage nommé)') : '';
      return `  ${cause.rank}. **${escapeText(cause.name, 60)}**${unproven}${colon(page)} ${format.percent(cause.share)}, ${page.minutes(cause.figures.minutes.as_given)} minutes${semicolon(page)} ${say(cause.rows.length === 1 ? 'row' : 'rows', cause.rows.length === 1 ? 'ligne' : 'lignes')} ${citeLargest(page, cause.rows)}`;
    }),
    `- **${say('Recommendation', 'Recommandation')}${colon(page)}** ${escapeText(document.recommendation.text, 600)} ${sumWords(page)}`,
    '',
  ];
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
    return say('not computed, no row can be counted', 'non calculé, aucune ligne comptable');
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
