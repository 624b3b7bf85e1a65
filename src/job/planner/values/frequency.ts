import type { Found, Input, ValueType } from '../grammar/input';

/** How often something is asked, after the words that lead to it. */
const OFTEN = [
  '(every|per) $duration:every',
  'apart_by $duration:every',
  '$duration:every apart [[of|each_one|the] [$number:pair] (check_noun|them|it)]',
  '[at|in|with] $duration:every interval',
  'interval [of|be|colon|equals] $duration:every',
] as const;

/** Verbs of asking, as a participle has them. */
const ASKING = ['poll', 'look', 'fetch', 'call', 'list', 'query'] as const;

/** Words that may lead to it: "(one check per …)", "with a request every …", "en la vérifiant toutes les …". */
const LEADING = ['the', 'with', 'at', 'by', 'single', 'check_noun', 'it', 'them', 'clitic', 'there', 'again'] as const;

/** Words at most before it. */
const WORDS = 6;

/**
 * How often something is asked, however it is said: "every 30 seconds", "checking at intervals of …", "(one request
 * per …)", "with … between checks", "avec … entre deux vérifications", "à raison d'une requête toutes les …". In
 * brackets it is taken whole.
 */
export const frequency: ValueType = (input, at) => {
  const opened = input.skip(at, 'open');
  return after(input, opened, 0).flatMap(({ end, value }): Found[] => {
    const enough = input.skip(end, 'enough');
    if (opened === at) return [{ end: enough, value }];
    const closed = input.skip(enough, 'close');
    return closed > enough ? [{ end: closed, value }] : [];
  });
};

function after(input: Input, at: number, words: number): Found[] {
  const found = OFTEN.flatMap((shape) =>
    input.match(shape, at).map(({ end, slots }) => ({ end, value: slots['every'] })),
  );
  if (found.length > 0 || words === WORDS) return found;
  const next = Math.max(input.skip(at, ...LEADING), isAsking(input, at) ? input.skip(at, ...ASKING) : at);
  return next > at ? after(input, next, words + 1) : [];
}

/** "checking", "en interrogeant": the verb of a part, and no clause of its own; its imperative begins one. */
const isAsking = (input: Input, at: number): boolean =>
  input.is(at, ...ASKING) && /(ing|ant)$/.test(input.tokens[at]?.folded ?? '');
