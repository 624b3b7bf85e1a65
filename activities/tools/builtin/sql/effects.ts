import { DatabaseError } from 'pg';
import type { Session } from '../../../../src/databases/session';
import type { ToolContext } from '../../tool';
import { sqlError } from './errors';
import type { Reach } from './reach';
import { ToolError } from '../../errors';

/** The table of what steps have done, in each database that they write to. */
const TABLE =
  'CREATE TABLE IF NOT EXISTS awe_effects (key text PRIMARY KEY, run text NOT NULL, step text NOT NULL, result json, at timestamptz NOT NULL DEFAULT now())';

/** There is no such table yet. */
class NoTable extends Error {}

/**
 * Does work once for a key: the key and the result, which is JSON, are committed with it. A further attempt with this key, even at the
 * same time, gets the first result and does nothing.
 */
export async function once<T>(
  database: Reach,
  { key, workflow_id, step_id }: Pick<ToolContext, 'key' | 'workflow_id' | 'step_id'>,
  work: (session: Session) => Promise<T>,
  written?: Parameters<Reach['transaction']>[2],
): Promise<T> {
  const attempt = async (session: Session): Promise<T> => {
    if (!(await claim(session, [key, workflow_id, step_id]))) return await resultOf<T>(session, key);
    const result = await work(session);
    await session.run('UPDATE awe_effects SET result = $2 WHERE key = $1', [key, JSON.stringify(result)]);
    return result;
  };
  try {
    return await database.transaction(true, attempt, written);
  } catch (error) {
    if (!(error instanceof NoTable)) throw error;
  }
  await makeTable(database);
  return await database.transaction(true, attempt, written);
}

/** Waits for an attempt with the same key that is under way. False if one was committed. */
async function claim(session: Session, values: string[]): Promise<boolean> {
  const sql = 'INSERT INTO awe_effects (key, run, step) VALUES ($1, $2, $3) ON CONFLICT (key) DO NOTHING';
  try {
    return (await session.run(sql, values)).count === 1;
  } catch (error) {
    throw error instanceof DatabaseError && error.code === '42P01' ? new NoTable() : error;
  }
}

async function resultOf<T>(session: Session, key: string): Promise<T> {
  const { rows } = await session.run('SELECT result FROM awe_effects WHERE key = $1', [key]);
  return JSON.parse(rows[0]?.[0] ?? 'null') as T;
}

async function makeTable(database: Reach): Promise<void> {
  try {
    await database.transaction(true, (session) => session.run(TABLE));
  } catch (error) {
    // another worker has made it at the same moment
    if (error instanceof ToolError && ['sql.conflict', 'sql.exists'].includes(error.type)) return;
    if (error instanceof ToolError && error.type === 'sql.denied')
      throw sqlError(
        'sql.denied',
        `steps write what they have done into a table that is missing in the database ${database.name}, and its role may not make it: the operator runs ${TABLE}`,
      );
    throw error;
  }
}
