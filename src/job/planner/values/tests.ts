import { POSSESSIVE } from '../grammar/inert';
import type { Found, Input, ValueType } from '../grammar/input';
import type { Condition, Conditions, Ref } from '../reading';
import { comparisonAt } from './conditions';

/** What is asked of a value: `is 1`, `over 10`. */
export const comparison: ValueType = (input, at) => comparisonAt(input, at);

/** "more than 20": how many of them. */
export const amount: ValueType = (input, at) =>
  comparisonAt(input, at).filter(({ value }) =>
    (value as Pick<Condition, 'op' | 'value'>[]).every(
      (one) => typeof one.value === 'number' && /^[gl][te]$/.test(one.op),
    ),
  );

/** A thing or a figure, and what is asked of it: `the total is over 100`. */
export const test: ValueType = (input, at) =>
  [...columnsAt(input, at), ...ownedAt(input, at), at].flatMap((start) => testAt(input, start));

/** "the field status": its name. */
const columnsAt = (input: Input, at: number): number[] => input.ends(input.skip(at, 'the'), 'column');

/** "its result": a field of what was spoken of last. */
const ownedAt = (input: Input, at: number): number[] =>
  POSSESSIVE.test(input.tokens[at]?.folded ?? '') ? [at + 1] : [];

const testAt = (input: Input, at: number): Found[] => [...saysAt(input, at), ...fieldAt(input, at)];

/** "https://… returns a level over 350", "the answer has status = ok": a field of what a place or an answer says. */
const saysAt = (input: Input, at: number): Found[] =>
  input.values(at, 'thing').flatMap(({ end, value }) => {
    const gives = input.skip(end, 'gives', 'has');
    const says = gives > end ? input.skip(input.skip(gives, 'that'), 'with') : end;
    const within = value as Ref;
    if (says === end || within.kind === 'figure') return [];
    const fields = [says, input.skip(says, 'the')].flatMap((from) => input.values(from, 'field'));
    return fields.flatMap((field): Found[] => {
      // "something other than 200" names no field
      if (/^(something|anything|nothing|quelque|autre|rien)$/i.test(String(field.value))) return [];
      const label = String(field.value);
      const words = [{ text: label, token: field.end - 1, known: true }];
      return comparisonAt(input, input.tokens[field.end]?.text === ':' ? field.end + 1 : field.end).map((found) => ({
        end: found.end,
        value: {
          about: { kind: 'thing', label, words, within, at: [at, found.end] } satisfies Ref,
          comparison: found.value,
        },
      }));
    });
  });

const fieldAt = (input: Input, at: number): Found[] =>
  [...input.values(at, 'thing'), ...state(input, at), ...column(input, at), ...personal(input, at)].flatMap(
    ({ end, value }) =>
      comparisonAt(input, end).map((found) => ({
        end: found.end,
        value: { about: value as Ref, comparison: found.value },
      })),
  );

/** "si elle dépasse 300": what was spoken of last. */
const personal = (input: Input, at: number): Found[] =>
  input.language === 'fr'
    ? input
        .ends(at, 'she')
        .map((end) => ({ end, value: { kind: 'current', many: false, at: [at, end] } satisfies Ref }))
    : [];

/** `ready is true`: a word for being done, as the name of a field. */
const state = (input: Input, at: number): Found[] => {
  const token = input.tokens[at];
  if (token?.kind !== 'word' || !input.is(at, 'done') || !input.is(at + 1, 'be', 'equals')) return [];
  const words = [{ text: token.text, token: at, known: false }];
  return [{ end: at + 1, value: { kind: 'thing', label: token.text, words, at: [at, at + 1] } satisfies Ref }];
};

/** `the field result`: any word behind that one is the name of a field. */
const column = (input: Input, at: number): Found[] => {
  const token = input.tokens[at];
  const isOwned = POSSESSIVE.test(input.tokens[at - 1]?.folded ?? '');
  if (token?.kind !== 'word' || !(input.is(at - 1, 'column') || isOwned) || !input.is(at, 'it', 'them')) return [];
  const words = [{ text: token.text, token: at, known: false }];
  return [{ end: at + 1, value: { kind: 'thing', label: token.text, words, at: [at, at + 1] } satisfies Ref }];
};

/** Tests that all have to hold. */
export const tests: ValueType = (input, at) => {
  const readings: { end: number; value: unknown[] }[] = [];
  const go = (start: number, before: unknown[]) => {
    for (const { end, value } of input.values(start, 'test').slice(0, 4)) {
      const all = [...before, value];
      readings.push({ end, value: all });
      const next = input.skip(end, 'and');
      if (next > end && all.length < 5 && !input.beginsClause(next)) go(next, all);
    }
  };
  go(at, []);
  return readings;
};

/** A field and its value without a verb, said of an answer: `status=success`, `au statut "termine"`. */
export const stateTests: ValueType = (input, at) =>
  input
    .values(at, 'conditions')
    .flatMap(({ end, value }) =>
      (value as Conditions[])
        .flatMap(({ match, all }) => (match === 'all' ? [all] : []))
        .map((all) => ({ end, value: all.flatMap((condition) => testOf(input, condition)) })),
    );

/** What is not so yet: "n'est pas au statut X" is asked until it is. */
export const negated: ValueType = (input, at) => {
  const not = input.skip(at, 'not');
  const be = not > at ? input.skip(not, 'be') : at;
  const after = be > not ? input.skip(be, 'not') : be;
  const start = input.skip(after, 'stated');
  return be > at ? stateTests(input, start) : [];
};

function testOf(input: Input, { field, op, value, at }: Condition): unknown[] {
  if (field === undefined) return [];
  const token = input.tokens.findIndex(({ text }, index) => index >= at[0] && text === field);
  const words = [{ text: field, token, known: false }];
  return [{ about: { kind: 'thing', label: field, words, at } satisfies Ref, comparison: [{ op, value }] }];
}
