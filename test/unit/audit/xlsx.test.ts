import { Workbook } from 'exceljs';
import { fixZipTimes } from '../../../src/spreadsheets/zip-times';
import type { DeliverableKind } from '../../../schemas/audit/deliverables';
import type { WorkContext } from '../../../schemas/audit/work-context';
import english from '../../../examples/audit/sales-back-office.json';
import { deliveryOf, documentsOf, kinds, monthly, rows, units } from './support';

const sales = english as WorkContext;

async function sheets(kind: DeliverableKind, context: WorkContext): Promise<Workbook> {
  const { files } = await deliveryOf(kind, context);
  const workbook = new Workbook();
  await workbook.xlsx.load(files[2]!.bytes as unknown as ArrayBuffer);
  return workbook;
}

describe('the row table', () => {
  test('and the other files have the same bytes whenever they are made', async () => {
    const all = async () =>
      (await Promise.all(kinds.map((kind) => deliveryOf(kind, sales)))).flatMap(({ files }) => files);
    const first = await all();
    await new Promise((resolve) => setTimeout(resolve, 2100));
    const second = await all();
    first.forEach(({ bytes }, index) => expect(bytes.equals(second[index]!.bytes)).toBe(true));
  });

  test('stores hostile texts as text, never as formulas', async () => {
    const payloads = [
      '=1+1',
      '+1',
      '-1',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '=HYPERLINK("http://evil.example")',
      "=cmd|' /C calc'!A0",
      '{=1}',
    ];
    const workbook = await sheets('summary', {
      rows: rows(...payloads.map((text) => [text, text, text] as [string, string, string])),
      ...monthly,
    });
    for (const sheet of workbook.worksheets)
      sheet.eachRow((row) =>
        row.eachCell((cell) => {
          expect(cell.formula).toBeUndefined();
          expect(['string', 'number']).toContain(typeof cell.value);
        }),
      );
    expect(workbook.worksheets[0]!.getCell('C2').value).toBe('=1+1');
    expect(workbook.worksheets[0]!.getCell('C2').numFmt).toBe('@');
  });

  test('holds every row of the input, and its money adds up to the total', async () => {
    const sheet = (await sheets('cost', sales)).worksheets[0]!;
    expect(sheet.rowCount).toBe(sales.rows!.length + 1);
    const yearly = (sheet.getRow(1).values as string[]).indexOf('Cost per year EUR');
    let sum = 0n;
    sheet.eachRow((row, number) => {
      const value = row.getCell(yearly).value;
      if (number > 1 && typeof value === 'number') sum += units(value, 2);
    });
    expect(sum).toBe(units(documentsOf(sales).cost.totals.cost.per_year, 2));
  });

  test('survives characters that XML cannot hold', async () => {
    const workbook = await sheets('cost', { rows: rows(['a\u0000b', 5, 'x\u0008\ud800\uffffy<&>"']), ...monthly });
    expect(workbook.worksheets[0]!.getCell('C2').value).toContain('<&>"');
  });

  test('is refused if it is not a zip file', () => {
    expect(() => fixZipTimes(Buffer.from('no zip'))).toThrow('not a zip file');
  });
});
