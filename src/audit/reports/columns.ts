import type { DeliverableKind } from '../../../schemas/audit/deliverables';
import type { Analysis } from '../analysis';
import { minutesOf } from '../base-document';
import { driverName, leverName, signalName, wasteName } from '../names';
import { READ_CHARACTERS, type WorkedRow } from '../normalise';
import { oneLine, shorten } from '../format';
import { paretoOf } from '../pareto';
import { type Column, moneyFormat } from './column';

type RowColumn = Column<WorkedRow>;

/** Columns of the row table: those of every kind, and the kind's own. */
export function columnsFor(kind: DeliverableKind, analysis: Analysis): RowColumn[] {
  const { say } = analysis;
  const flagged = new Map<number, string[]>();
  for (const { row, code } of analysis.work.flags) flagged.set(row, [...(flagged.get(row) ?? []), code]);
  return [
    { head: say('Row', 'Ligne'), width: 8, number: '0', value: ({ row }) => row },
    { head: say('Category', 'Catégorie'), width: 24, value: ({ category }) => category },
    { head: say('Text', 'Texte'), width: 70, value: ({ text }) => shorten(text, READ_CHARACTERS) },
    { head: say('Minutes as given', 'Minutes données'), width: 16, value: ({ given }) => given },
    {
      head: say('Minutes counted', 'Minutes comptées'),
      width: 16,
      number: '#,##0.######',
      value: ({ counted, micros }) => (counted ? minutesOf(micros) : null),
    },
    ...ownColumns(kind, analysis),
    { head: say('Flags', 'Signalements'), width: 24, value: ({ row }) => flagged.get(row)?.join(', ') ?? '' },
  ];
}

function ownColumns(kind: DeliverableKind, analysis: Analysis): RowColumn[] {
  switch (kind) {
    case 'time_waste':
      return [...wasteColumns(analysis), paretoColumn(analysis)];
    case 'cost':
      return [wasteColumns(analysis)[0]!, ...costColumns(analysis)];
    case 'friction':
      return frictionColumns(analysis);
    case 'scenario':
      return scenarioColumns(analysis);
    case 'summary':
      return [
        wasteColumns(analysis)[0]!,
        ...frictionColumns(analysis).slice(0, 1),
        ...costColumns(analysis).slice(-1),
        ...scenarioColumns(analysis),
      ];
  }
}

function wasteColumns({ say, evidence, language }: Analysis): RowColumn[] {
  return [
    {
      head: say('Waste', 'Gaspillage'),
      width: 24,
      value: ({ row, counted }) => (counted ? wasteName(evidence.get(row)?.waste ?? 'unclassified', language) : ''),
    },
    {
      head: say('Words found', 'Mots relevés'),
      width: 36,
      value: ({ row }) => {
        const found = evidence.get(row);
        return found?.waste ? (found.quotes.get(found.waste) ?? []).map(oneLine).join(', ') : '';
      },
    },
  ];
}

function paretoColumn({ say, work }: Analysis): RowColumn {
  const classes = paretoOf(work.counted, work.total);
  return { head: say('Pareto class', 'Classe Pareto'), width: 12, value: ({ row }) => classes.get(row) ?? '' };
}

function costColumns({ say, rowFigures, rounding }: Analysis): RowColumn[] {
  const column = (level: 'as_given' | 'per_period' | 'per_year', name: string): RowColumn => ({
    head: `${name} ${rounding.currency}`,
    width: 18,
    number: moneyFormat(rounding.decimals),
    value: ({ row }) => rowFigures.get(row)?.cost[level] ?? null,
  });
  return [
    column('as_given', say('Cost as given', 'Coût donné')),
    column('per_period', say('Cost per period', 'Coût par période')),
    column('per_year', say('Cost per year', 'Coût par an')),
  ];
}

function frictionColumns({ say, signals, repetitions, language }: Analysis): RowColumn[] {
  const groups = new Map(repetitions.flatMap(({ id, rows }) => rows.map(({ row }) => [row, id] as const)));
  return [
    {
      head: say('Friction', 'Friction'),
      width: 30,
      value: ({ row }) => [...(signals.get(row)?.keys() ?? [])].map((id) => signalName(id, language)).join(', '),
    },
    {
      head: say('Words found', 'Mots relevés'),
      width: 36,
      value: ({ row }) => [...new Set([...(signals.get(row)?.values() ?? [])].flat())].map(oneLine).join(', '),
    },
    {
      head: say('Group of similar texts', 'Groupe de textes semblables'),
      width: 14,
      value: ({ row }) => groups.get(row) ?? '',
    },
  ];
}

/** Savings of rows in the combined plan, which add up to the plan's likely saving. */
function scenarioColumns({ say, options, plan, planned, rounding, language }: Analysis): RowColumn[] {
  const touching = new Map<number, string[]>();
  for (const { lever, touches } of options)
    for (const { row } of touches)
      touching.set(row.row, [...(touching.get(row.row) ?? []), leverName(lever, language)]);
  const touches = plan.steps.flatMap((step) => step.touches);
  const figures = rounding.spread(
    touches.map(({ row, driver }) => row.micros * BigInt(driver.likely)),
    100n,
  );
  const saved = new Map(touches.map(({ row }, index) => [row.row, figures[index]!]));
  return [
    {
      head: say('Scenarios', 'Scénarios'),
      width: 40,
      value: ({ row }) => touching.get(row)?.join('; ') ?? '',
    },
    {
      head: say('Step of the plan', 'Étape du plan'),
      width: 34,
      value: ({ row }) => {
        const touch = planned.get(row);
        return touch ? `${leverName(touch.driver.lever, language)} (${driverName(touch.driver.id, language)})` : '';
      },
    },
    {
      head: say('Likely minutes saved', 'Minutes probablement gagnées'),
      width: 18,
      number: '#,##0.######',
      value: ({ row }) => saved.get(row)?.minutes.as_given ?? null,
    },
    {
      head: `${say('Likely saving per year', 'Gain probable par an')} ${rounding.currency}`,
      width: 20,
      number: moneyFormat(rounding.decimals),
      value: ({ row }) => saved.get(row)?.cost.per_year ?? null,
    },
  ];
}
