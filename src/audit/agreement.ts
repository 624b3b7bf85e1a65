import type {
  DeliverableDocuments,
  DeliverableKind,
  Figures,
  SummaryDeliverable,
} from '../../schemas/audit/deliverables';
import type { Analysis } from './analysis';
import { shortName } from './cost';
import { frictionIndex } from './friction';
import { unknownFigures } from './rounding';
import { planOf } from './scenarios';

type Line = SummaryDeliverable['reconciliation'][number];
type Stated = [DeliverableKind, number | null | undefined];

/** The four documents that a summary joins, less those that the project did not ask for. */
export type Others = Partial<Omit<DeliverableDocuments, 'summary'>>;

/** Compares every figure that several deliverables state with the one computed from the input. */
export function reconcile(analysis: Analysis, others: Others): Line[] {
  const { say, work } = analysis;
  const { time_waste, cost, friction, scenario } = others;
  const totals = work.counted.length === 0 ? unknownFigures() : analysis.totals;
  const lines: Line[] = [];
  const add = (figure: string, unit: Line['unit'], input: number | null, stated: Stated[]) => {
    const values = stated
      .filter(([kind]) => others[kind as keyof Others])
      .map(([kind, value]) => ({ kind, value: value ?? null }));
    lines.push({ figure, unit, input, stated: values, agree: values.every(({ value }) => value === input) });
  };
  const each = (pick: (figures: Figures | undefined) => number | null | undefined): Stated[] => [
    ['time_waste', pick(time_waste?.totals)],
    ['cost', pick(cost?.totals)],
    ['friction', pick(friction?.totals)],
    ['scenario', pick(scenario?.baseline)],
  ];
  add(say('Rows counted', 'Lignes comptées'), 'rows', work.counted.length, [
    ['time_waste', time_waste?.input?.rows_counted],
    ['cost', cost?.input?.rows_counted],
    ['friction', friction?.input?.rows_counted],
    ['scenario', scenario?.input?.rows_counted],
  ]);
  add(
    say('Minutes as given', 'Minutes données'),
    'minutes',
    totals.minutes.as_given,
    each((of) => of?.minutes?.as_given),
  );
  add(
    say('Minutes a year', 'Minutes par an'),
    'minutes',
    totals.minutes.per_year,
    each((of) => of?.minutes?.per_year),
  );
  add(
    say('Cost per period', 'Coût par période'),
    'money',
    totals.cost.per_period,
    each((of) => of?.cost?.per_period),
  );
  add(
    say('Cost a year', 'Coût par an'),
    'money',
    totals.cost.per_year,
    each((of) => of?.cost?.per_year),
  );
  for (const { id, name, figures } of analysis.wastes.slice(0, 3))
    add(say(`Cost a year: ${name}`, `Coût par an : ${name}`), 'money', figures.cost.per_year, [
      ['time_waste', yearlyCostOf(time_waste?.wastes, id)],
      ['cost', yearlyCostOf(cost?.wastes, id)],
    ]);
  for (const { id, name, figures } of analysis.categories.slice(0, 3))
    add(say(`Cost a year: ${shortName(name)}`, `Coût par an : ${shortName(name)}`), 'money', figures.cost.per_year, [
      ['time_waste', yearlyCostOf(time_waste?.categories, id)],
      ['cost', yearlyCostOf(cost?.categories, id)],
    ]);
  add(say('Friction index', 'Indice de friction'), 'index', frictionIndex(analysis).value, [
    ['friction', friction?.index?.value],
  ]);
  add(
    say('Likely saving of the plan a year', 'Gain probable du plan par an'),
    'money',
    planOf(analysis).saving.likely.cost.per_year,
    [['scenario', scenario?.plan?.saving?.likely?.cost?.per_year]],
  );
  return lines;
}

function yearlyCostOf(
  parts: readonly { id: string; figures: Figures }[] | undefined,
  id: string,
): number | null | undefined {
  return parts?.find((part) => part.id === id)?.figures?.cost?.per_year;
}
