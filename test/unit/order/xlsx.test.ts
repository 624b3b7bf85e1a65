import { Workbook } from 'exceljs';
import { toXlsx } from '../../../src/order/xlsx';
import { exportColumns } from '../../../src/order/columns';
import { line, orderOf } from '../../support/orders';

async function rowsOf(bytes: Buffer) {
  const workbook = new Workbook();
  await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  const sheet = workbook.getWorksheet('Order')!;
  const values = (row: number) => exportColumns.map((_, i) => sheet.getRow(row).getCell(i + 1).value);
  return Array.from({ length: sheet.rowCount }, (_, i) => values(i + 1));
}
const at = (row: unknown[], name: string) => row[exportColumns.findIndex((column) => column.name === name)];

it('the workbook says what the CSV says, with figures as numbers and references as text', async () => {
  const [head, first, second] = await rowsOf(await toXlsx(orderOf()));
  expect(head).toEqual(exportColumns.map(({ name }) => name));
  expect([at(first!, 'quantity'), at(first!, 'unit_price'), at(first!, 'amount')]).toEqual([2, 1.5, 3]);
  expect(at(second!, 'reference')).toBe('007');
});

it('the day of delivery is a date, and money shows the digits of its currency', async () => {
  const workbook = new Workbook();
  await workbook.xlsx.load((await toXlsx(orderOf())) as unknown as ArrayBuffer);
  const cell = (name: string) =>
    workbook.getWorksheet('Order')!.getCell(2, exportColumns.findIndex((column) => column.name === name) + 1);
  expect(cell('delivery_date')).toMatchObject({ value: new Date('2026-02-01T00:00:00Z'), numFmt: 'yyyy-mm-dd' });
  expect(cell('unit_price').numFmt).toMatch(/^0\.00#/);
});

it('a text that looks like a formula stays a text', async () => {
  const [, row] = await rowsOf(await toXlsx(orderOf({ lines: [line('L1', { reference: '=1+1', quantity: '-3' })] })));
  expect([at(row!, 'reference'), at(row!, 'quantity')]).toEqual(['=1+1', -3]);
});

it('a figure with more digits than a number holds stays as written', async () => {
  const [, row] = await rowsOf(
    await toXlsx(orderOf({ lines: [line('L1', { reference: 'A', quantity: '12345678901234567.5' })] })),
  );
  expect(at(row!, 'quantity')).toBe('12345678901234567.5');
});

it('is the same, byte for byte, when it is made again later', async () => {
  const first = await toXlsx(orderOf());
  await new Promise((resolve) => setTimeout(resolve, 2_100)); // a zip counts time in steps of two seconds
  expect((await toXlsx(structuredClone(orderOf()))).equals(first)).toBe(true);
});
