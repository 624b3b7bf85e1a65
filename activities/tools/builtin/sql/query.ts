import type { Json } from '../../../../schemas/json';
import { bytesOf, type Session } from '../../../../src/databases/session';
import { defineTool } from '../../define';
import { ToolError } from '../../errors';
import type { ToolContext } from '../../tool';
import { csvLine } from './csv';
import { sqlError, sqlErrors, type SqlErrorType } from './errors';
import { reach } from './reach';
import { INLINE_BYTES, QueryInput, QueryOutput, ROWS, SHOWN_ROWS } from './schema';
import { assertReads } from './statement';
import { columnsOf, readRow, toObject, type Column } from './values';

/** Lets nothing else than a query through: no other statement can be declared as a cursor. */
const DECLARE = 'DECLARE awe_rows NO SCROLL CURSOR FOR ';

/** Rows that are fetched first, at most at once, and bytes that a fetch is meant to have, and may have. */
const FETCH = { first: 100, rows: 1_000, bytes: 4 * 1024 * 1024, most: 64 * 1024 * 1024 };

/** Asks a database. */
export const sqlQuery = defineTool({
  name: 'sql.query',
  aliases: ['database_query'],
  version: '1',
  description:
    'Reads rows from a PostgreSQL database with one SELECT (WITH, VALUES, TABLE) and parameters, in a read-only transaction; gives them as objects, or writes them to a CSV file of the workspace.',
  input: QueryInput,
  output: QueryOutput,
  effect: 'none',
  risk: 'low',
  approval: false,
  timeout: 600_000,
  retry: { attempts: 4, initialMs: 500, backoff: 3, maxMs: 30_000 },
  reads_in_simulation: true,
  errors: sqlErrors,
  run: query,
  simulate: queryOrSample,
});

async function query(input: QueryInput, context: ToolContext<QueryOutput>): Promise<QueryOutput> {
  const { sql, params, save_as } = input;
  assertReads(sql);
  const database = reach(input, context);
  const { usual, most } = save_as === undefined ? ROWS.inline : ROWS.saved;
  const reading = new Reading(Math.min(input.max_rows ?? usual, most), save_as === undefined);
  const read = async (session: Session) => {
    await session.run(`${DECLARE}${sql}`, params);
    if (save_as === undefined) {
      for await (const _ of reading.batches(session)) context.heartbeat();
      return reading.output();
    }
    const content = reading.csv(session, () => context.heartbeat());
    const { file } = await context.workspace.write(save_as, content, { media_type: 'text/csv; charset=utf-8' });
    return { ...reading.output(), file };
  };
  return await database.transaction(false, read, { sql, before: DECLARE.length });
}

/** Faults of a simulation whose steps before have made nothing. */
const UNMADE: readonly string[] = [
  'sql.unavailable',
  'sql.unknown_table',
  'sql.unknown_column',
  'sql.value',
] satisfies SqlErrorType[];

const NO_ROWS: QueryOutput = { rows: [], row_count: 0, columns: [], complete: true };

/** Reads where there is something to read, and writes no file; else gives no rows. */
async function queryOrSample(
  { save_as: _, ...input }: QueryInput,
  context: ToolContext<QueryOutput>,
): Promise<QueryOutput> {
  if (context.databases.names.length === 0) return { ...NO_ROWS };
  try {
    return await query(input, context);
  } catch (error) {
    if (error instanceof ToolError && UNMADE.includes(error.type)) return { ...NO_ROWS };
    throw error;
  }
}

/** Reading of a cursor up to a number of rows. */
class Reading {
  private columns: Column[] = [];
  private readonly kept: Json[][] = [];
  private bytes = 0;
  private count = 0;
  private complete = false;
  /** bytes of values so far */
  private fetched = 0;

  /** `whole`: all rows are given back; else the first ones */
  constructor(
    private readonly most: number,
    private readonly whole: boolean,
  ) {}

  output(): Omit<QueryOutput, 'file'> {
    return {
      rows: this.kept.map((values) => toObject(this.columns, values)),
      row_count: this.count,
      columns: this.columns.map(({ name, type }) => ({ name, type })),
      complete: this.complete,
    };
  }

  /** Values of rows, some hundred at once; the first batch may be empty. */
  async *batches(session: Session): AsyncGenerator<Json[][]> {
    for (let first = true; !this.complete; first = false) {
      const wanted = Math.min(this.fitting(), this.most + 1 - this.count);
      const limits = { rows: wanted, bytes: FETCH.most };
      const { fields, rows } = await session.run(`FETCH FORWARD ${wanted} FROM awe_rows`, [], limits);
      if (first) this.columns = await columnsOf(session, fields);
      this.complete = rows.length < wanted;
      this.fetched += rows.reduce((sum, row) => sum + bytesOf(row), 0);
      const values = rows.slice(0, this.most - this.count).map((row) => this.keep(readRow(this.columns, row)));
      yield values;
      if (values.length < rows.length) return;
    }
  }

  /** The rows as a file, with a line of names. */
  async *csv(session: Session, beat: () => void): AsyncGenerator<Uint8Array> {
    let head = true;
    for await (const rows of this.batches(session)) {
      beat();
      const names = head ? csvLine(this.columns.map(({ name }) => name)) : '';
      head = false;
      yield Buffer.from(`${names}${rows.map(csvLine).join('')}`);
    }
  }

  /** Rows of the next fetch, by the size of those so far. */
  private fitting(): number {
    if (this.count === 0) return FETCH.first;
    const one = Math.max(1, this.fetched / this.count);
    return Math.min(FETCH.rows, Math.max(1, Math.floor(FETCH.bytes / one)));
  }

  private keep(values: Json[]): Json[] {
    this.count += 1;
    if (!this.whole && (this.kept.length >= SHOWN_ROWS || this.bytes > INLINE_BYTES)) return values;
    this.bytes += JSON.stringify(values).length;
    if (this.whole && this.bytes > INLINE_BYTES)
      throw sqlError('sql.too_large', `the rows have over ${INLINE_BYTES} bytes: say max_rows, or save_as for a file`);
    this.kept.push(values);
    return values;
  }
}
