import { VERBS } from '../lexicon/concepts';
import type { Input } from './input';

/** Words at most between "once" and what has ended. */
const WORDS = 7;

/** What may have ended: what was done before, by a pronoun, or a file, a list or a report that it has made. */
const MADE = [
  'file',
  'csv',
  'json',
  'xlsx',
  'markdown',
  'text',
  'summary',
  'checklist',
  'report',
  'data',
  'copy_noun',
] as const;
const PRONOUN = {
  en: /^(it|this|that|they|these|those|them|everything)$/,
  fr: /^(ce|c'|ça|cela|ceci|celle-ci|celui-ci|celles-ci|ceux-ci|tout|il|elle|ils|elles)$/,
};
/** Words by which something has ended, whatever it was; and those that hold of a thing that is there. */
const ENDED = {
  en: /^(done|finished|through|complete|completed|over|written|saved|stored|copied|deleted|moved|succeeded|succeeds|successful|worked|sent|uploaded|inserted|imported)$/,
  fr: /^(réussie?s?|abouti|passée?s?|faite?s?|finie?s?|terminée?s?|achevée?s?|enregistrée?s?|écrite?s?|copiée?s?|supprimée?s?|déplacée?s?|envoyée?s?|insérée?s?|importée?s?)$/,
};
/** Words by which a consent that was asked for before has come. */
const GIVEN = {
  en: /^(given|granted|obtained|received|there)$/,
  fr: /^(donnée?|obtenue?|accordée?|reçue?|là)$/,
};
const THERE = { en: /^(there|ready|in)$/, fr: /^(là|prête?s?|place)$/ };

/**
 * Token after words that say that what stands before them has ended: "once the file is there", "when all of them have
 * been done", "une fois celle-ci faite". They ask for nothing but the order; a state that somebody else reports ("when
 * the export is ready") is another thing.
 */
export function afterCompletion(input: Input, start: number): number {
  // "si l'envoi a réussi": where it has not, its own step fails
  const isIf = input.tokens[start]?.folded === 'si';
  if (start === 0 || !(isIf || input.is(start, 'after', 'when_seen'))) return start;
  const { language } = input;
  const first = Math.max(input.skip(start, 'when_seen'), input.skip(start, 'after'), isIf ? start + 1 : start);
  let isPronoun = false;
  let isMade = false;
  let isDeed = false;
  for (let at = first; at < first + WORDS; at++) {
    const { kind, text = '', folded = '' } = input.tokens[at] ?? {};
    if (kind !== 'word' || input.is(at, 'not', 'approve', 'approval', 'if')) return start;
    const word = text.toLowerCase();
    const isEnd =
      (ENDED[language].test(word) && (isPronoun || isMade || isDeed)) ||
      (GIVEN[language].test(word) && isPronoun && isAsked(input, start)) ||
      (THERE[language].test(word) && (isMade || (isPronoun && /^(there|là)$/.test(word))));
    if (isEnd && endsHere(input, at + 1)) return at + 1;
    const isSmall =
      input.is(at, 'be', 'has', 'the', 'all', 'light', 'of', 'to', 'in') || /^(all|each|both)$/.test(folded);
    if (PRONOUN[language].test(word)) isPronoun = true;
    else if (input.is(at, ...MADE)) isMade = true;
    else if ((language === 'en' && /ing$/.test(folded)) || isDoneBefore(input, start, at)) isDeed = true;
    else if (!isSmall) return start;
  }
  return start;
}

/** "ask for an approval; when it is given, …". */
const isAsked = (input: Input, start: number): boolean =>
  input.tokens.some((_, before) => before < start && input.is(before, 'approval', 'approve'));

/** "once the upload has succeeded": the name of what a verb before it asks for. */
const isDoneBefore = (input: Input, start: number, at: number): boolean =>
  input
    .means(at)
    .some(
      (concept) =>
        VERBS.has(concept) &&
        input.tokens.some(
          (_, before) => before < start && input.is(before, ...(SENDING.has(concept) ? SENDING : [concept])),
        ),
    );

/** "PUT x to https://…; once it has been sent": verbs that stand for each other. */
const SENDING = new Set(['send', 'post', 'put', 'patch', 'call']);

const endsHere = (input: Input, at: number): boolean =>
  /^[,.;!]$/.test(input.tokens[at]?.text ?? '.') || input.beginsClause(at) || input.values(at, 'thing').length > 0;
