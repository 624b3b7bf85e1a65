import type { Input, ValueType } from '../grammar/input';
import { VERBS } from '../lexicon/concepts';

/** Words that tell something and ask for nothing, up to the next sign or the next clause; nothing that a step could need. */
export const remark: ValueType = (input, at) => {
  if (input.beginsClause(at) && input.means(at).some((concept) => VERBS.has(concept))) return [];
  let end = at;
  while (input.tokens[end]?.kind === 'word' && !isSecret(input, end) && !isNext(input, end)) end++;
  const isWhole = end >= input.tokens.length || input.tokens[end]?.kind === 'sign' || isNext(input, end);
  return end > at && isWhole ? [{ end, value: { at: [at, end] } }] : [];
};

const isSecret = (input: Input, at: number): boolean =>
  /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(input.tokens[at]?.text ?? '');

/** "… and delete them", "… then save it": another clause. */
const isNext = (input: Input, at: number): boolean => {
  const after = input.skip(input.skip(at, 'and'), 'then');
  return after > at && input.beginsClause(after);
};

/** The same, of three words at least: enough to say why. */
export const told: ValueType = (input, at) => input.values(at, 'remark').filter(({ end }) => end - at >= 3);
