import type { Json } from '../../../../../schemas/json';
import { identifier, MAX_ROWS, type Draft } from '../../draft/draft';
import type { Made } from '../../draft/made';
import type { Condition, Conditions, Operator, Ref, Source } from '../../reading';
import { Refusal } from '../../refusal';
import { isComputed } from './computed';
import { checkPossible } from './rows';

const SIGNS: { [op in Operator]?: string } = { eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=' };

/** Conditions in SQL that hold for a field and a value. */
const TESTS: { [op in Operator]?: (field: string, value: string) => string } = {
  in: (field, value) => `${field} IN ${value}`,
  not_in: (field, value) => `${field} NOT IN ${value}`,
  contains: (field, value) => `position(${value} in ${field}::text) > 0`,
  not_contains: (field, value) => `position(${value} in ${field}::text) = 0`,
  starts_with: (field, value) => `starts_with(${field}::text, ${value})`,
  ends_with: (field, value) => `right(${field}::text, length(${value})) = ${value}`,
};

/** A value of the goal in SQL. */
const valueIn = (value: Json): string =>
  Array.isArray(value)
    ? `(${value.map(valueIn).join(', ')})`
    : typeof value === 'string'
      ? `'${value.replaceAll("'", "''")}'`
      : JSON.stringify(value);

/** True if the conditions can be written in SQL: joined in one way, each on a field. */
export const isSimple = (where: Conditions[]): boolean =>
  where.length === 1 && where.every(({ all }) => all.every(({ field }) => field !== undefined));

/** Rows of a table that fulfil conditions, chosen by the database. */
export function selectRows(
  draft: Draft,
  source: Source & { type: 'table' },
  ref: Ref | undefined,
  where: Conditions[],
  limit?: number,
): Made {
  if (ref?.kind === 'thing') draft.checkWords(ref.words, source);
  const [{ match, all }] = where as [Conditions];
  for (const conditions of where) draft.held.add(conditions);
  if (match === 'all') checkPossible(all);
  const parts = all.map((condition) => partOf(condition));
  const tail = limit === undefined ? '' : ` LIMIT ${limit}`;
  const sql = `SELECT * FROM ${identifier(source.table)} WHERE ${parts.join(match === 'any' ? ' OR ' : ' AND ')}${tail}`;
  const step = draft.add(`query_${source.table}`, {
    uses: 'sql.query',
    with: { sql: draft.literal(sql), database: source.database, max_rows: MAX_ROWS },
  });
  draft.after(step, source.table, /^sql\.(insert|execute)$/);
  const isNamed = ref?.kind === 'thing' && !ref.words.every(({ token }) => draft.input.is(token, 'data'));
  const label = isNamed ? ref.label : '';
  return draft.make({ labels: [label, source.table].filter(Boolean), form: 'data', step, path: 'rows' });
}

function partOf({ field = '', op, value, at }: Condition): string {
  const column = identifier(field);
  if (op === 'missing' || (op === 'eq' && value === null)) return `${column} IS NULL`;
  if (op === 'exists' || (op === 'ne' && value === null)) return `${column} IS NOT NULL`;
  const sign = SIGNS[op];
  if (isComputed(value) && sign !== undefined)
    return `${column} ${sign} ${'sql' in value ? value.sql : identifier(value.field)}`;
  if (value === undefined || isComputed(value))
    throw new Refusal(at, 'this condition compares with something that is not known: name a number or a text');
  const text = valueIn(value);
  return sign === undefined ? (TESTS[op]?.(column, text) ?? '') : `${column} ${sign} ${text}`;
}
