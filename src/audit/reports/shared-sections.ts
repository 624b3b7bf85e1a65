import type { AuditFinding } from '../../../schemas/audit/deliverables';
import { decimalsOf } from '../currency';
import { rowsInWords } from '../format';
import { colon, semicolon } from './head';
import { escapeText, table } from './markdown';
import { levelsOf, type Page } from './page';

const FLAGS_SHOWN = 25;

/** Basis of the figures: coverage, scaling, assumptions, rows set aside. */
export function basisSection(page: Page): string[] {
  const { document, say, format } = page;
  const { period, hourly_rate, scaling, totals } = document;
  const lines = [`## ${say('What the figures rest on', 'Sur quoi reposent les chiffres')}`, ''];
  if (document.request_text.trim() !== '')
    lines.push(
      `- ${say('Request', 'Demande')}${colon(page)} ${say('“', '«\u202f')}${escapeText(document.request_text, 300)}${say('”', '\u202f»')}`,
    );
  lines.push(`- ${document.input.words}`);
  if (period || totals.minutes.as_given !== null) lines.push(`- ${scaling.words}`);
  lines.push(...scaling.assumptions.map((words) => `- ${say('Assumption', 'Hypothèse')}${colon(page)} ${words}`));
  lines.push(
    `- ${say('Hourly rate', 'Taux horaire')}${colon(page)} ${hourly_rate === null ? say('not given', 'non donné') : `${format.number(hourly_rate, Math.max(6, decimalsOf(document.currency)))} ${document.currency}`}${semicolon(page)} ${say('period', 'période')}${colon(page)} ${period ? periodWords(page) : say('not given', 'non donnée')}`,
  );
  if (document.kind === 'summary')
    return [...lines, ...(document.input.flags.length === 0 ? [''] : flagsInShort(page))];
  lines.push('');
  if (totals.minutes.as_given !== null)
    lines.push(
      ...table(
        [{ head: '' }, ...levelsOf(page).map((level) => ({ head: page.level[level], right: true }))],
        [
          [say('Minutes', 'Minutes'), ...levelsOf(page).map((level) => page.minutes(totals.minutes[level]))],
          [say('Cost', 'Coût'), ...levelsOf(page).map((level) => page.money(totals.cost[level]))],
        ],
      ),
      '',
    );
  return lines;
}

function periodWords({ document: { period }, say, format }: Page): string {
  const names = {
    daily: say('daily', 'journalière'),
    weekly: say('weekly', 'hebdomadaire'),
    monthly: say('monthly', 'mensuelle'),
    yearly: say('yearly', 'annuelle'),
  };
  const days = format.number(period!.working_days);
  const one = period!.working_days === 1;
  return `${names[period!.type]}, ${days} ${say(one ? 'working day' : 'working days', one ? 'jour ouvré' : 'jours ouvrés')}`;
}

/** Missing data, and its form. */
export function missingSection({ document, say }: Page): string[] {
  if (document.missing.length === 0) return [];
  return [
    `## ${say('What is needed', 'Ce qu’il faut fournir')}`,
    '',
    ...table(
      [{ head: say('Field', 'Champ') }, { head: say('What', 'Quoi') }, { head: say('Form', 'Forme') }],
      document.missing.map(({ field, words, form }) => [`\`${field}\``, words, `\`${form}\``]),
    ),
    '',
  ];
}

export function findingsSection(page: Page): string[] {
  const { document, say } = page;
  if (document.findings.length === 0) return [];
  return [
    `## ${say('Findings', 'Constats')}`,
    '',
    ...document.findings.map((item: AuditFinding, index) => {
      const one = item.rows.length === 1;
      const cited =
        item.rows.length === 0
          ? ''
          : ` ${say(one ? 'Row' : 'Rows', one ? 'Ligne' : 'Lignes')} ${page.cite(item.rows, 10)}.`;
      return `${index + 1}. ${escapeText(item.text, 600)}${cited}`;
    }),
    '',
  ];
}

/** Number of odd values, in one line. */
export function flagsInShort({ document, say, format }: Page): string[] {
  const all = document.input.flags;
  const aside = all.filter(({ counted }) => !counted).map(({ row }) => row);
  if (all.length === 0) return [];
  return [
    say(
      `- ${format.number(all.length)} ${all.length === 1 ? 'flag' : 'flags'} on odd rows, listed in the deliverables`,
      `- ${format.number(all.length)} ${all.length === 1 ? 'signalement' : 'signalements'} sur des lignes anormales, à lire dans les livrables`,
    ) +
      (aside.length === 0
        ? '.'
        : say('; set aside: rows ', '\u202f; écartées\u202f: lignes ') +
          rowsInWords([...new Set(aside)], document.language, 10) +
          '.'),
    '',
  ];
}

/** Odd values and their treatment. */
export function flagsSection(page: Page): string[] {
  const { document, say, format } = page;
  const all = document.input.flags;
  const lines = [`## ${say('Flags', 'Signalements')}`, ''];
  if (all.length === 0)
    return [...lines, say('No row of the input is odd.', 'Aucune ligne de l’entrée n’est anormale.'), ''];
  lines.push(
    ...table(
      [
        { head: say('Row', 'Ligne'), right: true },
        { head: 'Code' },
        { head: say('What', 'Quoi') },
        { head: say('In the totals', 'Dans les totaux') },
      ],
      all
        .slice(0, FLAGS_SHOWN)
        .map(({ row, code, message, counted }) => [
          String(row),
          `\`${code}\``,
          escapeText(message, 300),
          counted ? say('yes', 'oui') : say('no', 'non'),
        ]),
    ),
    '',
  );
  if (all.length > FLAGS_SHOWN) {
    const more = format.number(all.length - FLAGS_SHOWN);
    lines.push(
      say(
        `${more} more are in the JSON document and the row table.`,
        `${more} autres figurent dans le document JSON et le tableau des lignes.`,
      ),
      '',
    );
  }
  return lines;
}

/** Methods by name alone: the summary fits on a page, and the deliverables that it joins explain them. */
export function methodsInShortSection({ document, say }: Page): string[] {
  return [
    `## ${say('Methods and sources', 'Méthodes et sources')}`,
    '',
    `${say('Explained in the deliverables above', 'Expliquées dans les livrables ci-dessus')}. ${document.method.map(({ name, source }) => `**${name}**, *${source}*`).join('. ')}.`,
    '',
  ];
}

export function methodsSection({ document, say }: Page): string[] {
  return [
    `## ${say('Methods and sources', 'Méthodes et sources')}`,
    '',
    ...document.method.map(({ name, words, source }) => `- **${name}.** ${words} *${source}.*`),
    '',
  ];
}

export function reworkSection(page: Page): string[] {
  const { document, say } = page;
  if (!document.rework) return [];
  const { instruction, findings: found, answer } = document.rework;
  return [
    `## ${say('Rework', 'Reprise du livrable')}`,
    '',
    ...(instruction === null ? [] : [`- ${say('Asked', 'Demandé')}${colon(page)} ${escapeText(instruction, 600)}`]),
    ...found
      .slice(0, 10)
      .map(({ code, message }) => `- ${escapeText(code, 80)}${colon(page)} ${escapeText(message, 300)}`),
    `- ${say('Answer', 'Réponse')}${colon(page)} ${answer}`,
    '',
  ];
}

/** Questions to the people who do this work; only a model words them, and the report says so. */
export function questionsSection({ document, say }: Page): string[] {
  if (document.questions.length === 0) return [];
  return [
    `## ${say('Questions to ask next', 'Questions à poser ensuite')}`,
    '',
    say(
      'Worded by a model, for the people who do this work. They state nothing, and no figure rests on them.',
      'Rédigées par un modèle, pour les personnes qui font ce travail. Elles n’affirment rien, et aucun chiffre n’en dépend.',
    ),
    '',
    ...document.questions.map((words) => `- ${escapeText(words, 200)}`),
    '',
  ];
}
