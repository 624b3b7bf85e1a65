import type { DeliverableKind } from '../../../schemas/audit/deliverables';
import type { Analysis } from '../analysis';
import { shorten } from '../format';
import { levels } from '../scaling';
import { periodName } from '../scaling';
import { columnsFor } from './columns';
import { type Column, moneyFormat } from './column';
import { LONGEST_CELL, writeWorkbook, type SheetToWrite } from '../../spreadsheets/write';

const TEXT = '@';

/** Writes the rows, totals and flags behind a deliverable as a workbook. The same input gives the same bytes. */
export async function rowTable(kind: DeliverableKind, analysis: Analysis): Promise<Buffer> {
  const { say, work } = analysis;
  const flagColumns: Column<(typeof work.flags)[number]>[] = [
    { head: say('Row', 'Ligne'), width: 8, number: '0', value: ({ row }) => row },
    { head: 'Code', width: 22, value: ({ code }) => code },
    { head: say('What', 'Quoi'), width: 80, value: ({ message }) => message },
    {
      head: say('In the totals', 'Dans les totaux'),
      width: 16,
      value: ({ counted }) => (counted ? say('yes', 'oui') : say('no', 'non')),
    },
  ];
  return await writeWorkbook([
    sheetOf(say('Rows', 'Lignes'), columnsFor(kind, analysis), work.rows),
    sheetOf(say('Totals', 'Totaux'), totalColumns(analysis), levels),
    sheetOf(say('Flags', 'Signalements'), flagColumns, work.flags),
  ]);
}

function sheetOf<Row>(name: string, columns: readonly Column<Row>[], rows: Iterable<Row>): SheetToWrite {
  return {
    name,
    columns: columns.map(({ head, width, number }) => ({ head, width, format: number ?? TEXT })),
    rows: cellsOf(columns, rows),
    filter: true,
  };
}

function* cellsOf<Row>(columns: readonly Column<Row>[], rows: Iterable<Row>): Generator<(string | number | null)[]> {
  for (const row of rows)
    yield columns.map((column) => {
      const value = column.value(row);
      return typeof value === 'string' ? shorten(value, LONGEST_CELL) : value;
    });
}

function totalColumns({ say, totals, context, language, rounding, work }: Analysis): Column<(typeof levels)[number]>[] {
  const period = context.period ? periodName(context.period.type, language) : say('period', 'période');
  const names = {
    as_given: say('Rows as given', 'Lignes données'),
    per_period: say(`Per ${period}`, `Par ${period}`),
    per_year: say('Per year', 'Par an'),
  };
  const known = work.counted.length > 0;
  return [
    { head: say('Level', 'Niveau'), width: 20, value: (level) => names[level] },
    { head: 'Minutes', width: 18, number: '#,##0.######', value: (level) => (known ? totals.minutes[level] : null) },
    {
      head: `${say('Cost', 'Coût')} ${rounding.currency}`,
      width: 18,
      number: moneyFormat(rounding.decimals),
      value: (level) => (known ? totals.cost[level] : null),
    },
  ];
}
