import { DatabaseError } from 'pg';
import type { Session } from '../../../../src/databases/session';
import { listOf, quoted } from './identifiers';
import type { Table, TableColumn } from './table';

/** Rows on their way into a table. */
export interface Rows {
  columns: string[];
  /** options of `COPY` into these columns */
  format(columns: readonly TableColumn[]): string;
  lines(columns: readonly TableColumn[]): AsyncIterable<string> | Iterable<string>;
  /** the row of a line that the server names, for a person */
  place(line: number): string;
}

export interface Loading {
  /** columns that are written; all that the rows have if absent */
  columns?: readonly string[];
  on_conflict: 'error' | 'skip' | 'update';
  key: readonly string[];
}

export interface Loaded {
  inserted: number;
  updated?: number;
  skipped: number;
}

/** Puts rows into a table: at once, or by a table of the transaction where some may be there already. */
export async function loadRows(session: Session, table: Table, rows: Rows, loading: Loading): Promise<Loaded> {
  const written = loading.columns ?? rows.columns;
  if (table.plain && loading.on_conflict === 'error' && written.length === rows.columns.length)
    return { inserted: await copyInto(session, table.sql, rows, typed(rows.columns, table)), skipped: 0 };
  const count = await stageRows(session, rows, typed(rows.columns, table));
  return await moveRows(session, table, listOf(written), count, { ...loading, columns: written });
}

/** Copies rows into a table of the transaction. */
export async function stageRows(session: Session, rows: Rows, columns: readonly TableColumn[]): Promise<number> {
  await session.run(`CREATE TEMP TABLE awe_rows (${columns.map(columnLine).join(', ')}) ON COMMIT DROP`);
  return await copyInto(session, 'pg_temp.awe_rows', rows, columns);
}

const columnLine = ({ name, type }: TableColumn): string => `${quoted(name)} ${type}`;

/** Columns of a table in the order of the rows; what it does not have is text. */
const typed = (names: readonly string[], { columns }: Pick<Table, 'columns'>): TableColumn[] =>
  names.map((name) => columns.find((column) => column.name === name) ?? { name, type: 'text', form: 'text' });

/** Copies rows, and gives their number. Errors name the row. */
async function copyInto(
  session: Session,
  target: string,
  { format, lines, place }: Pick<Rows, 'format' | 'lines' | 'place'>,
  columns: readonly TableColumn[],
): Promise<number> {
  const names = listOf(columns.map(({ name }) => name));
  try {
    return await session.copy(`COPY ${target} (${names}) FROM STDIN WITH (${format(columns)})`, lines(columns));
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const [, line, column] = /line (\d+)(?:, column (.+?):)?/.exec(error.where ?? '') ?? [];
    if (line !== undefined)
      error.message = `${place(Number(line))}${column === undefined ? '' : `, column ${column}`}: ${error.message}`;
    throw error;
  }
}

/** Moves the rows of the transaction's table into their own. `values`: what is read of them. */
export async function moveRows(
  session: Session,
  table: Table,
  values: string,
  count: number,
  { columns = [], on_conflict, key }: Loading,
): Promise<Loaded> {
  const insert = `INSERT INTO ${table.sql} (${listOf(columns)}) SELECT ${values} FROM pg_temp.awe_rows${onConflict(columns, on_conflict, key)}`;
  if (on_conflict !== 'update') {
    const { count: inserted } = await session.run(insert);
    return { inserted, skipped: count - inserted };
  }
  const { updated, all } = table.versioned
    ? await upsertVersioned(session, insert)
    : await upsertCounted(session, insert, table, key);
  return { inserted: all - updated, updated, skipped: count - all };
}

/** A row that was there before has a version before. */
async function upsertVersioned(session: Session, insert: string): Promise<{ updated: number; all: number }> {
  const { rows } = await session.run(
    `WITH done AS (${insert} RETURNING xmax <> 0 AS old) SELECT count(*) FILTER (WHERE old), count(*) FROM done`,
  );
  const [updated = 0, all = 0] = (rows[0] ?? []).map(Number);
  return { updated, all };
}

async function upsertCounted(session: Session, insert: string, { sql }: Table, key: readonly string[]) {
  const { rows } = await session.run(`SELECT count(*) FROM pg_temp.awe_rows JOIN ${sql} USING (${listOf(key)})`);
  const { count: all } = await session.run(insert);
  return { updated: Number(rows[0]?.[0] ?? 0), all };
}

function onConflict(columns: readonly string[], mode: Loading['on_conflict'], key: readonly string[]): string {
  if (mode === 'error') return '';
  const others = columns.filter((name) => !key.includes(name));
  const target = key.length === 0 ? '' : ` (${listOf(key)})`;
  if (mode === 'skip' || others.length === 0) return ` ON CONFLICT${target} DO NOTHING`;
  const changes = others.map((name) => `${quoted(name)} = EXCLUDED.${quoted(name)}`);
  return ` ON CONFLICT${target} DO UPDATE SET ${changes.join(', ')}`;
}
