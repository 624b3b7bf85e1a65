import type { Session } from '../../../../src/databases/session';
import { sqlError } from './errors';
import { listOf, quoted, quotedTable } from './identifiers';
import { nearTo, tablesOf } from './reach';

/** A column of a table. */
export interface TableColumn {
  name: string;
  /** as PostgreSQL writes it, with its length: `character varying(20)` */
  type: string;
  /** how values of it are written */
  form: 'text' | 'json' | 'bytes' | 'array';
}

/** A table that rows are put into. */
export interface Table {
  /** quoted, with its schema where that was named */
  sql: string;
  columns: TableColumn[];
  /** `COPY` may write to it; else rows go by a table of the transaction */
  plain: boolean;
  /** its rows tell whether they were there before */
  versioned: boolean;
}

/** The table of a name; undefined if there is none. */
export async function findTable(session: Session, name: string): Promise<Table | undefined> {
  const sql = quotedTable(name);
  const { rows } = await session.run(
    `SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), c.relkind, c.relrowsecurity,
       CASE WHEN t.typcategory = 'A' THEN 'array' WHEN t.typname IN ('json', 'jsonb') THEN 'json'
            WHEN t.typname = 'bytea' THEN 'bytes' ELSE 'text' END
     FROM pg_catalog.pg_class c
       JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
     WHERE c.oid = to_regclass($1) AND c.relkind IN ('r', 'p', 'v', 'f') ORDER BY a.attnum`,
    [sql],
  );
  const [first] = rows;
  if (!first) return undefined;
  const [, , kind, secured] = first;
  return {
    sql,
    columns: rows.map(([column, type, , , form]) => ({
      name: column ?? '',
      type: type ?? '',
      form: (form ?? 'text') as TableColumn['form'],
    })),
    plain: kind !== 'v' && secured !== 't',
    versioned: kind === 'r',
  };
}

/** The table of a name. @throws ToolError `sql.unknown_table` with the names that may have been meant */
export async function needTable(session: Session, name: string): Promise<Table> {
  const found = await findTable(session, name);
  if (found) return found;
  const near = nearTo(name, await tablesOf(session));
  throw sqlError('sql.unknown_table', `there is no table ${name}${near} ("create": true makes it)`);
}

/** Makes a table; its `key` is the primary key. */
export async function makeTable(
  session: Session,
  name: string,
  columns: readonly { name: string; type: string }[],
  key: readonly string[],
): Promise<Table> {
  assertColumns(key, columns, 'the rows');
  const lines = columns.map((column) => `${quoted(column.name)} ${column.type}`);
  const primary = key.length === 0 ? [] : [`PRIMARY KEY (${listOf(key)})`];
  await session.run(`CREATE TABLE ${quotedTable(name)} (${[...lines, ...primary].join(', ')})`);
  return await needTable(session, name);
}

/** @throws ToolError `sql.unknown_column` for names that are not among the columns */
export function assertColumns(names: readonly string[], columns: readonly { name: string }[], whose: string): void {
  const known = columns.map(({ name }) => name);
  const missing = names.find((name) => !known.includes(name));
  if (missing === undefined) return;
  throw sqlError('sql.unknown_column', `there is no column ${missing} in ${whose}${nearTo(missing, known)}`);
}
