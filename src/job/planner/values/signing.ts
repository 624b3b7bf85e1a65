import type { Input, ValueType } from '../grammar/input';

/** Words at most between what says that something is signed and the secret. */
const WORDS = 8;
/** Small words that stand between them. */
const BETWEEN = ['with', 'by', 'in', 'from', 'be', 'the', 'called', 'colon', 'equals', 'assign', 'of', 'it', 'clitic'];

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

function announced(input: Input, at: number): { end: number; value: unknown }[] {
  let isSaid = false;
  for (let end = at; end < at + WORDS;) {
    const [found] = input.values(end, 'secret');
    if (found && isSaid) {
      const [more] = input.match(
        '(open [signed|secret|apikey] (secret|signed|apikey) close|(in|of|as) [signed] (secret|apikey|signed))',
        found.end,
      );
      return [{ end: more?.end ?? found.end, value: found.value }];
    }
    const says = input.skip(end, ...SIGNED);
    isSaid ||= says > end;
    const next = says > end ? says : input.skip(end, ...BETWEEN, 'secret');
    if (next === end) return [];
    end = next;
  }
  return [];
}

/** The type of an event, with the word that says so: "type x.y", "as type x.y", "x.y the type". */
export const eventType: ValueType = (input, at) =>
  [
    '[with|of|as|and] [event] type [called|colon|equals|of|be|assign] $text:type',
    '[with|of|as|and] [event] type [called|colon|equals|of|be|assign] $identifier:type',
    '($text:type|$dotted:type) [be|colon|equals|as|open] [event] type [close]',
  ].flatMap((shape) => input.match(shape, at).map(({ end, slots }) => ({ end, value: slots['type'] })));

/** A name of several parts: `stock.short`. */
export const dotted: ValueType = (input, at) =>
  /^[\p{L}_][\p{L}\p{N}_-]*(\.[\p{L}_][\p{L}\p{N}_-]*)+$/u.test(input.tokens[at]?.text ?? '') &&
  input.tokens[at]?.kind === 'word'
    ? [{ end: at + 1, value: input.tokens[at]?.text }]
    : [];
