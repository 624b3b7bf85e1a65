import type { Session } from '../../../../src/databases/session';
import { quoted } from './identifiers';
import { inferTypes, type Item } from './items';
import { loadRows, moveRows, stageRows, type Loaded, type Loading, type Rows } from './load';
import { makeTable } from './table';

/** Makes a table for items, and puts them into it. */
export async function createFromItems(
  session: Session,
  name: string,
  rows: Rows & { items: readonly Item[] },
  loading: Loading,
): Promise<Loaded> {
  const table = await makeTable(session, name, inferTypes(rows.items, rows.columns), loading.key);
  return await loadRows(session, table, rows, loading);
}

/** Texts of a column that are all of a type, the narrower type first; all others are text. */
const TYPES = [
  ['boolean', '^(true|false)$'],
  ['bigint', '^-?(0|[1-9]\\d{0,17})$'],
  ['numeric', '^-?(0|[1-9]\\d*)(\\.\\d+)?$'],
  ['date', '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$'],
  ['timestamp with time zone', '^\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|[+-]\\d\\d(:?\\d\\d)?)$'],
] as const;

/** Makes a table for texts, and puts them into it. The server looks at all of them for their types. */
export async function createFromTexts(session: Session, name: string, rows: Rows, loading: Loading): Promise<Loaded> {
  const names = loading.columns ?? rows.columns;
  const count = await stageRows(
    session,
    rows,
    rows.columns.map((column) => ({ name: column, type: 'text', form: 'text' })),
  );
  await session.run(
    `UPDATE pg_temp.awe_rows SET ${names.map((one) => `${quoted(one)} = NULLIF(${quoted(one)}, '')`).join(', ')}`,
  );
  const cases = TYPES.map(
    ([type, pattern]) =>
      (column: string) =>
        `WHEN bool_and(${column} ~ '${pattern}') THEN '${type}'`,
  );
  const typeOf = (column: string) => `CASE ${cases.map((one) => one(column)).join(' ')} ELSE 'text' END`;
  const { rows: found } = await session.run(
    `SELECT ${names.map((one) => typeOf(quoted(one))).join(', ')} FROM pg_temp.awe_rows`,
  );
  const columns = names.map((column, i) => ({ name: column, type: found[0]?.[i] ?? 'text' }));
  const table = await makeTable(session, name, columns, loading.key);
  const values = columns.map((column) => `${quoted(column.name)}::${column.type}`).join(', ');
  return await moveRows(session, table, values, count, { ...loading, columns: names });
}
