import { warmth, type ChildLimits } from '../../../src/reading/child/limits';
import { createChildren } from '../../../src/reading/child/runner';
import { workbookLimits } from '../../../src/spreadsheets/read';
import { files, xlsx } from '../spreadsheets/make';

const put = files();
const limits: ChildLimits = {
  time: 20_000,
  heapMb: 200,
  memoryMb: 300,
  answer: 16 * 1024 * 1024,
  parallel: 2,
  ...warmth,
};
const small = () => put(xlsx({ sheets: ['<row r="1"><c r="A1"><v>1</v></c></row>'] }));
/** so many rows of eight different texts */
const large = (rows: number) => {
  const cells = (row: number) =>
    Array.from(
      { length: 8 },
      (_, column) => `<c t="inlineStr"><is><t>the text of row ${row} and column ${column}</t></is></c>`,
    );
  return put(
    xlsx({ sheets: [Array.from({ length: rows }, (_, row) => `<row>${cells(row).join('')}</row>`).join('')] }),
  );
};
const ask = (path: string, changed: Partial<ChildLimits> = {}, signal?: AbortSignal) =>
  createChildren({ ...limits, ...changed }).run('workbook', { path, limits: workbookLimits }, signal);

describe('a child that reads a workbook', () => {
  test('answers with what is in it, or with the reason why it is refused', async () => {
    expect((await ask(small())).sheets[0]?.rows[0]?.cells[0]?.value).toEqual({ is: 'number', number: 1, digits: '1' });
    await expect(ask(put('%PDF-1'))).rejects.toMatchObject({
      name: 'SpreadsheetError',
      code: 'not_a_spreadsheet',
      text: { en: expect.stringContaining('PDF'), fr: expect.stringContaining('PDF') },
    });
  });

  test('is stopped when it takes too long, or too much memory of either kind, or answers too much', async () => {
    const path = large(20_000);
    await expect(ask(path, { time: 300 })).rejects.toMatchObject({ code: 'too_slow' });
    await expect(ask(path, { memoryMb: 70 })).rejects.toMatchObject({ code: 'too_large' });
    await expect(ask(path, { heapMb: 10 })).rejects.toMatchObject({ code: 'too_large' });
    await expect(ask(path, { answer: 1_000_000 })).rejects.toMatchObject({ code: 'too_large' });
  });

  test('is stopped by the signal, while it reads and while it waits', async () => {
    const path = large(20_000);
    const reason = new Error('enough');
    await expect(ask(path, {}, AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const reading = ask(path, {}, controller.signal);
    setTimeout(() => controller.abort(reason), 200);
    await expect(reading).rejects.toBe(reason);
  });

  test('runs beside so many others as are allowed, and the rest waits its turn', async () => {
    const children = createChildren({ ...limits, parallel: 1 });
    const all = Array.from({ length: 4 }, () => children.run('workbook', { path: small(), limits: workbookLimits }));
    expect(await Promise.all(all)).toHaveLength(4);
  });

  test('that cannot open the file says so as a fault of ours', async () => {
    await expect(ask('/there/is/no/such.xlsx')).rejects.toThrow(/ENOENT/);
  });
});

describe('attacks by size', () => {
  test('200,000 rows of eight texts, and a cell at the end of a sheet, come to an end within 300 MB', async () => {
    const rows = await ask(large(200_000), { answer: 256 * 1024 * 1024 }).then(
      ({ sheets }) => sheets[0]?.rows.length,
      (error: { code: string }) => error.code,
    );
    expect([200_000, 'too_large', 'too_slow', 'too_many_rows']).toContain(rows);
    const end = put(xlsx({ sheets: ['<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'] }));
    const { output, peakMb } = await createChildren(limits).measure('workbook', { path: end, limits: workbookLimits });
    expect(output.sheets[0]?.rows).toHaveLength(1);
    expect(peakMb).toBeLessThan(120);
  });

  test('200,000 rows of two numbers are read within 300 MB', async () => {
    const row = '<row><c><v>9780306406157</v></c><c><v>12</v></c></row>';
    const path = put(xlsx({ sheets: [row.repeat(200_000)] }));
    const input = { path, limits: { ...workbookLimits, zip: { ...workbookLimits.zip, ratio: 1_000 } } };
    const { output, peakMb } = await createChildren({ ...limits, answer: 256 * 1024 * 1024 }).measure(
      'workbook',
      input,
    );
    expect(output.sheets[0]?.rows).toHaveLength(200_000);
    expect(peakMb).toBeLessThanOrEqual(300);
  });
});
