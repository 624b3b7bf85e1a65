import type { SummaryDeliverable } from '../../../schemas/audit/deliverables';
import { titleOf } from '../backlog';
import { chartLines } from './chart';
import { bar, escapeText, table } from './markdown';
import type { Page } from './page';

const SHOWN = 10;
/** Lines of the reconciliation that the page shows; further ones are shown if they differ. */
const LINES_SHOWN = 9;

export function summarySections(page: Page<SummaryDeliverable>): string[] {
  return [...joinedSection(page), ...categoriesSection(page), ...planSection(page), ...reconciliationSection(page)];
}

function joinedSection({ document, say, language }: Page<SummaryDeliverable>): string[] {
  if (document.joined.length === 0) return [];
  const states: Record<string, string> = {
    complete: say('complete', 'complet'),
    insufficient_data: say('insufficient data', 'données insuffisantes'),
  };
  return [
    `## ${say('What the deliverables say', 'Ce que disent les livrables')}`,
    '',
    ...document.joined.map(
      ({ kind, status, headline }) =>
        `- **${titleOf(kind, language)}** (${states[status] ?? escapeText(status, 40)})${say(':', '\u202f:')} ${escapeText(headline, 300)}`,
    ),
    '',
  ];
}

function categoriesSection({ document, say, format, minutes, money }: Page<SummaryDeliverable>): string[] {
  const list = document.categories;
  if (list.length === 0) return [];
  const most = list[0]!.share;
  return [
    `## ${say('Minutes and cost by category', 'Minutes et coût par catégorie')}`,
    '',
    ...chartLines(document),
    ...table(
      [
        { head: say('Category', 'Catégorie') },
        { head: 'Minutes', right: true },
        { head: say('Share', 'Part'), right: true },
        { head: say('Cost a year', 'Coût par an'), right: true },
        { head: '' },
      ],
      list
        .slice(0, SHOWN)
        .map((part) => [
          escapeText(part.name, 60),
          minutes(part.figures.minutes.as_given),
          format.percent(part.share),
          money(part.figures.cost.per_year),
          bar(part.share, most),
        ]),
    ),
    '',
  ];
}

function planSection({ document, say, format, money }: Page<SummaryDeliverable>): string[] {
  if (document.plan.length === 0) return [];
  return [
    `## ${say('What to do, in this order', 'Les actions, par ordre de priorité')}`,
    '',
    ...table(
      [
        { head: '', right: true },
        { head: say('Step', 'Étape') },
        { head: say('Likely saving a year', 'Gain probable par an'), right: true },
        { head: say('One-off cost', 'Coût de mise en place'), right: true },
        { head: say('Net, first year', 'Gain net, première année'), right: true },
        { head: say('Pay-back, months', 'Amortissement, mois'), right: true },
      ],
      document.plan.map(({ order, name, likely_saving, effort, payback_months, net_first_year, thin }) => [
        String(order),
        `${escapeText(name)}${thin ? say(' (thin evidence)', ' (indices fragiles)') : ''}`,
        money(likely_saving.cost.per_year),
        money(effort.cost),
        money(net_first_year),
        payback_months.likely === null ? '–' : format.number(payback_months.likely, 1),
      ]),
    ),
    '',
    say(
      `Together: ${money(document.plan_saving.low.cost.per_year)} (low), ${money(document.plan_saving.likely.cost.per_year)} (likely), ${money(document.plan_saving.high.cost.per_year)} (high) a year. Percentages and effort are planning assumptions; a pilot of two weeks confirms them.`,
      `Ensemble : ${money(document.plan_saving.low.cost.per_year)} (bas), ${money(document.plan_saving.likely.cost.per_year)} (probable), ${money(document.plan_saving.high.cost.per_year)} (haut) par an. Pourcentages et efforts sont des hypothèses ; un pilote de deux semaines les confirme.`,
    ),
    '',
  ];
}

function reconciliationSection({ document, say, format, language, money }: Page<SummaryDeliverable>): string[] {
  const compared = document.reconciliation.filter(({ stated }) => stated.length > 0);
  if (compared.length === 0) return [];
  const lines = [...compared.slice(0, LINES_SHOWN), ...compared.slice(LINES_SHOWN).filter(({ agree }) => !agree)];
  const kinds = document.joined.map(({ kind }) => kind);
  const number = (value: number | null | undefined, unit: string) =>
    value === undefined
      ? ''
      : value === null
        ? '–'
        : unit === 'money'
          ? money(value)
          : unit === 'percent'
            ? format.percent(value)
            : format.number(value, 6);
  return [
    `## ${say('Reconciliation', 'Rapprochement')}`,
    '',
    escapeText(document.agreement, 1000),
    '',
    ...table(
      [
        { head: say('Figure', 'Chiffre') },
        { head: say('From the input', 'Calculé d’après l’entrée'), right: true },
        ...kinds.map((kind) => ({ head: titleOf(kind, language), right: true })),
        { head: say('Agree', 'Concordance') },
      ],
      lines.map(({ figure, unit, input, stated, agree }) => [
        escapeText(figure, 80),
        number(input, unit),
        ...kinds.map((kind) => number(stated.find((item) => item.kind === kind)?.value, unit)),
        agree ? say('yes', 'oui') : `**${say('no', 'non')}**`,
      ]),
    ),
    '',
  ];
}
