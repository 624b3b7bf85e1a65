import type { Found, Input, ValueType } from '../grammar/input';
import { isOneField } from '../grammar/statement';
import { VERBS } from '../lexicon/concepts';
import type { Computed, Condition, Conditions, Literal, Operator } from '../reading';
import { sameName } from '../text/fold';
import { fieldAsValue, hasOr, listAt, literal, momentAt, unitAt } from './literals';

const COMPARISONS: [string, Operator][] = [
  ['differs', 'ne'],
  ['at_least', 'ge'],
  ['at_most_value', 'le'],
  ['greater', 'gt'],
  ['less', 'lt'],
  ['contains', 'contains'],
  ['starts', 'starts_with'],
  ['ends', 'ends_with'],
  ['after_time', 'gt'],
  ['before_time', 'lt'],
  ['equals', 'eq'],
];

/** Words for rows, which name no field. */
const ROWS = /^(ones|rows|records|entries)$/;
/** Comparisons of sizes. */
const ORDERED: ReadonlySet<Operator> = new Set<Operator>(['lt', 'le', 'gt', 'ge']);

const OPPOSITES: { [op in Operator]?: Operator } = {
  eq: 'ne',
  ne: 'eq',
  lt: 'ge',
  ge: 'lt',
  gt: 'le',
  le: 'gt',
  in: 'not_in',
  not_in: 'in',
  contains: 'not_contains',
  not_contains: 'contains',
  exists: 'missing',
  missing: 'exists',
};

/** The condition that holds where this one does not; undefined if none can be written. */
export function opposite(condition: Condition): Condition | undefined {
  const op = OPPOSITES[condition.op];
  return op === undefined ? undefined : { ...condition, op };
}

/** Conditions on fields, joined by "and" or by "or", never by both. */
export const conditions: ValueType = (input, at) => {
  // "qu'une demande soit rejetée" is no condition on rows; "ne garder que" is one word
  const before = input.is(at - 1, 'the') ? at - 2 : at - 1;
  if (
    /^qu(['’]|e)$/.test(input.tokens[before]?.folded ?? '') &&
    !input.is(before - 1, 'keep', 'select') &&
    !input.is(before - 2, 'keep', 'select')
  )
    return [];
  const readings: { end: number; value: Conditions[] }[] = [];
  const go = (start: number, before: Condition[], joint: 'all' | 'any' | undefined) => {
    for (const { end, value } of conditionAt(input, start, before.at(-1)?.field)) {
      const all = [...before, ...(value as Condition[])];
      readings.push({ end, value: [{ match: joint ?? 'all', all }] });
      readings.push(...named(input, end, all, joint ?? 'all'));
      for (const [concept, match] of [
        ['and', 'all'],
        ['or', 'any'],
      ] as const) {
        if (joint !== undefined && joint !== match) continue;
        const comma = input.tokens[end]?.text === ',' ? end + 1 : end;
        for (const after of input.ends(comma, concept)) {
          const next = input.skip(after, 'whose', 'that');
          if (!input.beginsClause(after) && !(next === after && input.beginsClause(next))) go(next, all, match);
        }
      }
    }
  };
  go(at, [], undefined);
  return readings;
};

/** "… (fields country and amount)": the names of the fields, where brackets say as many as there are conditions. */
function named(
  input: Input,
  at: number,
  all: Condition[],
  match: 'all' | 'any',
): { end: number; value: Conditions[] }[] {
  if (all.length < 2) return [];
  return input.match('open column [colon] $fields:names close', at).flatMap(({ end, slots }) => {
    const names = slots['names'] as string[];
    const isSaid =
      names.length === all.length && all.some(({ field }, index) => sameName(field ?? '', names[index] ?? ''));
    return isSaid
      ? [{ end, value: [{ match, all: all.map((one, index) => ({ ...one, field: names[index] ?? '' })) }] }]
      : [];
  });
}

/** "… which starts at 1": what something does, and no field. */
const STARTING = /^(starts?|begins?|commence(nt)?|debute(nt)?|serves?|sert|servent|stop)$/;

/** Names of fields that hold a state, and no day. */
const STATE = /(state|status|stage|phase|état|etat|statut|situation)$/i;

/** One condition: a field (or the last one again), a comparison, a value. */
function conditionAt(input: Input, at: number, last: string | undefined): Found[] {
  const found: Found[] = [];
  const add = (field: string | undefined, end: number) => {
    for (const reading of comparisonAt(input, end)) {
      // "(orders.client_id = clients.id)": fields of two lists
      if (
        /\w\.\w/.test(field ?? '') &&
        /\w\.\w/.test(input.tokens[reading.end - 1]?.text ?? '') &&
        input.tokens[reading.end - 1]?.kind === 'word'
      )
        continue;
      // "whose state is expired": a state that it has, where a day would be over
      const isMoment = (reading.value as Condition[]).some(({ value }) => typeof value === 'object' && value !== null);
      if (isMoment && input.is(reading.end - 1, 'past') && STATE.test(field ?? '')) continue;
      if (
        isFigureOf(input, end, reading) ||
        isListOf(input, end) ||
        isTold(input, at, end, reading) ||
        isAdjective(input, at, end, reading)
      )
        continue;
      const all = (reading.value as Pick<Condition, 'op' | 'value'>[]).map((part) => ({
        ...(field === undefined ? {} : { field }),
        ...part,
        at: [at, reading.end],
      }));
      found.push({ end: reading.end, value: all });
    }
  };
  for (const start of new Set([at, input.skip(at, 'the')]))
    if (ROWS.test(input.tokens[start]?.folded ?? '')) {
      // "the ones over 10": the figure of the groups that they are
      if (input.language === 'en') add(undefined, start + 1);
    } else if (
      !isRank(input, start) &&
      input.values(start, 'duration').every(({ end: after }) => after === start + 1) &&
      !input.is(
        start,
        'parameter',
        'has',
        'token',
        'apikey',
        'secret',
        'password',
        'header',
        'same',
        'common',
        'duplicate',
        'distinct',
        'highest',
        'lowest',
        'sheet',
        'title',
        'join_key',
      ) &&
      !STARTING.test(input.tokens[start]?.folded ?? '')
    )
      for (const { end, value } of input.values(start, 'field'))
        if (!input.is(end - 1, 'column') || end - start > 1) {
          add(String(value), end);
          // "la date fin_abonnement": what it is, and the name that only a field has
          const next = input.tokens[end];
          if (end === start + 1 && next?.kind === 'word' && /_/.test(next.text) && !/_/.test(String(value)))
            add(next.text, end + 1);
          // "the post_code that begin with 75": a name that only a field has
          if (/_/.test(String(value))) for (const after of input.ends(end, 'that')) add(String(value), after);
        }
  found.push(...valueFirst(input, at));
  // "that doesn't have status 'shipped'", "qui n'ont pas le statut 'clos'"
  for (const { end } of input.match('not has', at))
    for (const one of conditionAt(input, end, undefined)) {
      const [only, second] = one.value as Condition[];
      const other = only?.op === 'eq' && second === undefined ? opposite(only) : undefined;
      if (other) found.push({ end: one.end, value: [{ ...other, at: [at, one.end] }] });
    }
  // "no email", "aucun prix": the field is missing
  for (const { end, value } of ['no_field $field:value', 'not has no_field $field:value']
    .flatMap((shape) => input.match(shape, at))
    // "aucune absence (clé : matricule)": rows of another list
    .filter(({ end }) => !input.is(end - 1, 'close'))
    .map(({ end, slots }) => ({ end, value: slots['value'] })))
    found.push({ end, value: [{ field: String(value), op: 'missing', at: [at, end] }] });
  // "above 500 (field total)", "ont de 18 à 25 ans (le champ s'appelle age)": the field stands in brackets
  for (const one of found.length > 0 ? [...found] : comparisonAt(input, input.skip(at, 'be')))
    for (const { end, field } of isSized(one) || (found.length > 0 && isOneField(input, one.end + 1))
      ? bracketedField(input, one.end)
      : [])
      found.push({
        end,
        value: (one.value as Condition[]).map((part) => ({ ...part, field, at: [at, end] })),
      });
  if (found.length === 0 && last !== undefined) add(last, at);
  // "cities with fewer than 5": the figure of the groups that they are
  else if (input.is(at, 'greater', 'less', 'at_least', 'at_most_value')) add(undefined, at);
  return found;
}

/** "…, condition: x = 1", "limited to rows with x = 1". */
export const CONDITION =
  '[comma|open] (condition_word|limited_to) [colon|be|that|of] [whose|that|with|has] $conditions:where [close]';

/** Words before a name of something else than a value: "of the sheet 'March'". */
export const NAMING =
  `sheet file folder table database title header parameter token secret password memory context place type
  format delimiter question message template key_word method`.split(/\s+/);

/** What is no field, though a value may stand before it: "with 'x' as title". */
const ROLES = [...NAMING, 'data', 'response', 'ones', 'body'];

/** "having 'open' in the column state", "that has DHL as carrier", "ayant 2023 pour annee": the value before its field. */
function valueFirst(input: Input, at: number): Found[] {
  if (!input.is(at - 1, 'has', 'with', 'whose')) return [];
  const token = input.tokens[at];
  const isValue =
    /^(quoted|code|number)$/.test(token?.kind ?? '') ||
    input.is(at, 'true', 'false') ||
    (token?.kind === 'word' && /^\p{Lu}/u.test(token.text));
  if (!isValue) return [];
  return literal(input, at).flatMap(({ end, value }) =>
    input
      .match('(as|in|for) [the] [value_word] $field', end)
      .filter(({ end: after }) => {
        const first = input.skip(input.skip(end, 'as', 'in', 'for'), 'the');
        return after === first + 1
          ? !input.is(first, ...ROLES, 'column', 'noun')
          : !input.is(first, ...ROLES) || input.is(first, 'column');
      })
      .map(({ end: after, slots }) => ({
        end: after,
        value: [{ field: String(slots['field']), op: 'eq', value: value as Literal, at: [at, after] }],
      })),
  );
}

/** The name of a field in brackets behind what is said of it. */
const bracketedField = (input: Input, at: number): { end: number; field: string }[] =>
  input
    .match('open column [be|called|colon|equals] [column] $identifier close', at)
    .map(({ end, slots }) => ({ end, field: String(slots['identifier']) }));

/** "over 5", "beginning with A": compared with a value by a word that says how. */
const isSized = ({ value }: Found): boolean =>
  (value as Condition[]).every(({ op }) => !['eq', 'in', 'exists', 'missing'].includes(op));

/** A comparison whose field stands in brackets behind it: "above 500 (field total)". */
export const measured: ValueType = (input, at) =>
  [...comparisonAt(input, at), ...comparisonAt(input, afterParticiple(input, at))].flatMap((one) =>
    (isSized(one) ? bracketedField(input, one.end) : []).map(({ end, field }) => ({
      end,
      value: [
        { match: 'all', all: (one.value as Condition[]).map((part) => ({ ...part, field, at: [at, end] })) },
      ] satisfies Conditions[],
    })),
  );
/** "were created", "ont été passées", "created": what was done, of which brackets name the field. */
function afterParticiple(input: Input, at: number): number {
  const be = input.skip(input.skip(at, 'has'), 'be');
  const { kind, text = '' } = input.tokens[be] ?? {};
  const isOne = kind === 'word' && /(ed|en|made|sent|ée?s?|ies?|ues?|ises?|its?)$/.test(text);
  return isOne ? be + 1 : at;
}

/** "a list of objects": what it is, and no field. */
const isListOf = (input: Input, end: number): boolean =>
  (input.is(end - 1, 'data') && /^(of|de|d'|d’|des)$/.test(input.tokens[end]?.folded ?? '')) ||
  // "the number of rows": a figure
  (input.is(end - 1, 'counting') &&
    /^(of|de|d'|d’|des)$/.test(input.tokens[end]?.folded ?? '') &&
    input.tokens[end + 1]?.kind === 'word' &&
    !input.is(end + 1, 'at_least', 'at_most_value', 'greater', 'less', 'between'));

/** "with the total of amount": a figure of a field, and no value. */
const isFigureOf = (input: Input, end: number, reading: Found): boolean =>
  input.is(end - 1, 'total', 'average', 'minimum', 'maximum') &&
  input.is(end, 'of') &&
  input.tokens[reading.end - 1]?.kind === 'word' &&
  input.values(end + 1, 'number').length === 0;

/** "those that Martine knows": somebody does something, and no field has a value. */
const isTold = (input: Input, at: number, end: number, reading: Found): boolean =>
  /^(que|qu['’]|that|who|which|whom)$/.test(input.tokens[at - 1]?.folded ?? '') &&
  reading.end === end + 1 &&
  input.tokens[end]?.kind === 'word' &&
  !input.is(end, 'true', 'false');

/** Words that judge what stands after them: "people with good standing". */
const JUDGING =
  /^(good|bad|high|low|big|small|large|great|poor|recent|old|new|strong|weak|long|short|much|many|few|little|very|too|bonne?s?|mauvaise?s?|grosse?s?|gros|grande?s?|petite?s?|hauts?|hautes?|bas|basses?|récente?s?|vieux|vieilles?|nouveaux?|nouvelles?|beaucoup|peu|trop|très)$/i;

/** "the good ones", "les gros clients": a word before a name is no field, unless "with" or "whose" stands before it. */
const isAdjective = (input: Input, at: number, end: number, reading: Found): boolean => {
  const before = input.is(at - 1, 'the', 'column') ? at - 2 : at - 1;
  return (
    reading.end === end + 1 &&
    input.tokens[end]?.kind === 'word' &&
    !input.is(end, 'true', 'false') &&
    !(
      !JUDGING.test(input.tokens[end - 1]?.text ?? '') &&
      !input.is(end, 'header', 'token', 'secret', 'apikey', 'password', 'data', 'file', 'column', 'response', 'page') &&
      // "(base ventes)": where it is
      !input.is(end - 1, 'database', 'webhook', 'sheet', 'table', 'file', 'folder') &&
      input.is(before, 'whose', 'with', 'that', 'by', 'on', 'and', 'or', 'open', 'has') &&
      !/^qu(e|['’])$/.test(input.tokens[before]?.folded ?? '')
    )
  );
};

/** "the first 20" says how many, and compares nothing. */
const isRank = (input: Input, at: number): boolean =>
  input.is(at, 'top', 'best', 'last') && input.values(at + 1, 'number').length > 0;

/** What stands after the field: `is 1`, `is not empty`, `between 1 and 5`, `is one of a, b or c`. */
export function comparisonAt(input: Input, at: number): Found[] {
  const found: Found[] = [];
  // "at intervals of 30 seconds" says how often, and compares nothing
  if (input.match('[of|be|colon|equals] $duration', at).length > 0 && input.is(at - 1, 'interval')) return found;
  const be = input.skip(at, 'be');
  for (const [start, isNot] of negations(input, at, be)) {
    const add = (end: number, parts: Pick<Condition, 'op' | 'value'>[]) => {
      const kept = isNot ? parts.map((part) => ({ ...part, op: OPPOSITES[part.op] })) : parts;
      if (kept.every((part) => part.op !== undefined) && !(isNot && parts.length > 1)) found.push({ end, value: kept });
    };
    for (const [concept, op] of [
      ['missing', 'missing'],
      ['exists', 'exists'],
    ] as const)
      for (const end of input.ends(start, concept)) add(end, [{ op }]);
    for (const end of input.ends(start, 'past'))
      if (be > at) add(end, [{ op: 'lt', value: { sql: 'now()', jsonata: '$now()' } }]);
    for (const shape of [
      '[be] aged $duration:age [old|ago]',
      '[be] ago greater $duration:age',
      '[be] greater $duration:age ago',
    ])
      for (const { end, slots } of input.match(shape, start))
        add(end, [{ op: 'lt', value: agoOf(String(slots['age'])) }]);
    for (const end of input.ends(start, 'between')) {
      const [low] = literal(input, end);
      const and = low ? input.skip(low.end, 'and') : end;
      const [high] = low && and > low.end ? literal(input, and) : [];
      if (low && high)
        add(high.end, [
          { op: 'ge', value: low.value as Literal },
          { op: 'le', value: high.value as Literal },
        ]);
    }
    // "de 18 à 25 ans", "from 18 to 25"
    for (const range of input.match('(of|from) $number:low to $number:high', start))
      add(unitAt(input, range.end), [
        { op: 'ge', value: range.slots['low'] as number },
        { op: 'le', value: range.slots['high'] as number },
      ]);
    for (const end of input.ends(start, 'one_of'))
      for (const list of listAt(input, input.skip(end, 'the')))
        add(list.end, [{ op: 'in', value: list.value as Literal }]);
    for (const [concept, op] of COMPARISONS)
      for (const end of input.ends(start, concept)) valuesAt(input, end, inTime(input, start, end, op), add);
    if (be === at && !isNot && start === at) bareAt(input, at, add);
    const denied = input.skip(at, 'not');
    const isDenied = isNot && denied > at && input.is(denied, 'be');
    if (be > at || isDenied || (isNot && /^(is|are|was|were)n['’]?t$/.test(input.tokens[at]?.folded ?? ''))) {
      for (const list of listAt(input, start))
        if (hasOr(input, start, list.end)) add(list.end, [{ op: 'in', value: list.value as Literal }]);
      valuesAt(input, start, 'eq', add);
    }
  }
  return found;
}

/** "older than 2024-01-01" is before that day, and "older than 18" over that age. */
function inTime(input: Input, from: number, to: number, op: Operator): Operator {
  const isDay = /^\d{4}-\d\d/.test(input.tokens[input.skip(to, 'the')]?.text ?? '');
  const isAge = input.tokens
    .slice(from, to)
    .some(({ folded }) =>
      /^(older|oldest|newer|younger|recent|ancien(ne)?s?|vieux|vieilles?|recente?s?|jeunes?)$/.test(folded),
    );
  const isOld = input.tokens.slice(from, to).some(({ folded }) => /^(old|ancien|vie)/.test(folded));
  if (!isDay || !isAge || !/^[gl][te]$/.test(op)) return op;
  return isOld ? 'lt' : 'gt';
}

const SQL_UNITS: { [unit: string]: string } = { ms: 'milliseconds', s: 'seconds', m: 'minutes', h: 'hours', d: 'days' };

/** The moment that lies a duration back: `30d`. */
function agoOf(age: string): Computed {
  const [, amount = '', unit = ''] = /^(\d+)(\w+)$/.exec(age) ?? [];
  return { sql: `now() - interval '${amount} ${SQL_UNITS[unit] ?? unit}'`, jsonata: undefined };
}

/** What an address does, and no value: "if https://… responds". */
const ANSWERING = /^(responds?|answers?|works?|repond(ent)?|fonctionnent?|marchent?)$/;

/** `with status "open"`: the value right after the field. */
function bareAt(input: Input, at: number, add: (end: number, parts: { op: Operator; value: Literal }[]) => void) {
  // "country DE, AT or CH"
  for (const list of listAt(input, at))
    if (hasOr(input, at, list.end)) add(list.end, [{ op: 'in', value: list.value as Literal }]);
  const token = input.tokens[at];
  const isValue = token?.kind === 'quoted' || token?.kind === 'number' || input.is(at, 'true', 'false');
  const isWord =
    token?.kind === 'word' &&
    // "which has the onboarding tasks": what it holds
    !(input.is(at, 'noun', 'data') && input.is(at - 2, 'the')) &&
    !ANSWERING.test(token.folded) &&
    !input.means(at).some((concept) => VERBS.has(concept) || ['column', 'filler', 'gives', 'fails'].includes(concept));
  if (isValue || isWord)
    for (const { end, value } of literal(input, at)) add(end, [{ op: 'eq', value: value as Literal }]);
}

function valuesAt(
  input: Input,
  at: number,
  op: Operator,
  add: (end: number, parts: { op: Operator; value: Literal | Computed; unit?: string }[]) => void,
) {
  // "plus ancienne que le 2024-01-01"
  if (input.is(at, 'the') && input.tokens[at + 1]?.kind === 'number') at++;
  for (const { end, value } of momentAt(input, at)) add(end, [{ op, value: value as Computed }]);
  // "more than five": only a number, a day or another field is more or less than something
  const counted = ORDERED.has(op) ? input.values(at, 'number') : [];
  for (const { end, value } of counted) {
    const after = unitAt(input, end);
    const unit = after > end ? { unit: input.tokens[after - 1]?.text ?? '' } : {};
    add(after, [{ op, value: value as Literal, ...unit }]);
    // "atteint 14 au minimum"
    const again = op === 'ge' ? 'or_more' : op === 'le' ? 'or_less' : undefined;
    for (const end of again === undefined ? [] : input.ends(after, again)) add(end, [{ op, value: value as Literal }]);
  }
  if (counted.length > 0) return;
  // "begins with 44": the first letters of a text, whatever they are
  if ((op === 'starts_with' || op === 'ends_with') && input.tokens[at]?.kind === 'number') {
    add(at + 1, [{ op, value: input.tokens[at]?.text ?? '' }]);
    return;
  }
  const isField = ORDERED.has(op) && input.tokens[at]?.kind === 'word';
  if (isField) for (const { end, value } of fieldAsValue(input, at)) add(end, [{ op, value: value as Computed }]);
  else
    for (const { end, value } of literal(input, at)) {
      add(end, [{ op, value: value as Literal }]);
      // "from 2025-06-01 on", "at 70 or more"
      const onward = input.skip(end, 'onward');
      if (onward > end && (op === 'ge' || op === 'gt')) add(onward, [{ op, value: value as Literal }]);
      if (op === 'eq')
        for (const [concept, more] of [
          ['or_more', 'ge'],
          ['or_less', 'le'],
        ] as const)
          for (const after of input.ends(end, concept)) add(after, [{ op: more, value: value as Literal }]);
    }
  if (op === 'eq')
    for (const list of listAt(input, at))
      if (hasOr(input, at, list.end)) add(list.end, [{ op: 'in', value: list.value as Literal }]);
}

/** Places at which the comparison may begin, and whether it is denied: "is not", "n'est pas". */
function negations(input: Input, at: number, be: number): [number, boolean][] {
  const before = input.skip(at, 'not');
  const inner = input.skip(before > at ? input.skip(before, 'be') : be, 'not');
  const places: [number, boolean][] = [[be, false]];
  // "an amount of at least 100"
  const of = input.skip(at, 'of');
  if (of > at && be === at) places.push([of, false]);
  if (be > at) places.push([at, false]);
  if (inner > be || before > at) places.push([input.skip(inner, 'not'), true]);
  return places;
}
