import { POSSESSIVE } from '../grammar/inert';
import type { Found, Input, ValueType } from '../grammar/input';
import type { Aggregate, Ref } from '../reading';
import { listOf } from './fields';

const FIGURES: [string, Aggregate['op']][] = [
  ['total', 'sum'],
  ['average', 'avg'],
  ['minimum', 'min'],
  ['maximum', 'max'],
];

/** "… le total du montant dans totaux.csv", after a place was read from: where the figure goes, not what it is of. */
function isTarget(input: Input, at: number, of: unknown): boolean {
  const ref = of as (Ref & { kind: 'thing' }) | undefined;
  if (input.language !== 'fr' || ref?.kind !== 'thing' || ref.words.length > 0) return false;
  const isTo = ref.source?.type === 'url' && input.tokens[ref.at[0] - 1]?.folded === 'a';
  if (ref.source?.type !== 'path' && !isTo) return false;
  const isRead = input.tokens.slice(0, at).some(({ kind }) => /^(url|path|sql)$/.test(kind));
  return isRead && (isTo || input.is(ref.at[0] - 1, 'destination'));
}

/** Words after a field that say which figure of it is meant. */
const ADJECTIVES: [string, Aggregate['op']][] = [
  ['mean_of', 'avg'],
  ['total_of', 'sum'],
  ['maximal', 'max'],
  ['minimal', 'min'],
];

/** In French the word for the figure may stand after the field: "le montant moyen par client". */
function described(input: Input, at: number): Found[] {
  const start = input.skip(at, 'the');
  if (input.language !== 'fr' || input.beginsClause(start)) return [];
  return input.values(start, 'field').flatMap(({ end, value }) =>
    ADJECTIVES.flatMap(([adjective, op]) =>
      input.ends(end, adjective).flatMap((after) =>
        ['(of|in|from) $thing:of per $fields:by', 'per $fields:by', '(of|in|from) $thing:of', '']
          .flatMap((shape) => input.match(shape, after))
          .filter(({ slots }) => !isTarget(input, at, slots['of']))
          .map((match) => reading(at, match.end, { op, field: String(value) }, String(value), match.slots)),
      ),
    ),
  );
}

/** A figure over rows: `the total of amount per customer`, `the number of todos by user`, `the average price`. */
/** "its", "son": a field of what was spoken of last, where it is compared. */
const COMPARED = ['greater', 'less', 'at_least', 'at_most_value', 'equals', 'differs', 'be'] as const;

export const figure: ValueType = (input, at) => {
  const found: Found[] = [];
  for (const [concept, op] of FIGURES)
    for (const begin of new Set([at, input.skip(at, 'the')]))
      for (const end of input.ends(begin, concept)) {
        // "lowest first" is an order
        if (op !== 'sum' && op !== 'avg' && input.is(end, 'on_top', 'top')) continue;
        // "the total number of rows" counts them
        if (op === 'sum' && /^(number|count|nombre)$/.test(input.tokens[end]?.folded ?? '')) continue;
        // "if its total exceeds 5": a field of it
        if (POSSESSIVE.test(input.tokens[begin - 1]?.folded ?? '') && input.is(end, ...COMPARED)) continue;
        const label = input.tokens
          .slice(begin, end)
          .map(({ text }) => text)
          .join(' ');
        for (const shape of [
          '[of] [column] $field (of|in|from) $thing:of per $fields:by',
          '[of] [column] $field per $fields:by',
          '[of] [column] $field (of|in|from) $thing:of',
          '[of] [column] $field',
        ])
          for (const match of input.match(shape, end))
            if (!isTarget(input, at, match.slots['of']))
              found.push(reading(at, match.end, { op, field: String(match.slots['field']) }, label, match.slots));
        found.push(reading(at, end, op === 'sum' ? { op } : { op, field: '' }, label, {}));
        for (const match of input.match('per $fields:by', end))
          found.push(reading(at, match.end, { op }, label, match.slots));
      }
  found.push(...described(input, at));
  for (const begin of new Set([at, input.skip(at, 'the')]))
    for (const end of input.ends(begin, 'counting')) {
      for (const shape of ['[of] distinct $field per $fields:by', '[of] distinct $field'])
        for (const match of input.match(shape, end))
          found.push(
            reading(at, match.end, { op: 'count_distinct', field: String(match.slots['field']) }, 'count', match.slots),
          );
      for (const shape of ['[of] $counted per $fields:by', '[of] $counted', 'per $fields:by', ''])
        for (const match of input.match(shape, end)) {
          const of = match.slots['counted'];
          found.push(
            reading(at, match.end, { op: 'count' }, 'count', { ...match.slots, ...(of === undefined ? {} : { of }) }),
          );
        }
    }
  return found;
};

function reading(
  at: number,
  end: number,
  value: Aggregate,
  label: string,
  slots: { of?: unknown; by?: unknown },
): Found {
  const ref: Ref = {
    kind: 'figure',
    figure: value,
    label,
    by: (slots.by as string[] | undefined) ?? [],
    at: [at, end],
  };
  return { end, value: slots.of === undefined ? ref : { ...ref, of: slots.of as Ref } };
}

/** Several figures: `the count and the total of amount`; those without a field share the next one's. */
export const figures: ValueType = (input, at) =>
  listOf(input, at, 'figure').map(({ end, value }) => {
    const refs = value as (Ref & { kind: 'figure' })[];
    const shared = refs.map((ref, index) => {
      if (ref.figure.op === 'count' || (ref.figure.field !== undefined && ref.figure.field !== '')) return ref;
      const next = refs
        .slice(index + 1)
        .find((other) => other.figure.op !== 'count' && (other.figure.field ?? '') !== '');
      return next?.figure.field === undefined ? ref : { ...ref, figure: { ...ref.figure, field: next.figure.field } };
    });
    return { end, value: shared };
  });

/** What a figure is of, where it is said after it: not the file that it goes to. */
export const origin: ValueType = (input, at) =>
  isWished(input, at) ? [] : input.values(at, 'thing').filter(({ value }) => !isTarget(input, at, value));

/** "I want in x.csv the number of …": where it goes. */
const isWished = (input: Input, at: number): boolean =>
  input.is(at - 1, 'destination') &&
  [2, 3, 4, 5].some((length) => input.ends(at - 1 - length, 'wish').includes(at - 1));
