import type { Found, Input, ValueType } from '../grammar/input';
import { endsSentence } from '../grammar/clauses';
import { literal } from './literals';

/** A space of texts that are remembered: that of all workflows, or one by its name. */
export const space: ValueType = (input, at) => [
  ...['common (mem_space|memory)', '(mem_space|memory) common'].flatMap((shape) =>
    input
      .match(shape, at)
      .filter(() => !input.is(at, 'same_space'))
      .map(({ end }) => ({ end, value: 'shared' })),
  ),
  ...['[memory of] mem_space [of memory] [called] $name:space', '$name:space mem_space'].flatMap((shape) =>
    input
      .match(shape, at)
      .filter(({ slots }) => !/^(shared|partagée?|memory|mémoire|same|même|this|that)$/.test(String(slots['space'])))
      .map(({ end, slots }) => ({ end, value: slots['space'] })),
  ),
];

/** Words up to the end of their sentence, as they are written. */
export const sentence: ValueType = (input, at) => {
  let end = at;
  while (end < input.tokens.length && !endsSentence(input.tokens[end]?.text) && !isThen(input, end)) end++;
  // "… that ramp 6 is shut and post it to https://…": another thing to do
  const isMore = input.tokens
    .slice(at, end)
    .some(({ kind }, index) => /^(url|path|sql)$/.test(kind) || isNext(input, at + index));
  const isChoosing =
    input.is(at, 'everything') || input.tokens.slice(at, end).some((_, index) => isWhose(input, at + index));
  return end > at + 1 && !isChoosing && !isMore ? [{ end, value: { at: [at, end] } }] : [];
};

/** "…, then save": what comes next is another clause in any case. */
const isThen = (input: Input, at: number): boolean => {
  const start = input.tokens[at]?.text === ',' ? at + 1 : at;
  const then = input.skip(start, 'then');
  return then > start && input.beginsClause(then);
};

const isNext = (input: Input, at: number): boolean =>
  (input.is(at, 'and', 'then') || input.tokens[at]?.text === ',') &&
  input.beginsClause(input.skip(input.skip(at, 'and'), 'then') + (input.tokens[at]?.text === ',' ? 1 : 0));

/** "retiens que ceux dont a vaut 1" chooses rows. */
const isWhose = (input: Input, at: number): boolean => /^(whose|dont)$/.test(input.tokens[at]?.folded ?? '');

/** What is looked for: words up to a sign. */
export const query: ValueType = (input, at) => {
  const token = input.tokens[at];
  if (token?.kind === 'quoted') return [{ end: at + 1, value: { at: [at, at + 1] } }];
  let end = at;
  while (input.tokens[end]?.kind === 'word' && !input.is(end, 'not', 'if', 'at_most', 'mem_space', 'memory')) {
    if (input.is(end, 'and') && input.beginsClause(end + 1)) break;
    end++;
  }
  // "look up delivery days of suppliers in the shared memory": what stands before the place of it
  const ends = [end, ...Array.from({ length: Math.max(0, end - at - 1) }, (_, index) => end - 1 - index)];
  return end > at
    ? ends
        .filter(
          (one) => one === end || (input.is(one, 'in', 'from', 'of') && input.values(one + 1, 'space').length > 0),
        )
        .map((one) => ({ end: one, value: { at: [at, one] } }))
    : [];
};

/** A value that stands where there is none: "16:00", a number, a text. */
export const fallback: ValueType = (input, at): Found[] => {
  const [hour, sign, minute] = input.tokens.slice(at, at + 3);
  if (hour?.kind === 'number' && sign?.text === ':' && minute?.kind === 'number' && hour.to === sign.from)
    return [{ end: at + 3, value: `${hour.text}:${minute.text}` }];
  return literal(input, at);
};
