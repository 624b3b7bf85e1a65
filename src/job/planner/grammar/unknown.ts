import type { Family } from '../family';
import type { Refused } from '../refusal';
import type { Span } from '../reading';
import { fold } from '../text/fold';
import type { Parse } from './clauses';
import type { Input } from './input';

const NEAR = 4;

/** The parts of a goal that were not understood, each with the verb that it belongs to. */
export const unknownParts = (input: Input, families: readonly Family[], parse: Parse, goal: string): Refused[] =>
  parse.unknown.map((span) => refusalOf(input, families, span, wholePart(input, parse, span), goal));

/** The part with the clause before it that it hangs on, unless that is longer than the part itself. */
function wholePart(input: Input, { clauses }: Parse, [start, end]: Span): Span {
  const clause = clauses.find((one) => one.end === start);
  if (!clause || wordsIn(input, [clause.start, start]) > wordsIn(input, [start, end])) return [start, end];
  return [clause.start, end];
}

const wordsIn = (input: Input, [start, end]: Span): number =>
  input.tokens.slice(start, end).reduce((sum, { text }) => sum + (text.match(/[\p{L}\p{N}_]+/gu) ?? []).length, 0);

function refusalOf(input: Input, families: readonly Family[], span: Span, named: Span, goal: string): Refused {
  const [start, end] = span;
  const from = input.tokens[named[0]]?.from ?? 0;
  const to = input.tokens[named[1] - 1]?.to ?? goal.length;
  const said = input.text(start, end, goal);
  const similar = input.tokens
    .slice(start, end)
    .filter(({ kind, folded }) => kind === 'word' && !input.lexicon.knows(folded))
    .flatMap(({ folded }) => input.lexicon.nearTo(folded).slice(0, 1));
  const message =
    named[0] === start && beginsPart(input, start)
      ? `I do not know what "${said}" should do`
      : `I do not know what "${said}" means here`;
  const sentence = goal.slice(Math.max(0, from - 40), Math.min(goal.length, to + 80));
  return {
    part: goal.slice(from, to),
    from,
    to,
    message,
    near: [...similar.slice(0, 2), ...nearParts(families, sentence)].slice(0, NEAR),
  };
}

const beginsPart = (input: Input, at: number): boolean => {
  const before = input.tokens[at - 1];
  return before === undefined || before.kind === 'sign' || input.is(at - 1, 'and', 'then', 'filler');
};

/** Examples of what can be planned that share most words with a part of a goal. */
export function nearParts(families: readonly Family[], part: string): string[] {
  const words = new Set(fold(part).match(/[a-z]{3,}/g) ?? []);
  return families
    .flatMap(({ examples }) =>
      examples.map((example) => ({
        example,
        shared: (fold(example).match(/[a-z]{3,}/g) ?? []).filter((word) => words.has(word)).length,
      })),
    )
    .sort((a, b) => b.shared - a.shared)
    .slice(0, 3)
    .map(({ example }) => example);
}
