import type { ScenarioDeliverable } from '../../../schemas/audit/deliverables';
import { colon } from './head';
import { chartLines } from './chart';
import { bar, escapeText, table } from './markdown';
import { levelsOf, type Page } from './page';

export function scenarioSections(page: Page<ScenarioDeliverable>): string[] {
  if (page.document.totals.minutes.as_given === null) return [];
  return [
    ...planSection(page),
    ...page.document.scenarios.flatMap((scenario) => scenarioSection(page, scenario)),
    ...overlapsSection(page),
  ];
}

function planSection(page: Page<ScenarioDeliverable>): string[] {
  const { document, say, format, minutes, money } = page;
  const { plan } = document;
  const months = (value: number | null) => (value === null ? '–' : format.number(value, 1));
  const most = Math.max(0, ...plan.steps.map(({ saving }) => saving.likely.minutes.as_given ?? 0));
  const lines = [`## ${say('Combined plan, in order of net gain', 'Plan combiné, par gain net')}`, '', plan.words, ''];
  if (plan.steps.length > 0)
    lines.push(
      ...chartLines(document),
      ...table(
        [
          { head: say('No.', 'N°'), right: true },
          { head: say('Step', 'Action') },
          { head: say('Rows', 'Lignes'), right: true },
          { head: say('Minutes saved (low / likely / high)', 'Minutes gagnées (bas / probable / haut)'), right: true },
          { head: say('Likely a year', 'Probable par an'), right: true },
          { head: say('One-off cost', 'Coût de mise en place'), right: true },
          { head: say('Net, first year', 'Gain net, première année'), right: true },
          { head: say('Pay-back, months', 'Amortissement, mois'), right: true },
          { head: say('Evidence', 'Indices') },
          { head: say('Cumulative a year', 'Cumul par an'), right: true },
          { head: '' },
        ],
        [
          ...plan.steps.map((step) => [
            String(step.order),
            escapeText(step.name),
            format.number(step.rows.length),
            [step.saving.low, step.saving.likely, step.saving.high]
              .map((saving) => minutes(saving.minutes.as_given))
              .join(' / '),
            money(step.saving.likely.cost.per_year),
            money(step.effort.cost),
            money(step.net_first_year),
            months(step.payback_months.likely),
            `${format.percent(step.rests_on.share)}${step.rests_on.thin ? say(', thin', ', fragiles') : ''}`,
            money(step.cumulative_likely.cost.per_year),
            bar(step.saving.likely.minutes.as_given ?? 0, most),
          ]),
          [
            '',
            '**Total**',
            `**${format.number(plan.steps.reduce((sum, { rows }) => sum + rows.length, 0))}**`,
            `**${[plan.saving.low, plan.saving.likely, plan.saving.high].map((saving) => minutes(saving.minutes.as_given)).join(' / ')}**`,
            `**${money(plan.saving.likely.cost.per_year)}**`,
            `**${money(plan.effort.cost)}**`,
            '',
            `**${months(plan.payback_months.likely)}**`,
            '',
            '',
            '',
          ],
        ],
      ),
      '',
      say(
        `The plan likely frees ${format.percent(plan.likely_share)} of all minutes, and saves between ${money(plan.saving.low.cost.per_year)} and ${money(plan.saving.high.cost.per_year)} a year.`,
        `Le plan libérerait environ ${format.percent(plan.likely_share)} des minutes et ferait gagner entre ${money(plan.saving.low.cost.per_year)} et ${money(plan.saving.high.cost.per_year)} par an.`,
      ),
      '',
    );
  const names = new Map(document.scenarios.map(({ id, name }) => [id, name]));
  lines.push(
    ...plan.left_out.map(
      ({ scenario, why }) =>
        `- ${say('Left out', 'Non retenu')}${colon(page)} ${escapeText(names.get(scenario) ?? scenario)}. ${why}`,
    ),
  );
  return plan.left_out.length > 0 ? [...lines, ''] : lines;
}

function scenarioSection(
  page: Page<ScenarioDeliverable>,
  scenario: ScenarioDeliverable['scenarios'][number],
): string[] {
  const { say, format, money, minutes, cite } = page;
  const title = [`## ${escapeText(scenario.name)}`, '', scenario.words, ''];
  if (!scenario.applies)
    return [
      ...title,
      say('No row gives evidence for this scenario.', 'Aucune ligne ne donne d’indice en faveur de ce scénario.'),
      '',
    ];
  const months = (value: number | null) => (value === null ? '–' : format.number(value, 1));
  const bounds = [
    [say('Low', 'Bas'), 'low'],
    [say('Likely', 'Probable'), 'likely'],
    [say('High', 'Haut'), 'high'],
  ] as const;
  const levels = levelsOf(page);
  const risks = { low: say('low', 'faible'), medium: say('medium', 'moyen'), high: say('high', 'élevé') };
  return [
    ...title,
    ...table(
      [
        { head: say('Reason', 'Motif') },
        { head: say('Rows', 'Lignes') },
        { head: say('Saved (low / likely / high)', 'Gain (bas / probable / haut)'), right: true },
        { head: say('Explanation', 'Explication') },
      ],
      scenario.drivers.map(({ name, rows, saved, why }) => [
        escapeText(name),
        cite(rows, 8),
        [saved.low, saved.likely, saved.high]
          .map((value) => `${format.number(value)}${say('%', '\u202f%')}`)
          .join(' / '),
        why,
      ]),
    ),
    '',
    ...table(
      [
        { head: say('On its own, without the others', 'Pris isolément') },
        ...levels.flatMap((level) => [
          { head: `${say('Minutes', 'Minutes')} ${page.level[level]}`, right: true },
          { head: `${say('Money', 'Montant')} ${page.level[level]}`, right: true },
        ]),
        { head: say('Pay-back, months', 'Amortissement, mois'), right: true },
      ],
      bounds.map(([name, bound]) => [
        name,
        ...levels.flatMap((level) => [
          minutes(scenario.saving[bound].minutes[level]),
          money(scenario.saving[bound].cost[level]),
        ]),
        months(scenario.payback_months[bound]),
      ]),
    ),
    '',
    `- ${say('Concerns', 'Concerne')}${colon(page)} ${minutes(scenario.touched.minutes.as_given)} minutes, ${say('rows', 'lignes')} ${cite(scenario.rows, 20)}`,
    `- ${say('One-off effort', 'Mise en place')}${colon(page)} ${scenario.effort.words}, ${money(scenario.effort.cost)}`,
    ...scenario.prerequisites.map((words) => `- ${say('Condition', 'Condition préalable')}${colon(page)} ${words}`),
    `- ${say('Risk', 'Risque')} (${risks[scenario.risk.level]})${colon(page)} ${scenario.risk.words}`,
    '',
  ];
}

function overlapsSection({ document, say, minutes, cite, money }: Page<ScenarioDeliverable>): string[] {
  if (document.overlaps.length === 0) return [];
  const names = new Map(document.scenarios.map(({ id, name }) => [id, name]));
  return [
    `## ${say('Overlaps, counted once', 'Recoupements, comptés une seule fois')}`,
    '',
    ...table(
      [
        { head: say('Scenarios', 'Scénarios') },
        { head: say('Rows', 'Lignes') },
        { head: 'Minutes', right: true },
        { head: say('Cost a year', 'Coût par an'), right: true },
      ],
      document.overlaps.map(({ scenarios, rows, figures }) => [
        scenarios.map((id) => escapeText(names.get(id) ?? id)).join(' + '),
        cite(rows, 10),
        minutes(figures.minutes.as_given),
        money(figures.cost.per_year),
      ]),
    ),
    '',
  ];
}
