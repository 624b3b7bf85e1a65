import { open, resolve } from '../../draft/sources';
import { type Draft, member } from '../../draft/draft';
import type { Made } from '../../draft/made';
import type { Clause } from '../../family';
import type { Condition, Literal, Operator, Ref, Source } from '../../reading';
import { Baseless, Refusal } from '../../refusal';
import { sameName } from '../../text/fold';
import { textOf } from '../../grammar/slots';
import { isComputed } from './computed';
import { take } from './take';

/** Something, and what is asked of it. */
export interface Tested {
  about: Ref;
  comparison: Pick<Condition, 'op' | 'value'>[];
}

const SIGNS: { [op in Operator]?: string } = { eq: '==', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=' };

/** A condition in CEL. `answer` is what it is about where it names a field alone. */
export function conditionOf(draft: Draft, { about, comparison }: Tested, clause: Clause, answer?: Made): string {
  const [subject, isList] = subjectOf(draft, about, comparison, clause, answer);
  return comparison
    .map(({ op, value }) => {
      if (op === 'missing') return isList ? `size(${subject}) == 0` : `default(${subject}, null) == null`;
      if (op === 'exists') return isList ? `size(${subject}) > 0` : `default(${subject}, null) != null`;
      // "the list contains one entry or more": a list is no text
      if (isList && typeof value === 'string' && !/contains/.test(op))
        throw new Baseless(about.at, 'a list is compared with no text: say how many of them, or of which field');
      const of = isList && typeof value === 'number' ? `size(${subject})` : subject;
      if (isComputed(value)) throw new Refusal(about.at, 'here a value can be compared with a number or a text alone');
      return comparisonOf(of, op, value ?? null);
    })
    .join(' && ');
}

/** A comparison of an expression with a value, as an expression. */
export function comparisonOf(subject: string, op: Operator, value: Literal): string {
  const text = JSON.stringify(value);
  const sign = SIGNS[op];
  if (sign !== undefined) return `${subject} ${sign} ${text}`;
  switch (op) {
    case 'in':
      return `${subject} in ${text}`;
    case 'not_in':
      return `!(${subject} in ${text})`;
    case 'contains':
      return `${subject}.contains(${text})`;
    case 'not_contains':
      return `!${subject}.contains(${text})`;
    case 'starts_with':
      return `${subject}.startsWith(${text})`;
    default:
      return `${subject}.endsWith(${text})`;
  }
}

/** The expression that is compared, and whether it is a list, whose size counts. */
function subjectOf(
  draft: Draft,
  about: Ref,
  comparison: Tested['comparison'],
  clause: Clause,
  answer?: Made,
): [string, boolean] {
  if (about.kind === 'figure') {
    const isCount = about.figure.op === 'count' && about.by.length === 0;
    if (isCount) {
      const rows = draft.data(resolve(draft, about.of, clause));
      // "count them; more than 20 → …": the number itself
      if (rows.form === 'figure' || draft.isNumber(rows)) return [draft.expression(rows), false];
      const query = rows.step === undefined || rows.path !== 'rows' ? undefined : draft.steps.get(rows.step);
      const only = /^\s*select\s+count\s*\([^)]*\)\s+as\s+"?(\w+)"?\s+from\b(?!.*\bgroup\s+by\b)/is.exec(
        textOf(query?.with?.['sql']),
      )?.[1];
      // a query that counts gives one row, and its figure is what is compared
      if (query?.uses === 'sql.query' && only !== undefined) return [`${draft.expression(rows)}[0].${only}`, false];
      // a query counts its rows itself
      if (query?.uses === 'sql.query' && comparison.every(({ value }) => typeof value === 'number'))
        return [`steps.${query.id}.output.row_count`, false];
      return [draft.expression(rows), true];
    }
    const when = draft.when;
    draft.when = undefined;
    const untouched = draft.made.filter(({ used }) => !used);
    const figure = take(draft, about, clause);
    for (const made of untouched) made.used = false;
    figure.asked = true;
    draft.when = when;
    return [draft.expression(figure), false];
  }
  if (about.kind === 'thing' && about.within) {
    const answer = draft.data(take(draft, about.within, clause));
    if (about.within.kind === 'thing' && about.within.source) answer.used = true;
    const tool = draft.steps.get(answer.step ?? '')?.uses ?? '';
    if (
      /^(transform\.(from|filter|sort|select|join|group|distinct)|sql\.query)/.test(tool) &&
      /^(items|rows)$/.test(answer.path)
    )
      throw new Refusal(
        about.at,
        'these are rows: say "if any of them has …", or name the number, the total, the average',
      );
    const isStatus = about.words.every(({ token }) => draft.input.is(token, 'status')) && about.words.length > 0;
    if (isStatus && answer.answer === true && comparison.every(({ value }) => isHttpStatus(value)))
      return [statusOf(draft, answer, comparison), false];
    return [about.label.split('.').reduce(member, draft.expression(answer)), false];
  }
  if (about.kind === 'thing' && !about.source) {
    // "the status field": the name stands before what it is
    const named = about.words.filter(({ token }) => !draft.input.is(token, 'column'));
    const [word] = named.slice(-1);
    const name = word?.text ?? about.label;
    const asked = answer ?? draft.made.findLast((made) => made.answer === true);
    const isStatus =
      about.words.length > 0 &&
      named.every(
        ({ token }) =>
          draft.input.is(token, 'status', 'number', 'response') ||
          /^(code|something|anything)$/.test(draft.input.tokens[token]?.folded ?? ''),
      );
    if (isStatus && asked?.step !== undefined && comparison.every(({ value }) => isHttpStatus(value)))
      return [statusOf(draft, asked, comparison), false];
    const made = draft.made.findLast(
      ({ labels, consumed }) => !consumed && labels.some((label) => label !== '' && sameName(label, about.label)),
    );
    // "state is not ok", asked of https://…/state: a field of the answer, which is no text itself
    const isText = comparison.every(({ value }) => typeof value === 'string' || typeof value === 'boolean');
    if (made?.answer === true && made.form === 'data' && answer === undefined && isText)
      return [member(draft.expression(draft.data(made)), name), false];
    // "level is under 15", asked of https://…/level: one thing has no number
    if (made?.answer === true && made.form === 'data' && answer === undefined && isSingular(draft, about, name)) {
      draft.note(`"${name}" was read as the field ${name} of what ${made.labels[0] ?? 'the answer'} is.`);
      return [member(draft.expression(draft.data(made)), name), false];
    }
    if (made && answer === undefined) return [draft.expression(draft.data(made)), made.form !== 'figure'];
    const plain = about.words.every(({ token }) => draft.input.is(token, 'data', 'response'));
    // "only if result says done": an answer as a whole is no text
    if (plain && isText && asked !== undefined && named.length === 1 && /^(result|résultat|resultat)$/i.test(name)) {
      draft.note(`"${name}" was read as the field ${name} of the answer.`);
      return [member(draft.expression(asked), name), false];
    }
    if (!plain) draft.checkModifiers(named);
    if (!plain) {
      if (answer === undefined && draft.contextKey(name) !== undefined)
        return [member('input', draft.contextKey(name) ?? name), false];
      const of = answer ?? draft.made.findLast(({ form, consumed }) => form === 'data' && !consumed);
      const query = of?.step === undefined ? undefined : draft.steps.get(of.step);
      if (of && query?.uses === 'sql.query' && isOneRow(textOf(query.with?.['sql']), name))
        return [`${draft.expression(of)}[0].${name}`, false];
      // what is asked of it was what it was fetched for
      if (of?.answer === true) of.used = true;
      if (of && (of.answer === true || of.root !== undefined))
        return [name.split('.').reduce(member, draft.expression(of)), false];
      throw new Refusal(
        about.at,
        `I do not know what "${name}" is here: name a field of an answer, or the number, the total, the average of something`,
      );
    }
  }
  if (
    about.kind === 'thing' &&
    about.source?.type === 'url' &&
    comparison.some(({ value }) => /^(number|string|boolean)$/.test(typeof value))
  ) {
    const made = draft.data(take(draft, about, clause));
    const isNumber = comparison.some(({ value }) => typeof value === 'number');
    const isPlain = about.words.every(({ token }) => draft.input.is(token, 'data', 'response'));
    if (isPlain) return [draft.expression(made), isNumber];
    const name = about.words.findLast(({ token }) => !draft.input.is(token, 'column'));
    // what is counted and what is a field of the answer read alike: "the orders of … are over 10"
    const isField = draft.input.is((about.words[0]?.token ?? 0) - 1, 'column');
    if (name === undefined || (isNumber && !isField && draft.input.is(name.token, 'noun')))
      throw new Refusal(about.at, 'say the number of them, or name a field of the answer: "the field total of …"');
    return [member(draft.expression(made), name.text), false];
  }
  if (answer && about.kind === 'current') {
    if (comparison.some(({ value }) => isSaid(draft, about, value)))
      throw new Refusal(about.at, 'say which field of the answer says so, such as "until status is done"');
    return [draft.expression(answer), false];
  }
  const made = take(draft, about, clause);
  if (about.kind === 'current' && made.form === 'data' && comparison.some(({ value }) => isSaid(draft, about, value)))
    throw new Refusal(about.at, 'say which field of it says so, such as "if status is done"');
  return [draft.expression(draft.data(made)), made.form === 'data' && !draft.isNumber(made)];
}

/** True for a name in the singular, of something that is no list: "level", "temperature". */
const isSingular = (draft: Draft, { words }: Ref & { kind: 'thing' }, name: string): boolean =>
  !/[sx]$/.test(name) && words.every(({ token }) => !draft.input.is(token, 'data', 'response', 'file', 'table'));

/** True for a query that gives one row of figures, this one among them: "select count(*) as n". */
const isOneRow = (sql: string, name: string): boolean =>
  /^\s*select\s+(count|sum|avg|min|max)\s*\(/i.test(sql) &&
  !/\bgroup\s+by\b/i.test(sql) &&
  new RegExp(`\\bas\\s+"?${name}\\b`, 'i').test(sql);

/** "until it is done", "unless it is odd": a word that some field of the answer may be, and not the answer itself. */
const isSaid = (draft: Draft, { at }: Ref, value: Condition['value']): boolean =>
  draft.input.tokens.some(
    ({ kind, text }, token) => kind === 'word' && text === value && token >= at[1] && token < at[1] + 4,
  );

const isHttpStatus = (value: Condition['value']): boolean =>
  Array.isArray(value)
    ? value.every((one) => isHttpStatus(one))
    : typeof value === 'number' && value >= 100 && value < 600;

/** "it does not answer with 200": the status of the answer that came last. @throws Refusal where nothing was asked */
export function statusTest(draft: Draft, source: Source | undefined, test: Pick<Condition, 'op' | 'value'>): string {
  const asked =
    source === undefined ? draft.made.findLast(({ answer }) => answer === true) : open(draft, source, '', draft.span);
  if (asked?.answer !== true || !isHttpStatus(test.value))
    throw new Refusal(draft.span, 'say which field of which answer this is');
  return comparisonOf(statusOf(draft, asked, [test]), test.op, test.value as Literal);
}

/** The status of an answer; one that would be an error is expected, so that the condition is reached. */
function statusOf(draft: Draft, asked: Made, comparison: Tested['comparison']): string {
  const step = draft.steps.get(asked.step ?? '');
  const exact = comparison.flatMap(({ op, value }) => (op === 'eq' && typeof value === 'number' ? [value] : []));
  const isExact = exact.length === comparison.length;
  const unusual = exact.filter((status) => status < 200 || status > 299);
  if (step?.with && !isExact) step.with['expect'] = ['2xx', '3xx', '4xx', '5xx'];
  else if (step?.with && unusual.length > 0) step.with['expect'] = ['2xx', ...unusual];
  return `steps.${asked.step ?? ''}.output.status`;
}
