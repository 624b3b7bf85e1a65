import { spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import type { WorkRow } from '../../schemas/work-context';
import { Slots } from '../documents/slots';
import { childProgram, type ChildAnswer, type ChildSheet, type ChildTask } from './child';
import { rowsOf } from './columns';
import { SpreadsheetError } from './errors';
import { scanWorkbook, zipLimits, type ZipLimits } from './zip-scan';

/** Rows of work in a file. Throws `SpreadsheetError`. */
export interface RowReader {
  read(path: string): Promise<{ sheet: string; rows: WorkRow[] }>;
}

export interface RowReaderLimits {
  zip: ZipLimits;
  rows: number;
  columns: number;
  /** milliseconds for the child to read the file */
  time: number;
  /** megabytes of V8's heap in the child, and of its memory in all (looked at where /proc is) */
  heapMb: number;
  memoryMb: number;
  /** bytes of the answer */
  answer: number;
  /** files read at once */
  parallel: number;
}

export const rowReaderLimits: RowReaderLimits = {
  zip: zipLimits,
  rows: 50_000,
  columns: 60,
  time: 20_000,
  heapMb: 512,
  memoryMb: 900,
  answer: 64 * 1024 * 1024,
  parallel: 2,
};

/**
 * Reads .xlsx and .csv in a child process, so that whatever a file does to its reader, it is not done to us. The zip
 * is looked through first; what it is, its first bytes say, not its name.
 */
export function createRowReader(limits: RowReaderLimits = rowReaderLimits): RowReader {
  const slots = new Slots(limits.parallel);
  return {
    async read(path) {
      const kind = await kindOf(path);
      if (kind === 'xlsx') await scanWorkbook(path, limits.zip);
      const sheets = await slots.run(() => readInChild(path, kind, limits));
      return rowsOf(sheets);
    },
  };
}

/** Looks a file through without reading its cells: what it is, and what it would unfold to. Throws `SpreadsheetError`. */
export async function lookThrough(path: string): Promise<void> {
  if ((await kindOf(path)) === 'xlsx') await scanWorkbook(path);
}

async function kindOf(path: string): Promise<'xlsx' | 'csv'> {
  const file = await open(path, 'r');
  const head = Buffer.alloc(4_096);
  const { bytesRead } = await file.read(head, 0, head.length, 0).finally(() => file.close());
  const start = head.subarray(0, bytesRead);
  if (bytesRead === 0) throw new SpreadsheetError('not_a_spreadsheet', 'The file is empty.');
  if (start.subarray(0, 4).toString('hex') === 'd0cf11e0') throw await oldFile(path);
  if (start.subarray(0, 2).toString('latin1') === 'PK') return 'xlsx';
  const utf16 = (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff);
  if (!utf16 && start.includes(0)) {
    throw new SpreadsheetError('not_a_spreadsheet', 'The file is neither a workbook nor text. Send .xlsx or .csv.');
  }
  return 'csv';
}

/** Office keeps a protected workbook in the container of its old formats. */
async function oldFile(path: string): Promise<SpreadsheetError> {
  const locked = (await readFile(path)).includes(Buffer.from('EncryptedPackage', 'utf16le'));
  return locked
    ? new SpreadsheetError('encrypted', 'The file is protected by a password. Save it without one.')
    : new SpreadsheetError('old_format', 'The file is in the format of Excel 97 to 2003. Save it as .xlsx or .csv.');
}

const unreadable = (more = '') =>
  new SpreadsheetError(
    'unreadable',
    `The spreadsheet cannot be read${more}. Open it in your spreadsheet program and save it again as .xlsx, or as .csv.`,
  );

function readInChild(path: string, kind: 'xlsx' | 'csv', limits: RowReaderLimits): Promise<ChildSheet[]> {
  const task: ChildTask = {
    exceljs: require.resolve('exceljs'),
    path,
    kind,
    maxRows: limits.rows + 1, // and the heading
    maxColumns: limits.columns,
  };
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [`--max-old-space-size=${limits.heapMb}`, '-e', `(${childProgram.toString()})()`, '--', JSON.stringify(task)],
      { stdio: ['ignore', 'pipe', 'ignore'], env: {}, windowsHide: true },
    );
    const parts: Buffer[] = [];
    let size = 0;
    let fault: SpreadsheetError | undefined;
    const kill = (why: SpreadsheetError) => {
      fault ??= why;
      child.kill('SIGKILL');
    };
    const tooMuch = () =>
      new SpreadsheetError(
        'too_large',
        'The spreadsheet needs more memory than it is given. Send the rows alone, as .csv.',
      );
    const timer = setTimeout(
      () =>
        kill(
          new SpreadsheetError(
            'too_slow',
            `The spreadsheet was not read within ${limits.time / 1_000} s. Send the rows alone, as .csv.`,
          ),
        ),
      limits.time,
    );
    const watch = setInterval(() => {
      void residentMb(child.pid).then((mb) => mb > limits.memoryMb && kill(tooMuch()));
    }, 100);
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limits.answer) kill(tooMuch());
      else parts.push(chunk);
    });
    child.on('error', (error) => kill(unreadable(` (${error.message})`)));
    child.on('close', (code) => {
      clearTimeout(timer);
      clearInterval(watch);
      if (fault) return reject(fault);
      if (code !== 0) return reject(tooMuch()); // V8 ends itself when its heap is full
      try {
        const answer = JSON.parse(Buffer.concat(parts).toString('utf8')) as ChildAnswer;
        if ('sheets' in answer) return resolve(answer.sheets);
        reject(
          answer.fault === 'too_many_rows'
            ? new SpreadsheetError('too_many_rows', `A sheet has more than ${limits.rows} rows. Split the file.`)
            : unreadable(`: ${answer.message}`),
        );
      } catch {
        reject(unreadable());
      }
    });
  });
}

/** Memory of a process in MB; 0 where it cannot be told. */
async function residentMb(pid: number | undefined): Promise<number> {
  if (pid === undefined || process.platform !== 'linux') return 0;
  const statm = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  return (Number(statm.split(' ')[1] ?? 0) * 4_096) / 1024 / 1024;
}
