import { endsSentence, isSoft } from './clauses';
import { afterCompletion } from './completion';
import type { Lead } from '../family';
import type { Input } from './input';

/** Separators, words of order and fillers before a clause. */
export function readLead(input: Input, start: number): Lead {
  // a statement of SQL ends where another sentence begins, with or without a full stop
  const isNew =
    start === 0 || (input.tokens[start - 1]?.kind === 'sql' && /^\p{Lu}/u.test(input.tokens[start]?.text ?? ''));
  const lead: Lead = { at: start, kind: isNew ? 'sentence' : 'none', beforehand: false, skipped: [] };
  for (;;) {
    const next = step(input, lead);
    if (next === lead.at) return lead;
    lead.at = next;
  }
}

function step(input: Input, lead: Lead): number {
  const { at } = lead;
  const token = input.tokens[at];
  if (!token) return at;
  if (token.kind === 'sign' && endsSentence(token.text)) {
    lead.kind = 'sentence';
    return at + 1;
  }
  const numbered = afterNumbering(input, at);
  if (numbered > at) return numbered;
  const beforehand = input.skip(at, 'beforehand');
  if (beforehand > at) {
    lead.beforehand = true;
    return beforehand;
  }
  const then = Math.max(input.skip(at, 'then'), afterCompletion(input, at));
  if (then > at) {
    if (lead.kind !== 'sentence' || isFirst(lead)) lead.kind = 'then';
    return then;
  }
  if (isArrow(input, at)) {
    if (lead.kind !== 'sentence') lead.kind = 'then';
    return at + 1;
  }
  if ((token.kind === 'sign' && isSoft(token.text)) || input.is(at, 'and')) {
    if (lead.kind === 'none') lead.kind = 'soft';
    return Math.max(at + 1, input.skip(at, 'and'));
  }
  const first = input.skip(at, 'first_of_all');
  if (first > at && opensClause(input, first)) {
    lead.first = true;
    return first;
  }
  const filler = input.skip(at, 'filler');
  const isReason = input.is(at, 'reason') && input.match('reason $remark', at).length > 0;
  // "if you'd be so kind" begins like a condition
  const isPhrase = filler >= at + 3;
  if (filler > at && !isReason && (isPhrase || !input.beginsClause(at) || input.beginsClause(filler))) {
    lead.skipped.push([at, filler]);
    return filler;
  }
  if (isMeans(input, at)) {
    lead.means = true;
    return at + 1;
  }
  const purpose = input.skip(at, 'to_do');
  return purpose > at && input.beginsClause(purpose) && !input.beginsClause(at) ? purpose : at;
}

/** "by joining …", "en joignant …", "x.csv that combines …": how what stands before it is made. */
const isMeans = (input: Input, at: number): boolean =>
  (input.tokens[at - 1]?.kind === 'path' && input.is(at, 'that') && input.is(at + 1, 'join', 'group')) ||
  (/^(by|en)$/.test(input.tokens[at]?.folded ?? '') &&
    (input.language === 'en' ? /ing$/ : /ant$/).test(input.tokens[at + 1]?.folded ?? '') &&
    !input.beginsClause(at) &&
    input.beginsClause(at + 1));

/** "a.csv -> keep … -> b.csv": an arrow before what is done next, and not before the place where it goes. */
const isArrow = (input: Input, at: number): boolean =>
  input.is(at, 'arrow') &&
  input.tokens[at + 1]?.kind === 'word' &&
  input.match('$format', at + 1).length === 0 &&
  input.match('[the] (table|file|folder|database|memory|context|place)', at + 1).length === 0;

/** "First, fetch …": a word of order before a clause, and not "the biggest first". */
const opensClause = (input: Input, at: number): boolean =>
  input.match('$number', at).length === 0 && at < input.tokens.length && !endsSentence(input.tokens[at]?.text);

/** "1." and "2)" before an element of a list. */
function afterNumbering(input: Input, at: number): number {
  const isNumber = input.tokens[at]?.kind === 'number' && /^\d{1,2}$/.test(input.tokens[at]?.text ?? '');
  return isNumber && ['.', ')'].includes(input.tokens[at + 1]?.text ?? '') ? at + 2 : at;
}

const isFirst = ({ at, kind }: Lead): boolean => at > 0 && kind === 'sentence';

/** "Check afterwards …", "vérifie ensuite …": the clause comes after what stands before it, though the word stands behind its verb. */
export const isOrderedInside = (input: Input, start: number): boolean =>
  [start + 1, start + 2].some((at) => input.is(at, 'then') && isMidway(input, at));

/** "Compter ensuite les notices": a word of order after the verb. */
const isMidway = (input: Input, at: number): boolean =>
  input.is(at, 'midway') &&
  isVerb(input, at - 1) &&
  (input.is(at - 1, 'has_do') ||
    !input.beginsClause(input.skip(at, 'midway')) ||
    isThing(input, input.skip(at, 'midway')));

/** "poste ensuite la liste": what the verb before is about, though its name is a verb as well. */
const isThing = (input: Input, at: number): boolean => {
  const noun = input.skip(at, 'the');
  return noun > at && input.is(noun, 'noun', 'data', 'response');
};

/** A verb, or the pronoun that hangs on it: "envoyez-la ensuite". */
export const isVerb = (input: Input, at: number): boolean =>
  input.beginsClause(at) || (/^-/.test(input.tokens[at]?.text ?? '') && input.beginsClause(at - 1));

/** Token after commas and "and"; undefined where the clause ends in any case. */
export function readSeparator(input: Input, start: number): number | undefined {
  let at = start;
  for (;;) {
    const token = input.tokens[at];
    if (!token || (token.kind === 'sign' && endsSentence(token.text))) return undefined;
    if (input.is(at, 'beforehand')) return undefined;
    if (input.is(at, 'then') && !input.is(at, 'of', 'append_mode') && !isMidway(input, at)) return undefined;
    if (isArrow(input, at)) return undefined;
    if ((token.kind === 'sign' && isSoft(token.text)) || input.is(at, 'and'))
      at = Math.max(at + 1, input.skip(at, 'and'));
    else return at;
  }
}
