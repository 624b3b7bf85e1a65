import type { AuditFinding } from '../../../schemas/audit/deliverables';
import { evidenceWords } from '../advice';
import { decimalsOf } from '../currency';
import { LEAST_EVIDENCE } from '../plan';
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
  const { people } = document.input;
  if (people !== null)
    lines.push(
      `- ${say(
        `The counted minutes are the work of ${format.number(people, 1)} people at 8 hours a working day.`,
        `Les minutes comptées représentent le travail de ${format.number(people, 1)} personnes à 8 heures par jour ouvré.`,
      )}`,
    );
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
      `- ${format.number(all.length)} ${all.length === 1 ? 'flag' : 'flags'} on rows that need attention, listed in the deliverables`,
      `- ${format.number(all.length)} ${all.length === 1 ? 'signalement' : 'signalements'} sur des lignes à vérifier, détaillés dans les livrables`,
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
  if (all.length === 0) return [...lines, say('No row needs attention.', 'Aucune ligne n’appelle de remarque.'), ''];
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
    ...(instruction === null ? [] : [`- ${say('Requested', 'Demande')}${colon(page)} ${escapeText(instruction, 600)}`]),
    ...found
      .slice(0, 10)
      .map(({ code, message }) => `- ${escapeText(code, 80)}${colon(page)} ${escapeText(message, 300)}`),
    `- ${say('Answer', 'Réponse')}${colon(page)} ${answer}`,
    '',
  ];
}

/** Evidence behind the recommendation, and what would refute it. */
export function adviceSection(page: Page): string[] {
  const { document, say } = page;
  const { rests_on } = document.recommendation;
  if (!rests_on) return [];
  const least = say(
    `at least ${LEAST_EVIDENCE.rows} rows and ${LEAST_EVIDENCE.percent}% of the minutes are needed`,
    `il faut au moins ${LEAST_EVIDENCE.rows} lignes et ${LEAST_EVIDENCE.percent}\u202f% des minutes`,
  );
  const verdict = rests_on.thin
    ? say('**thin evidence**', '**indices fragiles**')
    : say('enough evidence', 'indices suffisants');
  return [
    `## ${say('What the recommendation rests on', 'Sur quoi repose la recommandation')}`,
    '',
    `- ${say('Evidence', 'Indices')}${colon(page)} ${evidenceWords(rests_on, page)}${semicolon(page)} ${verdict} (${least})`,
    ...rests_on.refuted_by.map(
      (words) => `- ${say('It would be refuted by', 'Ce qui la réfuterait')}${colon(page)} ${words}`,
    ),
    '',
  ];
}

/** Questions to the people who do this work. */
export function questionsSection({ document, say }: Page): string[] {
  if (document.questions.length === 0) return [];
  return [
    `## ${say('Questions to ask next', 'Questions à poser ensuite')}`,
    '',
    say(
      'For the people who do this work. Their answers show what the texts leave open.',
      'À l’attention des personnes qui font ce travail. Leurs réponses diront ce que les textes laissent ouvert.',
    ),
    '',
    ...document.questions.map((words) => `- ${escapeText(words, 200)}`),
    '',
  ];
}
