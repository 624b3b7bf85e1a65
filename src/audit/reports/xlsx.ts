import { Workbook, type Worksheet } from 'exceljs';
import type { DeliverableKind } from '../../../schemas/audit/deliverables';
import type { Analysis } from '../analysis';
import { shorten } from '../format';
import { levels } from '../scaling';
import { periodName } from '../scaling';
import { columnsFor } from './columns';
import { type Column, moneyFormat } from './column';
import { fixZipTimes } from '../../spreadsheets/zip-times';

const TEXT = '@';
const LONGEST_CELL = 32_000;
const made = new Date(Date.UTC(2000, 0, 1));

/** Writes the rows, totals and flags behind a deliverable as a workbook. The same input gives the same bytes. */
export async function rowTable(kind: DeliverableKind, analysis: Analysis): Promise<Buffer> {
  const { say, work } = analysis;
  const workbook = new Workbook();
  workbook.creator = 'AWE';
  workbook.lastModifiedBy = 'AWE';
  workbook.created = made;
  workbook.modified = made;
  fill(workbook.addWorksheet(say('Rows', 'Lignes')), columnsFor(kind, analysis), work.rows);
  fill(workbook.addWorksheet(say('Totals', 'Totaux')), totalColumns(analysis), [...levels]);
  fill(
    workbook.addWorksheet(say('Flags', 'Signalements')),
    [
      { head: say('Row', 'Ligne'), width: 8, number: '0', value: ({ row }) => row },
      { head: 'Code', width: 22, value: ({ code }) => code },
      { head: say('What', 'Quoi'), width: 80, value: ({ message }) => message },
      {
        head: say('In the totals', 'Dans les totaux'),
        width: 16,
        value: ({ counted }) => (counted ? say('yes', 'oui') : say('no', 'non')),
      },
    ],
    work.flags,
  );
  return fixZipTimes(Buffer.from(await workbook.xlsx.writeBuffer()));
}

function fill<Row>(sheet: Worksheet, columns: readonly Column<Row>[], rows: readonly Row[]): void {
  sheet.columns = columns.map(({ width, number }) => ({ width, style: { numFmt: number ?? TEXT } }));
  sheet.addRow(columns.map(({ head }) => head)).font = { bold: true };
  for (const row of rows) sheet.addRow(columns.map((column) => toCell(column.value(row))));
  sheet.views = [{ state: 'frozen', ySplit: 1 }];
  if (rows.length > 0)
    sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows.length + 1, column: columns.length } };
}

/** A string stays a string cell; characters that XML cannot hold are dropped. */
function toCell(value: string | number | null): string | number | null {
  if (typeof value !== 'string') return value;

  return shorten(value.toWellFormed().replace(/(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu, ''), LONGEST_CELL);
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
