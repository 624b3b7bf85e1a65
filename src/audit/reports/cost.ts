import type { CostDeliverable } from '../../../schemas/audit/deliverables';
import { chartLines } from './chart';
import { bar, escapeText, table } from './markdown';
import { levelsOf, type Page } from './page';

const SHOWN = 30;
const ROWS_SHOWN = 20;

export function costSections(page: Page<CostDeliverable>): string[] {
  return [
    ...arithmeticSection(page),
    ...partsSection(page, 'categories'),
    ...partsSection(page, 'wastes'),
    ...costliestRowsSection(page),
    ...sensitivitySection(page),
  ];
}

function arithmeticSection({ document, say }: Page<CostDeliverable>): string[] {
  return [`## ${say('The arithmetic', 'Le calcul')}`, '', ...document.formula.map((line) => `- ${line}`), ''];
}

function partsSection(page: Page<CostDeliverable>, of: 'categories' | 'wastes'): string[] {
  const { document, say, format, minutes, money, level } = page;
  const list = document[of];
  if (list.length === 0) return [];
  const categories = of === 'categories';
  const most = Math.max(...list.map(({ share }) => share));
  const levels = levelsOf(page);
  const chart = categories ? [...chartLines(document)] : [];
  return [
    `## ${categories ? say('Cost by category', 'Coût par catégorie') : say('Cost by waste', 'Coût par gaspillage')}`,
    '',
    ...chart,
    ...table(
      [
        { head: categories ? say('Category', 'Catégorie') : say('Waste', 'Gaspillage') },
        { head: 'Minutes', right: true },
        ...levels.map((name) => ({ head: level[name], right: true })),
        { head: say('Share', 'Part'), right: true },
        { head: '' },
      ],
      [
        ...list
          .slice(0, SHOWN)
          .map((part) => [
            escapeText(part.name, 60),
            minutes(part.figures.minutes.as_given),
            ...levels.map((name) => money(part.figures.cost[name])),
            format.percent(part.share),
            bar(part.share, most),
          ]),
        ...(list.length > SHOWN
          ? [[say('… more in the JSON document', '… suite dans le document JSON'), '', ...levels.map(() => ''), '', '']]
          : []),
        [
          `**Total**`,
          `**${minutes(document.totals.minutes.as_given)}**`,
          ...levels.map((name) => `**${money(document.totals.cost[name])}**`),
          `**${format.percent(list.reduce((sum, { share }) => sum + Math.round(share * 10), 0) / 10)}**`,
          '',
        ],
      ],
    ),
    '',
  ];
}

function costliestRowsSection(page: Page<CostDeliverable>): string[] {
  const { document, say, minutes, money, level } = page;
  if (document.rows.length === 0) return [];
  const levels = levelsOf(page);
  const ranked = [...document.rows].sort((a, b) => b.minutes - a.minutes || a.row - b.row);
  return [
    `## ${say('Most costly rows', 'Lignes les plus coûteuses')}`,
    '',
    ...table(
      [
        { head: say('Row', 'Ligne'), right: true },
        { head: say('Category', 'Catégorie') },
        { head: say('Text', 'Texte') },
        { head: 'Minutes', right: true },
        ...levels.map((name) => ({ head: level[name], right: true })),
      ],
      ranked
        .slice(0, ROWS_SHOWN)
        .map((row) => [
          String(row.row),
          escapeText(row.category, 40),
          page.text(row.row),
          minutes(row.minutes),
          ...levels.map((name) => money(row.cost[name])),
        ]),
    ),
    '',
    say(
      'The costs of all rows add up to their categories and to the total, so two equal rows may differ by a cent.',
      'Les coûts des lignes s’ajoutent exactement à ceux des catégories et au total ; deux lignes égales peuvent donc différer d’un centime.',
    ),
    '',
  ];
}

function sensitivitySection({ document, say, money, cite }: Page<CostDeliverable>): string[] {
  if (document.sensitivity.length === 0) return [];
  const most = document.sensitivity[0]!.swing ?? 0;
  return [
    `## ${say('What changes the result most', 'Ce qui fait le plus varier le résultat')}`,
    '',
    ...table(
      [
        { head: say('Input', 'Entrée') },
        { head: say('Changed by', 'Variation') },
        { head: say('Yearly cost from', 'Coût annuel de'), right: true },
        { head: say('to', 'à'), right: true },
        { head: say('Difference', 'Écart'), right: true },
        { head: '' },
        { head: say('Rows', 'Lignes') },
      ],
      document.sensitivity.map((line) => [
        escapeText(line.input, 80),
        line.change,
        money(line.yearly_cost_low),
        money(line.yearly_cost_high),
        money(line.swing),
        bar(line.swing ?? 0, most),
        line.rows.length === 0 ? '' : cite(line.rows, 4),
      ]),
    ),
    '',
  ];
}
