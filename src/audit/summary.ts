import type { DeliverableKind, SummaryDeliverable } from '../../schemas/audit/deliverables';
import { type Analysis } from './analysis';
import {
  commonPart,
  type Brief,
  finding,
  noDataHeadline,
  totalWords,
  yearlyWords,
  findingsWithoutRows,
} from './base-document';
import { reconcile, type Others } from './agreement';
import { partOf } from './cost';
import { shorten } from './format';
import { frictionIndex } from './friction';
import { adviceOf } from './advice';
import { methodsFor } from './methods';
import { planOf } from './combined-plan';

/** One page that joins the other deliverables and shows that they agree with the input and with one another. */
export function summary(brief: Brief, analysis: Analysis, others: Others): SummaryDeliverable {
  const { work, say, format, language } = analysis;
  const common = commonPart('summary', brief, analysis);
  const plan = planOf(analysis);
  const index = frictionIndex(analysis);
  const reconciliation = reconcile(brief, analysis, others);
  const compared = reconciliation.filter(({ stated }) => stated.length > 0).length;
  const differ = reconciliation.filter(({ agree }) => !agree);
  const saving = plan.saving.likely.cost.per_year;
  return {
    kind: 'summary',
    ...common,
    headline:
      work.total === 0n
        ? noDataHeadline(analysis)
        : [
            totalWords(analysis),
            yearlyWords(analysis.totals.cost.per_year, analysis),
            say(
              `friction ${format.number(index.value ?? 0, 1)}/100`,
              `friction ${format.number(index.value ?? 0, 1)}/100`,
            ),
            saving
              ? say(`likely saving ${yearlyWords(saving, analysis)}`, `gain probable ${yearlyWords(saving, analysis)}`)
              : '',
          ]
            .filter(Boolean)
            .join(say('; ', '\u202f; ')),
    findings:
      work.total === 0n
        ? findingsWithoutRows(analysis)
        : analysis.causes.map((cause) =>
            finding(
              analysis,
              `cause.${cause.id}`,
              say(
                `${cause.name}: ${format.percent(cause.share)} of the minutes.`,
                `${cause.name} : ${format.percent(cause.share)} des minutes.`,
              ),
              cause.rows.map((row) => work.rows[row - 1]!),
              cause.figures,
            ),
          ),
    recommendation: adviceOf(analysis, plan),
    method: methodsFor(
      ['reconciliation', 'pareto', 'lean', 'costing', 'index', 'levers', 'three_points', 'payback', 'exactness'],
      language,
    ),
    joined: (Object.entries(others) as [DeliverableKind, Others[keyof Others]][])
      .filter(([, document]) => document)
      .map(([kind, document]) => ({
        kind,
        status: String(document!.status),
        headline: shorten(String(document!.headline), 300),
      })),
    categories: analysis.categories.map(partOf),
    friction_index: index.value,
    plan: plan.steps.map(({ order, scenario, name, saving, effort, payback_months, net_first_year, rests_on }) => ({
      order,
      scenario,
      name,
      likely_saving: saving.likely,
      effort,
      payback_months,
      net_first_year,
      thin: rests_on.thin,
    })),
    plan_saving: plan.saving,
    reconciliation,
    agreement: reconciliation.every(({ stated }) => stated.length === 0)
      ? say(
          'No other deliverable was given to compare with the input.',
          'Aucun autre livrable n’a été fourni pour rapprochement.',
        )
      : differ.length === 0
        ? say(
            `${format.number(compared)} figures that several deliverables state were compared with the input and with one another: all agree, to the smallest unit of money.`,
            `${format.number(compared)} chiffres communs à plusieurs livrables ont été rapprochés de l’entrée et entre eux\u202f: tous concordent, à la plus petite unité monétaire près.`,
          )
        : say(
            `${differ.length} figures do not agree: ${differ.map(({ figure }) => figure).join(', ')}.`,
            `${differ.length} chiffres ne concordent pas : ${differ.map(({ figure }) => figure).join(', ')}.`,
          ),
  };
}
