import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Workbook } from 'exceljs';
import { writeExamples } from '../../cli/examples';

describe('the example workbooks', () => {
  let dir: string;
  let paths: string[];
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'awe-examples-'));
    paths = await writeExamples(join(dir, 'first'));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  const sheet = async (name: string) => {
    const workbook = new Workbook();
    await workbook.xlsx.readFile(join(dir, 'first', name));
    return workbook.worksheets[0]!;
  };

  it('are three, by the names that the guide uses', () => {
    expect(paths.map((path) => basename(path))).toEqual([
      'sample_order.xlsx',
      'commande-incomplete.xlsx',
      'catalogue-form.xlsx',
    ]);
  });

  it('are the same bytes each time, at another second too', async () => {
    const digest = async (path: string) =>
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex');
    const before = await Promise.all(paths.map(digest));
    await new Promise((resolve) => setTimeout(resolve, 2_100)); // a zip counts in two seconds
    const again = await writeExamples(join(dir, 'second'));
    expect(await Promise.all(again.map(digest))).toEqual(before);
  });

  it('have a good order whose total is the sum of its lines', async () => {
    const rows = (await sheet('sample_order.xlsx')).getSheetValues().slice(2, 7) as { 3: number; 5: number }[];
    const sum = rows.reduce((all, row) => all + Math.round(row[3] * row[5] * 100), 0);
    expect((await sheet('sample_order.xlsx')).getCell('F7').result).toBe(sum / 100);
  });

  it('have an order that lacks one quantity and one reference', async () => {
    const order = await sheet('commande-incomplete.xlsx');
    expect(order.getCell('C10').value).toBeNull();
    expect(order.getCell('A11').value).toBeNull();
    expect(order.getCell('C11').value).toBe(24);
  });

  it('have a form of 2,000 products with five quantities', async () => {
    const form = await sheet('catalogue-form.xlsx');
    const quantities = form.getColumn(4).values.filter((value) => typeof value === 'number');
    expect(form.rowCount).toBe(2_004);
    expect(quantities).toEqual([24, 6, 120, 12, 2]);
  });
});
