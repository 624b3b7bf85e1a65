import { defineTool } from '../../define';
import { once } from './effects';
import { sqlErrors } from './errors';
import { reach } from './reach';
import { ExecuteInput, ExecuteOutput, INLINE_BYTES, ROWS } from './schema';
import { assertAllowed, assertDone } from './statement';
import { columnsOf, readRow, toObject } from './values';

const LIMITS = { rows: ROWS.inline.most, bytes: INLINE_BYTES };

/** Changes a database. */
export const sqlExecute = defineTool({
  name: 'sql.execute',
  version: '1',
  description:
    'Runs one statement that changes a PostgreSQL database (INSERT, UPDATE, DELETE, MERGE, CREATE), with parameters, once: a further attempt gives the first result. DROP, TRUNCATE, ALTER, GRANT, and DELETE or UPDATE of all rows have to be allowed by name.',
  input: ExecuteInput,
  output: ExecuteOutput,
  effect: 'idempotent',
  risk: 'high',
  approval: false,
  timeout: 600_000,
  retry: { attempts: 4, initialMs: 500, backoff: 3, maxMs: 30_000 },
  errors: sqlErrors,
  async run(input, context) {
    const { sql, params, allow = [] } = input;
    assertAllowed(sql, allow);
    return await once(
      reach(input, context),
      context,
      async (session) => {
        const { fields, rows, count, command } = await session.run(sql, params, LIMITS);
        assertDone(command, allow);
        const columns = await columnsOf(session, fields);
        return { row_count: count, rows: rows.map((row) => toObject(columns, readRow(columns, row))) };
      },
      { sql, before: 0 },
    );
  },
  simulate: async ({ sql, allow = [] }) => {
    assertAllowed(sql, allow);
    return { row_count: 0, rows: [] };
  },
});
