import type { TimeWasteDeliverable } from '../../../schemas/audit/deliverables';
import { chartLines } from './chart';
import { bar, escapeText, table } from './markdown';
import type { Page } from './page';

const CATEGORIES_SHOWN = 30;
const ROWS_SHOWN = 20;

export function timeWasteSections(page: Page<TimeWasteDeliverable>): string[] {
  return [...paretoSection(page), ...eightWastesSection(page), ...canGoSection(page), ...largestRowsSection(page)];
}

function paretoSection({ document, say, format, minutes, money }: Page<TimeWasteDeliverable>): string[] {
  const { categories } = document;
  if (categories.length === 0) return [];
  const most = categories[0]!.share;
  const lines = [
    `## ${say('Pareto by category', 'Pareto par catégorie')}`,
    '',
    ...chartLines(document),
    ...table(
      [
        { head: say('Category', 'Catégorie') },
        { head: say('Rows', 'Lignes'), right: true },
        { head: 'Minutes', right: true },
        { head: say('Share', 'Part'), right: true },
        { head: say('Cumulative', 'Cumul'), right: true },
        { head: say('Class', 'Classe') },
        { head: say('Cost a year', 'Coût par an'), right: true },
        { head: '' },
      ],
      categories
        .slice(0, CATEGORIES_SHOWN)
        .map((part) => [
          escapeText(part.name, 60),
          format.number(part.rows.length),
          minutes(part.figures.minutes.as_given),
          format.percent(part.share),
          format.percent(part.cumulative_share),
          part.pareto_class,
          money(part.figures.cost.per_year),
          bar(part.share, most),
        ]),
    ),
    '',
  ];
  if (categories.length > CATEGORIES_SHOWN)
    lines.push(say('More in the JSON document.', 'La suite est dans le document JSON.'), '');
  return lines;
}

function eightWastesSection(page: Page<TimeWasteDeliverable>): string[] {
  const { document, say, format, minutes, money } = page;
  if (document.wastes.length === 0) return [];
  const most = Math.max(...document.wastes.map(({ share }) => share));
  return [
    `## ${say('The eight wastes', 'Les huit gaspillages')}`,
    '',
    ...table(
      [
        { head: say('Waste', 'Gaspillage') },
        { head: say('Rows', 'Lignes'), right: true },
        { head: 'Minutes', right: true },
        { head: say('Share', 'Part'), right: true },
        { head: say('Cost a year', 'Coût par an'), right: true },
        { head: '' },
        { head: say('Evidence (rows)', 'Indices (lignes)') },
      ],
      document.wastes.map((waste) => [
        escapeText(waste.name),
        format.number(waste.rows.length),
        minutes(waste.figures.minutes.as_given),
        format.percent(waste.share),
        money(waste.figures.cost.per_year),
        bar(waste.share, most),
        waste.evidence
          .slice(0, 5)
          .map(
            ({ words, rows }) =>
              `${say('“', '«\u202f')}${escapeText(words, 40)}${say('”', '\u202f»')} (${page.cite(rows, 4)})`,
          )
          .join('; ') || say('no evidence', 'aucun indice'),
      ]),
    ),
    '',
  ];
}

function canGoSection({ document, say, format, minutes, money, cite }: Page<TimeWasteDeliverable>): string[] {
  if (document.totals.minutes.as_given === null) return [];
  const { with_evidence, likely_saving, rows, words } = document.can_go;
  return [
    `## ${say('What can be saved', 'Ce qui peut être économisé')}`,
    '',
    words,
    '',
    ...table(
      [{ head: '' }, { head: 'Minutes', right: true }, { head: say('Money a year', 'Montant par an'), right: true }],
      [
        [
          say('In rows with evidence of waste', 'Lignes comportant un indice de gaspillage'),
          minutes(with_evidence.minutes.as_given),
          money(with_evidence.cost.per_year),
        ],
        [
          say('Of that, likely saved by the combined plan', 'Dont économie probable du plan combiné'),
          minutes(likely_saving.minutes.as_given),
          money(likely_saving.cost.per_year),
        ],
      ],
    ),
    '',
    `${format.number(rows.length)} ${say('rows', 'lignes')}: ${cite(rows, 30)}.`.replace(':', say(':', '\u202f:')),
    '',
  ];
}

function largestRowsSection(page: Page<TimeWasteDeliverable>): string[] {
  const { document, say, minutes } = page;
  if (document.rows.length === 0) return [];
  const name = new Map(document.wastes.map((waste) => [waste.id, waste.name]));
  return [
    `## ${say('Longest rows', 'Lignes les plus longues')}`,
    '',
    ...table(
      [
        { head: say('Row', 'Ligne'), right: true },
        { head: say('Category', 'Catégorie') },
        { head: say('Text', 'Texte') },
        { head: 'Minutes', right: true },
        { head: say('Class', 'Classe') },
        { head: say('Waste', 'Gaspillage') },
        { head: say('Evidence', 'Indices') },
      ],
      document.rows
        .slice(0, ROWS_SHOWN)
        .map((row) => [
          String(row.row),
          escapeText(row.category, 40),
          page.text(row.row),
          minutes(row.minutes),
          row.pareto_class,
          escapeText(name.get(row.waste) ?? row.waste),
          row.evidence.map((words) => escapeText(words, 40)).join(', '),
        ]),
    ),
    '',
  ];
}
