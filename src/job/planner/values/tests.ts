import { POSSESSIVE } from '../grammar/inert';
import type { Found, Input, Slots, ValueType } from '../grammar/input';
import { VERBS } from '../lexicon/concepts';
import { placeOf, type Condition, type Conditions, type Literal, type Ref, type Source } from '../reading';
import { fold } from '../text/fold';
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

const testAt = (input: Input, at: number): Found[] => [
  ...saysAt(input, at),
  ...reversedAt(input, at),
  ...fieldAt(input, at),
];

/** A value before its field: `https://… reports done as its state`, `gives "ok" in the status field`, `true for done`. */
const reversedAt = (input: Input, at: number): Found[] =>
  REVERSED.flatMap((shape) => input.match(shape, at))
    .filter(({ end, slots }) => !isLoose(input, at, end, slots))
    .map(({ end, slots }) => {
      const label = String(slots['field']);
      const span: [number, number] = [at, end];
      const place = slots['source'] as Source | undefined;
      const within = place === undefined ? {} : { within: placeOf(place, span) };
      const about: Ref = {
        kind: 'thing',
        label,
        words: [{ text: label, token: end - 1, known: true }],
        at: span,
        ...within,
      };
      return { end, value: { about, comparison: [{ op: 'eq', value: slots['literal'] as Literal }] } };
    });

const REVERSED = ['$source gives:says', '(it|she|them|response|place) gives:says', ''].flatMap((says) => [
  `${says} $literal (as|for|in) column:named [called] $field:field`,
  `${says} $literal (as|for|in) $field:field [column:named]`,
]);

/** "errors in orders": a word before another one, where nothing says that this is a value and that a field. */
const isLoose = (input: Input, at: number, end: number, { says, named, literal, field }: Slots): boolean =>
  (typeof literal === 'string' &&
    named !== true &&
    !input.tokens.slice(at, end).some(({ kind, text }) => kind !== 'word' && text === literal) &&
    !(
      says === true &&
      input.is(input.tokens.findIndex(({ text }, token) => token >= at && text === literal) + 1, 'as', 'for')
    )) ||
  input.means(input.tokens.findIndex(({ text }, token) => token > at && text === field)).some((one) => VERBS.has(one));

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
  [
    // "the field temp of the answer": its name stands behind the word
    ...input.values(at, 'thing').filter(({ value }) => !isPart(input, value as Ref)),
    ...state(input, at),
    ...column(input, at),
    ...personal(input, at),
  ].flatMap(({ end, value }) =>
    [end, ...answersAt(input, end)].flatMap((start) =>
      comparisonAt(input, start).flatMap((found) => [
        ...[found.end, ...answersAt(input, found.end)].map((to) => ({
          end: to,
          value: { about: value as Ref, comparison: found.value },
        })),
        ...saidAt(input, value as Ref, found),
      ]),
    ),
  );

/** "state becomes done at https://…": the address whose answer is meant stands behind the test. */
const saidAt = (input: Input, about: Ref, { end, value }: Found): Found[] =>
  about.kind === 'thing' && about.source === undefined
    ? input.match('(at|in|on|from) [place] $url', end).map((match) => ({
        end: match.end,
        value: {
          about: { ...about, within: placeOf({ type: 'url', url: String(match.slots['url']) }, [end, match.end]) },
          comparison: value,
        },
      }))
    : [];

/** "… in the answer", "… in its body": that the field is one of what was answered says nothing more. */
const answersAt = (input: Input, at: number): number[] =>
  input
    .match('(in|of|from) (response|it|data)', at)
    .filter(({ end }) => !input.is(end - 1, 'data') || /^(body|corps)$/.test(input.tokens[end - 1]?.folded ?? ''))
    .map(({ end }) => end);

/** "the field", which is no name; "the list has at least one", of which a number was said already. */
const isPart = (input: Input, ref: Ref): boolean =>
  ref.kind === 'thing' &&
  ((ref.source === undefined &&
    ref.words.length === 1 &&
    (input.is(ref.words[0]?.token ?? 0, 'column') || /^(stop|arrete|arretez)$/.test(fold(ref.label)))) ||
    ref.where?.some(({ all }) => all.some(({ field }) => field === undefined)) === true);

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
  if (token?.kind !== 'word' || !input.is(at, 'done') || !input.is(at + 1, 'be', 'equals', 'not')) return [];
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

/** Tests of what an address says, which is named in them: `the status at https://… is "done"`. */
export const placedTests: ValueType = (input, at) =>
  input
    .values(at, 'tests')
    .filter(({ value }) => (value as { about: Ref }[]).some(({ about }) => placeIn(about)?.type === 'url'));

/** The place whose answer a test is about. */
export const placeIn = (about: Ref): Source | undefined =>
  about.kind !== 'thing' ? undefined : (about.source ?? (about.within ? placeIn(about.within) : undefined));

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
        .flatMap(({ match, all }) => (match === 'all' && all.every(({ field }) => field !== undefined) ? [all] : []))
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
