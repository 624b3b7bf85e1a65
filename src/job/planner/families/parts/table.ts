import type { Json, JsonObject } from '../../../../../schemas/json';
import { identifier, MAX_ROWS, type Draft } from '../../draft/draft';
import type { Made } from '../../draft/made';
import type { Clause } from '../../family';
import { textOf } from '../../grammar/slots';
import type { Condition, Conditions, Operator, Ref, Source } from '../../reading';
import { Refusal } from '../../refusal';
import { isComputed } from './computed';
import { checkPossible } from './possible';

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

/** The database that a clause names, as an argument of tools. */
export const databaseIn = (slots: Clause['slots']): JsonObject =>
  slots['database'] === undefined ? {} : { database: textOf(slots['database']) };

/** A value of the goal in SQL. */
export const valueIn = (value: Json): string =>
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
  if (ref?.kind === 'thing') draft.checkNames(ref, source);
  const tail = limit === undefined ? '' : ` LIMIT ${limit}`;
  const sql = `SELECT * FROM ${identifier(source.table)} WHERE ${sqlWhere(draft, where)}${tail}`;
  const step = draft.add(`query_${source.table}`, {
    uses: 'sql.query',
    with: { sql: draft.literal(sql), database: source.database, max_rows: MAX_ROWS },
  });
  draft.worded.add(step);
  if (source.columns !== undefined) draft.columns.set(step, source.columns);
  draft.after(step, source.table, /^sql\.(insert|execute)$/);
  const isNamed = ref?.kind === 'thing' && !ref.words.every(({ token }) => draft.input.is(token, 'data'));
  const label = isNamed ? ref.label : '';
  const by = where.length === 1 && where[0]?.match === 'all' ? where[0].all : [];
  const from = (): Made =>
    askedAgain(draft, { labels: [source.table], step }, `SELECT * FROM ${identifier(source.table)}`);
  return draft.make({
    labels: [label, source.table].filter(Boolean),
    form: 'data',
    step,
    path: 'rows',
    chosen: { by, from },
  });
}

/** The table, and its database, of the last step by one of these tools; undefined where there is none. */
export function lastTable(draft: Draft, tools: RegExp): { table: string; database?: string } | undefined {
  const last = draft.steps.all.findLast(({ uses }) => tools.test(uses ?? ''))?.with;
  const said = /^(?:UPDATE|DELETE FROM|SELECT \* FROM) ("[^"]+"|[\w.]+)/i.exec(textOf(last?.['sql']))?.[1];
  const table = last?.['table'] ?? said;
  if (typeof table !== 'string') return undefined;
  const database = last?.['database'];
  return { table: table.replaceAll('"', ''), ...(typeof database === 'string' ? { database } : {}) };
}

/** A query once more, as it was before rows were chosen. */
export function askedAgain(draft: Draft, { labels, step: id }: Pick<Made, 'labels' | 'step'>, sql: string): Made {
  const { with: args } = draft.steps.get(id ?? '') ?? {};
  const step = draft.add((id ?? 'query').replace(/_\d+$/, ''), { uses: 'sql.query', with: { ...args, sql } });
  draft.worded.add(step);
  return draft.make({ labels, form: 'data', step, path: 'rows' });
}

/** Conditions as SQL has them. */
export function sqlWhere(draft: Draft, where: Conditions[]): string {
  const [{ match, all }] = where as [Conditions];
  for (const conditions of where) draft.held.add(conditions);
  if (match === 'all') checkPossible(all);
  return all.map((condition) => partOf(condition)).join(match === 'any' ? ' OR ' : ' AND ');
}

/** What a query of the plan can do by itself: an order, columns, conditions, a number of rows. */
export interface Shape {
  where?: Conditions[];
  columns?: string[];
  by?: { field: string; order?: string }[];
  limit?: number;
}

const WHOLE = /^SELECT \* FROM [^\s()]+( WHERE (?:(?! ORDER BY | LIMIT ).)*)?( ORDER BY (?:(?! LIMIT ).)*)?$/;

/** Has the query that reads a table choose, order and cut its rows; false where something else reads them as they are. */
export function shapeQuery(
  draft: Draft,
  { step: id, path, used }: Made,
  { where, columns, by, limit }: Shape,
): boolean {
  const step = id === undefined ? undefined : draft.steps.get(id);
  const sql = step?.with?.['sql'];
  const found = typeof sql === 'string' ? WHOLE.exec(sql) : null;
  if (!step?.with || !draft.worded.has(step.id) || found === null || typeof sql !== 'string' || path !== 'rows' || used)
    return false;
  if (
    step.when !== draft.when ||
    draft.each ||
    draft.steps.all.some((one) => draft.steps.needsOf(one).includes(step.id))
  )
    return false;
  const [, isChosen, isOrdered] = found;
  if (where && (isChosen ?? isOrdered) !== undefined) return false;
  if (by && isOrdered !== undefined) return false;
  if (where) {
    step.with['sql'] = `${sql} WHERE ${sqlWhere(draft, where)}`;
    return true;
  }
  const order = by?.map(({ field, order: way }) => `${identifier(field)}${way === 'desc' ? ' DESC' : ''}`).join(', ');
  const head =
    columns === undefined
      ? sql
      : sql.replace('SELECT *', () => `SELECT ${columns.map((one) => identifier(one)).join(', ')}`);
  step.with['sql'] =
    head + (order === undefined ? '' : ` ORDER BY ${order}`) + (limit === undefined ? '' : ` LIMIT ${limit}`);
  return true;
}

/** Has queries read the columns that brackets name, where nothing works on their rows by other columns. */
export function chooseColumns(draft: Draft): void {
  for (const [id, columns] of draft.columns) {
    const step = draft.steps.get(id);
    const isWorkedOn = draft.steps.all.some(
      (one) => /^transform\.(?!to_)/.test(one.uses ?? '') && draft.steps.needsOf(one).includes(id),
    );
    const sql = step?.with?.['sql'];
    const names = columns.map((one) => identifier(one)).join(', ');
    if (isWorkedOn || !step?.with || typeof sql !== 'string')
      draft.note(`"${columns.join(', ')}" was taken for some of the columns: all of them are read.`);
    else step.with['sql'] = sql.replace(/^SELECT \*/, () => `SELECT ${names}`);
  }
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
