import type {
  DeliverableDocument,
  DeliverableDocuments,
  Figures,
  Part,
  SummaryDeliverable,
} from '../../schemas/audit/deliverables';
import type { Analysis } from './analysis';
import { adviceOf } from './advice';
import { commonPart, type Brief } from './base-document';
import { shortName } from './format';
import { frictionIndex } from './friction';
import type { Say } from './language';
import { levels } from './scaling';
import { planOf } from './combined-plan';

type Line = SummaryDeliverable['reconciliation'][number];

/** A figure by a name that is the same in every document. */
interface Figure {
  key: string;
  name: string;
  unit: Line['unit'];
  value: number | null;
}

/** The four documents that a summary joins, less those that the project did not ask for. */
export type Others = Partial<Omit<DeliverableDocuments, 'summary'>>;

/** Compares every figure that several deliverables state with the one computed from the input. */
export function reconcile(brief: Brief, analysis: Analysis, others: Others): Line[] {
  const stated = Object.values(others).map((document) => ({
    kind: document.kind,
    values: new Map(figuresIn(document, analysis.say).map(({ key, value }) => [key, value])),
  }));
  return tableOf(brief, analysis).map(({ key, name, unit, value: input }) => {
    const values = stated
      .filter(({ values: of }) => of.has(key))
      .map(({ kind, values: of }) => ({ kind, value: of.get(key)! }));
    return { figure: name, unit, input, stated: values, agree: values.every(({ value }) => value === input) };
  });
}

/** The one table: figures that more than one document states, as computed from the input. */
function tableOf(brief: Brief, analysis: Analysis): Figure[] {
  const { say, categories, wastes } = analysis;
  const common = commonPart('summary', brief, analysis);
  const plan = planOf(analysis);
  const figures = [
    ...commonFigures({ ...common, recommendation: adviceOf(analysis, plan) }, say),
    ...partFigures(
      'category',
      categories.map(({ rows, ...part }) => ({ ...part, rows: rows.map(({ row }) => row) })),
      say,
    ),
    ...partFigures(
      'waste',
      wastes.map(({ rows, ...part }) => ({ ...part, rows: rows.map(({ row }) => row) })),
      say,
    ),
    indexFigure(frictionIndex(analysis).value, say),
    ...planFigures(plan, say),
  ];
  return [...new Map(figures.map((one) => [one.key, one])).values()];
}

/** Figures that a document states, by the names of the table. */
export function figuresIn(document: DeliverableDocument, say: Say): Figure[] {
  const own = (): Figure[] => {
    switch (document.kind) {
      case 'time_waste':
      case 'cost':
        return [...partFigures('category', document.categories, say), ...partFigures('waste', document.wastes, say)];
      case 'friction':
        return [
          ...partFigures(
            'waste',
            document.signals
              .filter(({ id }) => document.causes.some((cause) => cause.id === id))
              .map(({ share_of_total, ...part }) => ({ ...part, share: share_of_total })),
            say,
          ),
          indexFigure(document.index.value, say),
        ];
      case 'scenario':
        return [...totalFigures(document.baseline, say), ...planFigures(document.plan, say)];
      case 'summary':
        return [...partFigures('category', document.categories, say), indexFigure(document.friction_index, say)];
    }
  };
  return [...commonFigures(document, say), ...own()];
}

type Common = Pick<DeliverableDocument, 'input' | 'totals' | 'causes' | 'unexplained' | 'recommendation'>;

function commonFigures({ input, totals, causes, unexplained, recommendation }: Common, say: Say): Figure[] {
  const { sum, rests_on } = recommendation;
  return [
    figure('rows', say('Rows given', 'Lignes données'), 'rows', input.rows),
    figure('rows.counted', say('Rows counted', 'Lignes comptées'), 'rows', input.rows_counted),
    figure('rows.aside', say('Rows set aside', 'Lignes écartées'), 'rows', input.rows_set_aside),
    ...totalFigures(totals, say),
    ...partFigures('waste', causes, say),
    ...partFigures(
      'unexplained',
      unexplained.map(({ category, ...part }) => ({
        ...part,
        id: category,
        name: say(`${category}, cause unknown`, `${category}, cause inconnue`),
      })),
      say,
    ),
    figure('advice.sum', say('Recommendation: sum', 'Recommandation : somme'), 'money', sum),
    figure('advice.rows', say('Recommendation: rows', 'Recommandation : lignes'), 'rows', rests_on?.rows ?? null),
    figure(
      'advice.minutes',
      say('Recommendation: minutes', 'Recommandation : minutes'),
      'minutes',
      rests_on?.minutes ?? null,
    ),
    figure('advice.share', say('Recommendation: share', 'Recommandation : part'), 'percent', rests_on?.share ?? null),
  ];
}

function totalFigures({ minutes, cost }: Figures, say: Say): Figure[] {
  const names = {
    as_given: say('as given', 'tel que donné'),
    per_period: say('per period', 'par période'),
    per_year: say('per year', 'par an'),
  };
  return levels.flatMap((level) => [
    figure(`minutes.${level}`, `Minutes ${names[level]}`, 'minutes', minutes[level]),
    figure(`cost.${level}`, `${say('Cost', 'Coût')} ${names[level]}`, 'money', cost[level]),
  ]);
}

function partFigures(of: string, parts: readonly Part[], say: Say): Figure[] {
  return parts.flatMap(({ id, name, rows, share, figures }) => {
    const title = shortName(name);
    return [
      figure(`${of}.${id}.rows`, say(`${title}: rows`, `${title} : lignes`), 'rows', rows.length),
      figure(`${of}.${id}.minutes`, `${title}${say(':', ' :')} minutes`, 'minutes', figures.minutes.as_given),
      figure(`${of}.${id}.share`, say(`${title}: share`, `${title} : part`), 'percent', share),
      figure(
        `${of}.${id}.cost`,
        say(`${title}: cost per year`, `${title} : coût par an`),
        'money',
        figures.cost.per_year,
      ),
    ];
  });
}

function indexFigure(value: number | null, say: Say): Figure {
  return figure('friction.index', say('Friction index', 'Indice de friction'), 'index', value);
}

function planFigures({ steps, saving, effort }: ReturnType<typeof planOf>, say: Say): Figure[] {
  return [
    figure(
      'plan.likely',
      say('Plan: likely saving per year', 'Plan : gain probable par an'),
      'money',
      saving.likely.cost.per_year,
    ),
    figure('plan.low', say('Plan: low saving per year', 'Plan : gain bas par an'), 'money', saving.low.cost.per_year),
    figure(
      'plan.high',
      say('Plan: high saving per year', 'Plan : gain haut par an'),
      'money',
      saving.high.cost.per_year,
    ),
    figure('plan.effort', say('Plan: one-off cost', 'Plan : coût de mise en place'), 'money', effort.cost),
    ...steps.flatMap((step) => [
      figure(
        `plan.${step.scenario}.likely`,
        say(`${step.name}: likely saving per year`, `${step.name} : gain probable par an`),
        'money',
        step.saving.likely.cost.per_year,
      ),
      figure(
        `plan.${step.scenario}.net`,
        say(`${step.name}: net gain of the first year`, `${step.name} : gain net la première année`),
        'money',
        step.net_first_year,
      ),
    ]),
  ];
}

const figure = (key: string, name: string, unit: Line['unit'], value: number | null): Figure => ({
  key,
  name,
  unit,
  value,
});
