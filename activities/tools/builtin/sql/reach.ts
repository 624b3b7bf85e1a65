import { DatabaseError } from 'pg';
import { parseDuration } from '../../../../core/plan/duration';
import type { Database } from '../../../../src/databases/databases';
import type { Session } from '../../../../src/databases/session';
import { findNearest } from '../../../../core/nearest';
import type { ToolContext } from '../../tool';
import { sqlError, translate, type Written } from './errors';

/** Milliseconds of a step without `timeout`, and those that are left to tell how it ended. */
const USUAL_MS = 30_000;
const SPARE_MS = 1_000;

/** A database within a step's time. */
export interface Reach {
  name: string;
  /** Errors come as those of tools; `written` is the statement whose place they name. */
  transaction<T>(write: boolean, run: (session: Session) => Promise<T>, written?: Written): Promise<T>;
}

type Surroundings = Pick<ToolContext, 'databases' | 'signal' | 'deadline'>;

/** The database that a step names. @throws ToolError `sql.no_database` */
export function reach(
  { database = 'default', timeout }: { database?: string; timeout?: string },
  context: Surroundings,
) {
  const { databases, signal, deadline } = context;
  const found = databases.get(database);
  if (!found) throw noDatabase(database, databases.names);
  const began = Date.now();
  const most = Math.min(parseDuration(timeout) ?? USUAL_MS, deadline - began - SPARE_MS);
  const work = (write: boolean) => ({ write, signal, timeout: Math.max(1, began + most - Date.now()) });
  const opened: Reach = {
    name: database,
    async transaction(write, run, written) {
      try {
        return await found.transaction(work(write), run);
      } catch (error) {
        if (error instanceof DatabaseError && error.code === '42P01' && !signal.aborted)
          throw await unknownTable(found, work(false), error, written);
        throw translate(error, found, written);
      }
    },
  };
  return opened;
}

function noDatabase(name: string, names: readonly string[]) {
  const known = names.length === 0 ? 'there is none' : `there are: ${names.join(', ')}`;
  const variable = name === 'default' ? 'DATABASE_URL' : `DATABASE_${name.toUpperCase()}_URL`;
  return sqlError('sql.no_database', `no database is called ${name} (${known}): the operator sets ${variable}`);
}

async function unknownTable(
  database: Database,
  work: Parameters<Database['transaction']>[0],
  error: DatabaseError,
  written: Written | undefined,
): Promise<unknown> {
  const [, missing = ''] = /"(.+?)"/.exec(error.message) ?? [];
  const tables = await database.transaction(work, tablesOf).catch(() => []);
  return translate(error, database, written, nearTo(missing, tables));
}

/** Names in an error, so that it stays short. */
const NAMED = 10;

/** Names that may have been meant, as the end of a sentence. */
export function nearTo(missing: string, names: readonly string[]): string {
  const small = names.map((name) => name.toLowerCase());
  const near = findNearest(missing.toLowerCase(), small);
  if (near !== undefined) return `: did you mean ${names[small.indexOf(near)]}?`;
  if (names.length === 0) return ': there is none';
  return `: there are ${names.slice(0, NAMED).join(', ')}${names.length > NAMED ? ' and others' : ''}`;
}

/** Tables and views that this role may do something with; the schema stands before those that are not found without. */
export async function tablesOf(session: Session): Promise<string[]> {
  const { rows } = await session.run(`
    SELECT CASE WHEN pg_table_is_visible(c.oid) THEN c.relname ELSE n.nspname || '.' || c.relname END
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
      AND c.relname <> 'awe_effects' AND has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE')
    ORDER BY 1 LIMIT 1000`);
  return rows.map(([name]) => name ?? '');
}
