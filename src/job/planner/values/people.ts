import type { Found, Input, ValueType } from '../grammar/input';
import { CLOSED, JOINTS, VERBS } from '../lexicon/concepts';

/** Words at most that say what is done, or before what. */
const DEED = 7;

/**
 * Somebody who may approve: a name, a role, `me`, or whoever an article stands before ("a curator", "la cheffe de
 * produit"). Undefined stands for whoever asks, and for one who was named before.
 */
export const approver: ValueType = (input, at) => {
  const named = input.values(at, 'person');
  const pronoun = input.ends(at, 'she').map((end) => ({ end, value: undefined }));
  return [...roles(input, at), ...named, ...pronoun];
};

/** "the duty manager", "le chef d'exploitation", "matron". */
function roles(input: Input, at: number): Found[] {
  const start = input.skip(at, 'the', 'each_one');
  const found: Found[] = [];
  for (let end = start; end < start + 3 && isName(input, end); end++)
    if (end === start || input.language === 'en' || !/^(l|d|qu|n|s|j|c|m|t)['’]$/.test(input.tokens[end]?.folded ?? ''))
      found.push(
        ...[end + 1, ...inner(input, end + 1)].map((stop) => ({ end: stop, value: textBetween(input, start, stop) })),
      );
  return found;
}

/** "… de produit", "… d'exploitation", "… of the department": what a role is of. */
const inner = (input: Input, at: number): number[] =>
  input
    .match('of', at)
    .map(({ end }) => end)
    .map((end) => input.skip(end, 'the'))
    .filter((end) => input.tokens[end]?.kind === 'word' && !input.means(end).some((concept) => CLOSED.has(concept)))
    .map((end) => end + 1);

const isName = (input: Input, at: number): boolean =>
  input.tokens[at]?.kind === 'word' &&
  (input.is(at, 'role') ||
    !input
      .means(at)
      .some((concept) => CLOSED.has(concept) || JOINTS.has(concept) || VERBS.has(concept) || APART.has(concept)));

/** Words that stand by a role, and are no part of it. */
const APART = new Set(
  'approval required obtained ought wishes first_of_all data filler status column file table format secret token apikey webhook signed'.split(
    ' ',
  ),
);

const textBetween = (input: Input, from: number, to: number): string =>
  input.tokens
    .slice(from, to)
    .map(({ text }) => text)
    .join(' ')
    .replace(/['’] /g, "'");

/** Words that say in prose what is done; all readings, so that what follows decides where they end. */
export const deed: ValueType = (input, at) => {
  const found: Found[] = [];
  for (let end = at; end < at + DEED && isPlain(input, end); end++)
    found.push({ end: end + 1, value: { at: [at, end + 1] } });
  return found;
};

/** The same, about anything at all: "anything goes out", "you send it", "d'envoyer quoi que ce soit". */
export const anyEffect: ValueType = (input, at) =>
  deed(input, at).filter(({ end }) =>
    Array.from({ length: end - at }, (_, index) => at + index).some((one) =>
      input.is(one, 'any_thing', 'it', 'them', 'clitic'),
    ),
  );

const isPlain = (input: Input, at: number): boolean =>
  input.tokens[at]?.kind === 'word' && !input.is(at, 'before', 'after', 'until', 'without', 'unless', 'if', 'each');

/** That somebody agrees, or has agreed; in French "l'import accepté" is about the import, and nobody agrees. */
export const agrees: ValueType = (input, at) => {
  const has = input.skip(input.skip(at, 'clitic'), 'has');
  const ends = input.ends(has, 'approve');
  const isTold = input.language === 'en' || has > at;
  return ends
    .filter((end) => isTold || end > has + 1 || !/ée?s?$/.test(input.tokens[has]?.text ?? ''))
    .map((end) => ({ end, value: true }));
};
