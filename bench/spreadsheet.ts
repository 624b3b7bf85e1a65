/** Reading a workbook in our child process, with all its checks, against bare exceljs streaming the same. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { createChildren } from '../src/reading/child/runner';
import { workbookLimits } from '../src/spreadsheets/read';
import { rowReaderLimits } from '../src/reading/rows';
import { median, spread } from './numbers';

export interface ReadingMeasurement {
  rows: number;
  /** milliseconds from the start of a process to its end, the median of the rounds */
  bare: number;
  ours: number;
  /** the median of the rounds' ratios of time; the bar is at most 1.5 */
  ratio: number;
  /** the smallest and the largest ratio of a round */
  spread: [number, number];
  /** the most memory that our child took, in MB; the bar is at most 300 */
  peakMb: number;
}

/** The program of somebody who reads rows with exceljs alone: a stream of rows, every cell read. */
const BARE = `
  const ExcelJS = require(process.argv[1]);
  (async () => {
    let cells = 0;
    const options = { sharedStrings: 'cache', styles: 'cache', worksheets: 'emit', hyperlinks: 'ignore', entries: 'ignore' };
    for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader(process.argv[2], options)) {
      for await (const row of sheet) row.eachCell((cell) => { if (cell.value !== null) cells += 1; });
    }
    if (cells < Number(process.argv[3])) process.exit(1);
  })();
`;

/** Lets both read the same file in turn, each in a process of its own. */
export async function measureReading({ rows = 50_000, rounds = 5 } = {}): Promise<ReadingMeasurement> {
  const dir = mkdtempSync(join(tmpdir(), 'awe-bench-rows-'));
  try {
    const path = join(dir, 'rows.xlsx');
    await write(path, rows);
    const children = createChildren({ ...rowReaderLimits, parallel: 1 });
    const results: { bare: number; ours: number }[] = [];
    let peakMb = 0;
    const ours = async () => {
      const { output, peakMb: peak } = await children.measure('rows', {
        path,
        limits: workbookLimits,
        rows,
        columns: 60,
      });
      if (output.rows.length !== rows) throw new Error(`${output.rows.length} of ${rows} rows were read`);
      peakMb = Math.max(peakMb, peak);
    };
    const bare = () => run(['-e', BARE, '--', require.resolve('exceljs'), path, String(rows * 8)]);
    for (let round = 0; round <= rounds; round++) {
      // the order alternates; the first round warms the disk
      const [first, second] = round % 2 === 0 ? [bare, ours] : [ours, bare];
      const [a, b] = [await timed(first), await timed(second)];
      if (round > 0) results.push(round % 2 === 0 ? { bare: a, ours: b } : { bare: b, ours: a });
    }
    const ratios = results.map((result) => result.ours / result.bare);
    return {
      rows,
      bare: median(results.map((result) => result.bare)),
      ours: median(results.map((result) => result.ours)),
      ratio: median(ratios),
      spread: spread(ratios),
      peakMb,
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Writes rows of eight cells: unique and shared texts, long numbers, prices, formulas, dates. */
async function write(path: string, rows: number): Promise<void> {
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: true, useStyles: true });
  const sheet = book.addWorksheet('Rows');
  sheet.addRow(['reference', 'ean', 'text', 'minutes', 'category', 'price', 'amount', 'date']).commit();
  for (let i = 0; i < rows; i++) {
    const [quantity, price] = [(i % 50) + 1, (i % 977) / 100];
    const row = sheet.addRow([
      ...[`REF-${i}`, 9_780_306_000_000 + i, `Product number ${i} in blue`, quantity, 'Mail', price],
      { formula: `D${i + 2}*F${i + 2}`, result: quantity * price },
      new Date(Date.UTC(2024, 0, 1 + (i % 300))),
    ]);
    row.getCell(6).numFmt = '#,##0.00';
    row.getCell(8).numFmt = 'dd/mm/yyyy';
    row.commit();
  }
  await book.commit();
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function run(args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: 'ignore' });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`bare exceljs ended with ${code}`))));
  });
}
