import type { Input, ValueType } from '../grammar/input';

/** Words at most between what says that something is signed and the secret. */
const WORDS = 10;
/** Small words that stand between them. */
const BETWEEN = [
  'with',
  'by',
  'in',
  'from',
  'be',
  'the',
  'called',
  'colon',
  'equals',
  'assign',
  'of',
  'it',
  'clitic',
  'that',
  'for',
  'use',
  'open',
  'given',
  'located',
  'that_is',
];
/** Words between them that have no other use: "a signature made with …", "using … for the signature". */
const WORDED = /^(made|means|done|using|key|kept|stored|held|taken|cle|faite|fait|tiree?|stockee?|rangee?|moyen|aide)$/;

/**
 * The secret that signs a message, with whatever says so: "signing key in secret X", "the signature is made with the
 * secret X", "clé = secret X", "X (secret)", "X is the secret".
 */
export const signing: ValueType = (input, at) => {
  const said = input
    .values(at, 'secret')
    .flatMap(({ end, value }) =>
      input
        .match('[be|colon|equals|as|open] (signed|secret|apikey) [close]', end)
        .map((match) => ({ end: match.end, value })),
    );
  return [...said, ...announced(input, at)];
};

const SIGNED = ['signed', 'secret', 'apikey'];

/** Words after the secret that say so: "X (secret)", "X from the secrets", "the secret X for signing". */
const AFTER = [
  '(open [the] [signed|secret|apikey] (secret|signed|apikey) close|(in|of|as|from|for) [the] [signed] (secret|apikey|signed))',
];

function announced(input: Input, at: number): { end: number; value: unknown }[] {
  let isSaid = false;
  for (let end = at; end < at + WORDS;) {
    const [found] = input.values(end, 'secret');
    if (found && isSaid) {
      const [more] = AFTER.flatMap((shape) => input.match(shape, found.end));
      return [{ end: more?.end ?? found.end, value: found.value }];
    }
    const says = input.skip(end, ...SIGNED);
    isSaid ||= says > end;
    const word = WORDED.test(input.tokens[end]?.folded ?? '') ? end + 1 : end;
    const next = says > end ? says : Math.max(word, input.skip(end, ...BETWEEN, 'secret'));
    if (next === end) return [];
    end = next;
  }
  return [];
}

/** The type of an event, with the word that says so: "type x.y", "as type x.y", "x.y the type". */
export const eventType: ValueType = (input, at) =>
  [
    '[with|of|as|and|whose|set_word|use|that|has] [event] type [called|colon|equals|of|be|assign|to] $text:type',
    '[with|of|as|and|whose|set_word|use|that|has] [event] type [called|colon|equals|of|be|assign|to] $identifier:type',
    '($text:type|$dotted:type) [be|colon|equals|as|open] [event] type [close]',
  ].flatMap((shape) => input.match(shape, at).map(({ end, slots }) => ({ end, value: slots['type'] })));

/** A name of several parts: `stock.short`. */
export const dotted: ValueType = (input, at) =>
  /^[\p{L}_][\p{L}\p{N}_-]*(\.[\p{L}_][\p{L}\p{N}_-]*)+$/u.test(input.tokens[at]?.text ?? '') &&
  input.tokens[at]?.kind === 'word'
    ? [{ end: at + 1, value: input.tokens[at]?.text }]
    : [];

/** A webhook as a noun phrase, with its type: "a webhook of type x.y", "a signed x.y webhook", "the webhook x.y". */
export const hook: ValueType = (input, at) =>
  HOOKS.flatMap((shape) => input.match(shape, at)).map(({ end, slots }) => ({ end, value: { type: slots['type'] } }));

const HOOKS = [
  '[single] [signed] ($dotted:type|$text:type) [signed] webhook',
  '[single] [signed] webhook [signed] [event] (type|called|) [called|colon|of|equals] ($dotted:type|$text:type)',
  '[single] [signed] webhook [signed] (of|with|as|that|has) [the] [event] type [called|colon|of|equals] ($dotted:type|$text:type|$identifier:type)',
];
