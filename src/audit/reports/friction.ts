import type { FrictionDeliverable } from '../../../schemas/audit/deliverables';
import { chartLines } from './chart';
import { bar, escapeText, table } from './markdown';
import type { Page } from './page';

const SHOWN = 15;

export function frictionSections(page: Page<FrictionDeliverable>): string[] {
  return [...indexSection(page), ...signalsSection(page), ...hotSpotsSection(page), ...duplicatesSection(page)];
}

function indexSection({ document, say, format, minutes }: Page<FrictionDeliverable>): string[] {
  const { value, level, definition, figures, rows } = document.index;
  const levels = {
    low: say('low', 'faible'),
    moderate: say('moderate', 'modéré'),
    high: say('high', 'élevé'),
    severe: say('severe', 'sévère'),
  };
  const said =
    value === null
      ? say('Not computed: no minutes are given.', 'Non calculé : aucune minute donnée.')
      : say(
          `**${format.number(value, 1)} of 100 (${levels[level!]})**: ${minutes(figures.minutes.as_given)} of ${minutes(document.totals.minutes.as_given)} minutes, in ${format.number(rows.length)} rows.`,
          `**${format.number(value, 1)} sur 100 (${levels[level!]})** : ${minutes(figures.minutes.as_given)} minutes sur ${minutes(document.totals.minutes.as_given)}, dans ${format.number(rows.length)} lignes.`,
        );
  return [`## ${say('Friction index', 'Indice de friction')}`, '', said, '', definition, ''];
}

function signalsSection({ document, say, format, minutes, money }: Page<FrictionDeliverable>): string[] {
  if (document.signals.length === 0) return [];
  const most = Math.max(...document.signals.map(({ share_of_total }) => share_of_total));
  return [
    `## ${say('Kinds of friction', 'Formes de friction')}`,
    '',
    ...chartLines(document),
    ...table(
      [
        { head: say('Kind', 'Forme') },
        { head: say('Rows', 'Lignes'), right: true },
        { head: 'Minutes', right: true },
        { head: say('Share of the minutes', 'Part des minutes'), right: true },
        { head: say('Cost a year', 'Coût par an'), right: true },
        { head: '' },
        { head: say('Words', 'Mots') },
      ],
      document.signals.map((signal) => [
        escapeText(signal.name),
        format.number(signal.rows.length),
        minutes(signal.figures.minutes.as_given),
        format.percent(signal.share_of_total),
        money(signal.figures.cost.per_year),
        bar(signal.share_of_total, most),
        signal.id === 'repetition'
          ? say('see the groups below', 'voir les groupes ci-dessous')
          : signal.words
              .slice(0, 6)
              .map((words) => `${say('“', '«\u202f')}${escapeText(words, 40)}${say('”', '\u202f»')}`)
              .join(', '),
      ]),
    ),
    '',
    say(
      'A row may show several kinds, so the sum of these shares is greater than the index.',
      'Une ligne peut relever de plusieurs formes : la somme de ces parts dépasse donc l’indice.',
    ),
    '',
  ];
}

function hotSpotsSection({ document, say, format, minutes }: Page<FrictionDeliverable>): string[] {
  if (document.hot_spots.length === 0) return [];
  const kinds = document.signals;
  return [
    `## ${say('Friction by category', 'Friction par catégorie')}`,
    '',
    ...table(
      [
        { head: say('Category', 'Catégorie') },
        { head: 'Minutes', right: true },
        { head: say('Share of the category', 'Part de la catégorie'), right: true },
        ...kinds.map(({ name }) => ({ head: name, right: true })),
      ],
      document.hot_spots
        .slice(0, SHOWN)
        .map((spot) => [
          escapeText(spot.category, 60),
          minutes(spot.minutes),
          format.percent(spot.share_of_category),
          ...kinds.map(({ id }) => (spot.by_signal[id] ? format.number(spot.by_signal[id]) : '·')),
        ]),
    ),
    '',
  ];
}

function duplicatesSection({ document, say, format, minutes, money, cite }: Page<FrictionDeliverable>): string[] {
  const groups = document.duplicate_groups;
  if (document.totals.minutes.as_given === null) return [];
  const title = [`## ${say('Near-duplicate texts', 'Textes quasi identiques')}`, ''];
  if (groups.length === 0)
    return [...title, say('No two texts are alike.', 'Aucun texte ne ressemble à un autre.'), ''];
  return [
    ...title,
    ...table(
      [
        { head: say('Group', 'Groupe') },
        { head: say('First text', 'Premier texte') },
        { head: say('Rows', 'Lignes') },
        { head: say('Categories', 'Catégories') },
        { head: say('Least similarity', 'Similarité minimale'), right: true },
        { head: say('Minutes repeated', 'Minutes répétées'), right: true },
        { head: say('Cost of repeats a year', 'Coût des répétitions par an'), right: true },
      ],
      groups.slice(0, SHOWN).map((group) => [
        group.id,
        escapeText(group.text, 90),
        cite(group.rows, 8),
        group.categories
          .slice(0, 3)
          .map((name) => escapeText(name, 40))
          .join(', '),
        format.number(group.least_similarity),
        minutes(group.repeated.minutes.as_given),
        money(group.repeated.cost.per_year),
      ]),
    ),
    '',
    ...(groups.length > SHOWN
      ? [
          say(
            `${format.number(groups.length - SHOWN)} more groups are in the JSON document.`,
            `${format.number(groups.length - SHOWN)} autres groupes sont dans le document JSON.`,
          ),
          '',
        ]
      : []),
  ];
}
