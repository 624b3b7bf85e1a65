import type { Json, JsonObject } from '../../../../../schemas/json';
import type { Draft } from '../../draft/draft';
import type { Made } from '../../draft/made';
import type { Aggregate, Condition, Conditions, Span } from '../../reading';
import { Refusal } from '../../refusal';
import { fold, sameName, slug } from '../../text/fold';
import { CONDITION, opposite } from '../../values/conditions';
import { checkPossible, excludes } from './possible';
import { askedAgain, isSimple, shapeQuery } from './table';
import { filterByExpression, isComputed } from './computed';
import { textOf } from '../../grammar/slots';

/** Conditions on rows, as goals say them. */
export const WHERE_SLOTS = [
  '(whose|that) $conditions:where',
  'that has $held:where',
  'open $conditions:where close',
  'open [only] [data|noun|them] (whose|that) $conditions:where close',
  'open only [data|noun|them] [whose] $conditions:where close',
  CONDITION,
  'that be $flag:where',
  'except [(whose|that)] $conditions:except',
  'except that be $flag:except',
  'without those [(whose|that)] $conditions:except',
  'without [all] duplicate:unique [(by|on|in) $fields:unique_by]',
  'distinct:unique',
  'without $lacking:where',
  'only [all] [data|noun|them|ones] (whose|that) $conditions:where',
];

/** Keeps the rows for which conditions hold; `denied` those for which they do not. */
export function filterRows(draft: Draft, rows: Made, given: Conditions[], denied: boolean, at: Span): Made {
  for (const conditions of given) draft.held.add(conditions);
  const data = beforeBranch(rowsIn(draft, rows), denied ? [] : given);
  let match = given.length === 1 ? (given[0]?.match ?? 'all') : 'all';
  if (given.length > 1 && given.some(({ match: each, all }) => each === 'any' && all.length > 1))
    throw new Refusal(at, 'conditions joined by both "and" and "or" are read in two ways: say them in two steps');
  let conditions = given.flatMap(({ all }) =>
    all.map((condition) => asWritten(draft, data, withField(draft, data, condition))),
  );
  if (denied) {
    conditions = conditions.map((condition) => {
      const other = opposite(condition);
      if (!other) throw new Refusal(condition.at, 'the opposite of this condition cannot be written: say what to keep');
      return other;
    });
    match = match === 'all' && conditions.length > 1 ? 'any' : 'all';
  }
  if (match === 'all') checkPossible(conditions);
  for (const condition of conditions)
    if ('flag' in condition)
      draft.note(
        `"${textOf(condition.field)}" was read as the field ${textOf(condition.field)} being ${textOf(condition.value)}.`,
      );
  const sizes = conditions.filter(({ op }) => /^[gl][te]$/.test(op));
  const compared = sizes.length === 1 ? sizes[0]?.field : undefined;
  const before = draft.steps.get(data.step ?? '')?.with?.['sql'];
  if (!denied && isSimple(given) && shapeQuery(draft, data, { where: given }))
    return Object.assign(data, {
      compared,
      chosen: { by: conditions, from: () => askedAgain(draft, data, textOf(before)) },
    });
  if (conditions.some(({ value }) => isComputed(value))) return filterByExpression(draft, data, conditions, match);
  const step = draft.add(`filter_${nameOf(data)}`, {
    uses: 'transform.filter',
    with: {
      items: draft.template(data),
      where: conditions.map((condition) => whereOf(draft, condition)),
      ...(match === 'any' ? { match: 'any' } : {}),
    },
  });
  const chosen = match === 'all' ? { by: conditions, from: () => data } : undefined;
  return draft.remake(data, { ...groupOf(data), form: 'data', step, path: 'items', compared, chosen });
}

/**
 * The rows from before conditions that leave nothing of the new ones, once what they chose has gone somewhere: "those of
 * DE to de.csv and those of FR to fr.csv".
 */
function beforeBranch(data: Made, given: Conditions[]): Made {
  const { chosen, used } = data;
  const [only, second] = given;
  if (!chosen || only === undefined || second !== undefined || only.match !== 'all') return data;
  const lost = only.all.find((one) => chosen.by.some((other) => excludes(one, other)));
  if (lost === undefined) return data;
  if (!used) throw new Refusal(lost.at, 'no row is left that fulfils this and what was asked for before');
  return chosen.from();
}

/** "valid = yes" of rows of a CSV file, whose values are texts, or of a workbook: the word as it is written. */
function asWritten(draft: Draft, { labels }: Made, condition: Condition): Condition {
  const word = draft.input.tokens[condition.at[1] - 1]?.text;
  const isOf = (tool: string): boolean =>
    draft.made.some((one) => one.labels === labels && draft.steps.get(one.step ?? '')?.uses === tool);
  const isText = isOf('transform.from_csv') || (isOf('transform.from_xlsx') && /^(yes|no|oui|non)$/i.test(word ?? ''));
  const isSaid = typeof condition.value === 'boolean' && !('flag' in condition) && word !== undefined;
  return isText && isSaid ? { ...condition, value: word } : condition;
}

/** What is known of the columns of groups. */
const groupOf = ({ columns, figures }: Made): Pick<Made, 'columns' | 'figures'> => ({
  ...(columns ? { columns } : {}),
  ...(figures ? { figures } : {}),
});

/** "those over 10": by the only figure that groups have, or by the one that its unit names. */
function withField(draft: Draft, data: Made, condition: Condition): Condition {
  if (condition.field !== undefined) return { ...condition, field: columnOf(draft, data, condition.field) };
  const named = (data.figures ?? []).filter((name) => name.endsWith(`_${condition.unit ?? ''}`));
  const [only, second] = named.length > 0 ? named : (data.figures ?? []);
  if (only === undefined || second !== undefined)
    throw new Refusal(condition.at, 'say by which field, such as "whose amount is over 10"');
  draft.note(`The condition is on ${only}, the only figure of the groups.`);
  return { ...condition, field: only };
}

/** Words for one kind of figure. */
const KINDS = [
  /^(total|sum|somme|montant total)$/i,
  /^(average|mean|moyenne)$/i,
  /^(count|number|nombre|compte)$/i,
  /^(max|maximum)$/i,
  /^(min|minimum)$/i,
];

/** A column of groups by the name that the goal gives it: "parcelles" for parcelle, "amount" for total_amount. */
/** "the quantities per depot in the table t (columns depot and quantity)": the name that brackets behind a table have. */
function toldColumn(draft: Draft, { step }: Pick<Made, 'step'>, field: string): string {
  const told = (step === undefined ? undefined : draft.columns.get(step)) ?? [];
  if (told.includes(field)) return field;
  const column = told.find((one) => sameName(one, field) || fold(one) === fold(field).replace(/s$/, ''));
  if (column !== undefined) draft.note(`"${field}" is the column ${column}.`);
  return column ?? field;
}

/** The first of some columns that groups do not have; undefined where they have all, or any may be there. */
export const lackedBy = ({ columns }: Pick<Made, 'columns'>, fields: readonly string[]): string | undefined =>
  fields.find((field) => columns !== undefined && !columns.includes(field));

function columnOf(draft: Draft, { columns = [], figures = [], step }: Made, name: string): string {
  const field = draft.renamed.get(name) ?? name;
  if (field !== name) draft.note(`"${name}" is ${field} by now, since it was renamed before.`);
  if (columns.length === 0) return toldColumn(draft, { step }, field);
  if (columns.includes(field)) return field;
  const same = columns.find((name) => sameName(name, field));
  if (same !== undefined) return same;
  const kind = KINDS.find((words) => words.test(field));
  const [only, second] = figures.filter(
    (name) => name.endsWith(`_${field}`) || kind?.test(name.replace(/_.*$/, '')) === true,
  );
  if (only === undefined || second !== undefined) return field;
  draft.note(`"${field}" was read as ${only}, its figure in the groups.`);
  return only;
}

/** The rows of a thing. @throws Refusal for a figure or a text, which have none */
export function rowsIn(draft: Draft, made: Made): Made {
  const data = draft.data(made);
  if (data.form === 'data' || data.form === 'file') return data;
  const name = data.labels[0] ?? 'this';
  throw new Refusal(draft.span, `"${name}" is ${data.form === 'figure' ? 'a figure' : 'a text'} and has no rows`);
}

function whereOf(draft: Draft, { field, op, value }: Condition): JsonObject {
  const escaped = (literal: Json): Json =>
    typeof literal === 'string' ? draft.literal(literal) : Array.isArray(literal) ? literal.map(escaped) : literal;
  return { field: field ?? '', op, ...(value === undefined || isComputed(value) ? {} : { value: escaped(value) }) };
}

export const nameOf = (made: Made): string => slug(made.labels[0] ?? '') || 'rows';

/** Groups rows; without aggregates a group counts its rows. */
export function groupRows(draft: Draft, rows: Made, fields: string[], said: Aggregate[]): Made {
  const data = rowsIn(draft, rows);
  const by = fields.map((field) => toldColumn(draft, data, field));
  const figures = said.map((one) => ({
    ...one,
    ...(one.field === undefined || one.field === '' ? {} : { field: toldColumn(draft, data, one.field) }),
  }));
  const aggregates = aggregatesOf(figures);
  const names = figures.length === 0 ? ['count'] : Object.keys(aggregates);
  // "how many does each owner have? Group by owner, count": these groups are there
  if (data.columns?.join() === [...by, ...names].join()) return data;
  const step = draft.add(`group_${nameOf(data)}`, {
    uses: 'transform.group',
    with: { items: draft.template(data), by, ...(figures.length === 0 ? {} : { aggregates }) },
  });
  return draft.remake(data, { form: 'data', step, path: 'items', figures: names, columns: [...by, ...names] });
}

/** Aggregates by the names that they get: `count`, `total_amount`, `average_price`. */
export function aggregatesOf(figures: Aggregate[]): { [name: string]: JsonObject } {
  const words = { count: 'count', sum: 'total', avg: 'average', min: 'min', max: 'max', count_distinct: 'count' };
  return Object.fromEntries(
    figures.map(({ op, field }) => [
      field === undefined ? words[op] : slug(`${words[op]}_${field}`),
      { op, ...(field === undefined ? {} : { field }) },
    ]),
  );
}

/** Keeps each row once, by some fields or by all. */
export function distinctRows(draft: Draft, rows: Made, by: string[] | undefined): Made {
  const data = rowsIn(draft, rows);
  const step = draft.add(`distinct_${nameOf(data)}`, {
    uses: 'transform.distinct',
    with: { items: draft.template(data), by: by?.map((field) => columnOf(draft, data, field)) },
  });
  return draft.remake(data, { form: 'data', step, path: 'items' });
}

/** Orders rows, and keeps the first of them. */
export function sortRows(draft: Draft, rows: Made, by: { field: string; order?: string }[], limit?: number): Made {
  const data = rowsIn(draft, rows);
  if (shapeQuery(draft, data, { by, limit })) {
    data.sorted = true;
    return data;
  }
  const fields = by.map(({ field }) => columnOf(draft, data, field));
  const missing = lackedBy(data, fields);
  if (missing !== undefined)
    throw new Refusal(draft.span, `the groups have no "${missing}": say by which of ${data.columns?.join(', ')}`);
  const step = draft.add(`sort_${nameOf(data)}`, {
    uses: 'transform.sort',
    with: {
      items: draft.template(data),
      by: by.map(({ order }, index) => ({
        field: fields[index] ?? '',
        ...(order === 'desc' ? { order } : {}),
      })),
      ...(limit === undefined ? {} : { limit }),
    },
  });
  return draft.remake(data, { ...groupOf(data), form: 'data', step, path: 'items', sorted: true });
}

/** Keeps the first rows as they come. */
export function firstRows(draft: Draft, rows: Made, limit: number): Made {
  const data = rowsIn(draft, rows);
  const sort = data.step === undefined ? undefined : draft.steps.get(data.step);
  const isOpen = sort?.uses === 'transform.sort' && sort.with?.['limit'] === undefined && sort.when === draft.when;
  if (isOpen && !draft.steps.all.some((step) => draft.steps.needsOf(step).includes(sort.id))) {
    sort.with = { ...sort.with, limit };
    return data;
  }
  const step = draft.add(`first_${nameOf(data)}`, {
    uses: 'transform.jsonata',
    with: { input: draft.template(data), expression: `[$filter($, function($row, $at) { $at < ${limit} })]` },
  });
  return draft.remake(data, { form: 'data', step, path: 'value' });
}

/** A figure over rows, as one value. */
export function figureOf(draft: Draft, rows: Made, figure: Aggregate, label: string, at: Span): Made {
  const data = rowsIn(draft, rows);
  const known = completed(draft, data, figure, at);
  const query = data.step === undefined ? undefined : draft.steps.get(data.step);
  // a query counts its rows itself
  if (known.op === 'count' && known.field === undefined && query?.uses === 'sql.query' && data.path === 'rows') {
    data.used = true;
    return draft.make({
      labels: [label, 'count', ...(SYNONYMS.count ?? [])],
      form: 'figure',
      figure: 'count',
      step: query.id,
      path: 'row_count',
    });
  }
  const aggregates = aggregatesOf([known]);
  const [name = 'value'] = Object.keys(aggregates);
  const last = draft.steps.all.at(-1);
  // a second figure of the same rows is of the same step
  const isSame =
    last?.uses === 'transform.aggregate' &&
    last.when === draft.when &&
    !draft.each &&
    last.with?.['items'] === draft.template(data);
  if (isSame) Object.assign(last.with?.['aggregates'] as JsonObject, aggregates);
  const step = isSame
    ? last.id
    : draft.add(label === 'count' ? `count_${nameOf(data)}` : name, {
        uses: 'transform.aggregate',
        with: { items: draft.template(data), aggregates },
      });
  data.used = true;
  return draft.make({
    labels: [label, name, ...(SYNONYMS[known.op] ?? [])],
    form: 'figure',
    figure: name,
    step,
    path: `values.${name}`,
  });
}

/** Words by which a figure may be called later: "remember the number". */
const SYNONYMS: { [op in Aggregate['op']]?: string[] } = {
  count: ['number', 'nombre', 'compte'],
  sum: ['sum', 'somme', 'total'],
  avg: ['mean', 'average', 'moyenne'],
};

/** "the total" of groups is that of their figures; of plain rows it is their number. */
function completed(draft: Draft, data: Made, figure: Aggregate, at: Span): Aggregate {
  if (figure.field !== undefined && figure.field !== '') {
    const field = columnOf(draft, data, figure.field);
    if (lackedBy(data, [field]) !== undefined)
      throw new Refusal(
        at,
        `the groups have no "${field}": say the figure with the group, such as "group by city with the total of amount"`,
      );
    return { ...figure, field };
  }
  if (figure.op === 'count') return figure;
  const [only, second] = data.figures ?? [];
  if (only !== undefined && second === undefined) {
    draft.note(`"the total" was read as that of ${only} over the groups.`);
    return { ...figure, field: only };
  }
  if (figure.op === 'sum' && only === undefined) {
    draft.note('"the total" was read as the number of rows, since no field was named.');
    return { op: 'count' };
  }
  throw new Refusal(at, 'say of which field, such as "the total of amount"');
}
