import type { Session } from '../../../../src/databases/session';
import { defineTool } from '../../define';
import type { ToolContext } from '../../tool';
import { createFromItems, createFromTexts } from './create';
import { openCsv } from './csv-file';
import { once } from './effects';
import { sqlError, sqlErrors } from './errors';
import { rowsOfItems } from './items';
import { loadRows, type Loaded, type Rows } from './load';
import { reach } from './reach';
import { InsertInput, InsertOutput } from './schema';
import { assertColumns, findTable, needTable } from './table';

/** Puts rows into a table. */
export const sqlInsert = defineTool({
  name: 'sql.insert',
  version: '1',
  description:
    'Puts items, or the rows of a CSV file of the workspace, into a table of a PostgreSQL database, all or none and once: a further attempt gives the first result. Can skip or update rows that are there, and make the table.',
  input: InsertInput,
  output: InsertOutput,
  effect: 'idempotent',
  risk: 'medium',
  approval: false,
  timeout: 600_000,
  retry: { attempts: 4, initialMs: 500, backoff: 3, maxMs: 30_000 },
  errors: sqlErrors,
  async run(input, context) {
    if (input.items?.length === 0) return { table: input.table, inserted: 0, skipped: 0 };
    const rows = await rowsOf(input, context);
    const loaded = await once(reach(input, context), context, (session) => insert(session, input, rows));
    return { table: input.table, ...loaded };
  },
  simulate: async ({ table, items = [] }) => ({ table, inserted: items.length, skipped: 0 }),
});

async function rowsOf(
  { items, path, columns, on_conflict, key }: InsertInput,
  { workspace }: ToolContext,
): Promise<Rows> {
  if ((items === undefined) === (path === undefined))
    throw sqlError('sql.rows', 'the rows are either `items` or the `path` of a file');
  if (on_conflict === 'update' && key === undefined)
    throw sqlError('sql.no_key', 'on_conflict "update" needs `key`: the columns by which a row is the same');
  const rows = path === undefined ? rowsOfItems(items ?? [], columns) : await openCsv(workspace, path);
  if (rows.columns.length === 0) throw sqlError('sql.rows', 'the items have no fields');
  assertColumns(
    columns ?? [],
    rows.columns.map((name) => ({ name })),
    'the rows',
  );
  return rows;
}

async function insert(
  session: Session,
  { table: name, items, columns, on_conflict = 'error', key = [], create }: InsertInput,
  rows: Rows,
): Promise<Loaded> {
  const loading = { columns, on_conflict, key };
  const table = create ? await findTable(session, name) : await needTable(session, name);
  if (table) {
    assertColumns([...(columns ?? rows.columns), ...key], table.columns, `the table ${name}`);
    return await loadRows(session, table, rows, loading);
  }
  if (items) return await createFromItems(session, name, { ...rows, items }, loading);
  return await createFromTexts(session, name, rows, loading);
}
