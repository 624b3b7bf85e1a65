import type { Found, Input, ValueType } from '../grammar/input';
import type { Span } from '../reading';

/** Which rows of two joined lists are kept, and the words that say so. */
export type How = 'inner' | 'left' | 'right' | 'outer';
export interface Survivors {
  how: How;
  /** words that may name the list whose rows all stay */
  names: string[];
  at: Span;
}

const KINDS: [RegExp, How][] = [
  [/\b(full|outer|externe|complete)\b/, 'outer'],
  [/\b(inner|interne)\b/, 'inner'],
];

/** The kind of a join: "inner join", "full outer join", "left join", "jointure externe complète", "(inner)". */
export const joinKind: ValueType = (input, at) => {
  const found: Found[] = [];
  for (let end = at; end < at + 4 && input.tokens[end]?.kind === 'word'; end++) {
    const word = input.tokens[end]?.folded ?? '';
    if (
      !/^(inner|left|right|full|outer|join|joins|joined|a|an|jointure|interne|externe|gauche|droite|complete|une)$/.test(
        word.replace(/-join$/, ''),
      )
    )
      break;
    const said = input.tokens
      .slice(at, end + 1)
      .map(({ folded }) => folded.replaceAll('-', ' '))
      .join(' ');
    const isJoin =
      /\bjoin(ed|s)?\b|\bjointure\b/.test(said) || /^(join|jointure)$/.test(input.tokens[at - 1]?.folded ?? '');
    const side = /\b(left|gauche)\b/.test(said) ? 'left' : /\b(right|droite)\b/.test(said) ? 'right' : undefined;
    // "complète les lignes" is what is done
    if (said === 'complete') continue;
    // "left" and "right" by themselves are places
    const how = side !== undefined ? (isJoin ? side : undefined) : KINDS.find(([words]) => words.test(said))?.[1];
    if (how !== undefined) found.push({ end: end + 1, value: how });
  }
  return found.reverse();
};

const BOTH = /^(both|either|deux)$/;
const STAYING =
  /^(stays?|remain|remains|kept|keep|keeping|appear|appears|included|show|lost|missing|dropped|disappear|rester|restent|reste|garder|garde|gardes|gardant|conserver|conserve|conservant|apparaitre|apparaissent|figurer|figurent|perdre|perdu|perdues?|perdus|disparaitre|manquer|interessent|interesse|presents?|presentes?|conservees?|conserves|gardees?|retained?|retaining|retenir|want|wants|veut|veux|wanted|need)$/;
const ALL = /^(all|every|each|everything|everyone|everybody|tous|toutes|tout|toute|chaque|an|a|une?)$/;
const LOST =
  /^(lost|lose|losing|loses|drop|dropped|dropping|discard|discarded|omit|omitted|missing|disappear|perdre|perdus?|perdues?|perdant|disparaitre|manquer|ecarter|ecartee?s?|exclure|exclue?s?|supprimer|supprimee?s?|omettre|omise?s?)$/;
/** Words by which rows are in it besides: "including stock that has none", "y compris les employés sans équipe". */
const INCLUDING = /^(including|retaining|compris|incluant)$/;
const LACKING = /^(without|no|none|not|isn't|aren't|hasn't|haven't|unmatched|sans|aucune?|pas)$/;

/**
 * What is said of the rows that stay when two lists are joined: "only people who are in both", "every shipment stays even
 * when there's no carrier for it", "an invoice without a vendor must not get lost", "tout le monde doit rester".
 */
export const survivors: ValueType = (input, at) => {
  const found: Found[] = [];
  if (input.beginsClause(at) && !beginsStatement(input, at) && !input.is(at, 'keep', 'only', 'who_me', 'fetch', 'not'))
    return [];
  for (let end = at; end < at + 20; end++) {
    const token = input.tokens[end];
    const isInside = token?.text === ',' && input.is(end + 1, 'even');
    if (token !== undefined && (token.kind === 'word' || (token.kind === 'path' && end > at) || isInside)) continue;
    const how = howOf(input, at, end);
    if (how !== undefined)
      found.push({ end, value: { how, names: namesIn(input, at, end), at: [at, end] } satisfies Survivors });
    break;
  }
  return found;
};

/** Words that such a statement may begin with, though clauses of their own may too. */
const beginsStatement = (input: Input, at: number): boolean =>
  /^(without|sans|y|including|retaining|also|aussi|incluant|all|every|each|no|tous|toutes|aucune?)$/.test(
    input.tokens[at]?.folded ?? '',
  );

/** The same right behind the fields that lists are joined by: "on id without losing any order". */
export const behindFields: ValueType = (input, at) => (beginsStatement(input, at) ? survivors(input, at) : []);

function howOf(input: Input, from: number, to: number): How | undefined {
  const tokens = input.tokens.slice(from, to);
  const words = tokens.map(({ folded }) => folded);
  const has = (pattern: RegExp): boolean => words.some((word) => pattern.test(word));
  const isOnly = tokens.some((_, index) => input.is(from + index, 'only')) || (has(/^(ne|n')$/) && has(/^(que|qu')$/));
  if (tokens.some((_, index) => input.is(from + index, 'column'))) return undefined;
  const isBoth = has(BOTH);
  const isDenied =
    tokens.some((_, index) => input.is(from + index, 'not')) || /^(no|none|without|aucune?|sans)$/.test(words[0] ?? '');
  if (isOnly && isBoth) return has(/^(either|un|one)$/) ? undefined : 'inner';
  if (isOnly) return undefined;
  if (has(INCLUDING) && words.slice(1).some((word) => LACKING.test(word))) return 'left';
  if (!has(STAYING) && !has(LOST)) return undefined;
  // "must not get lost" stays, "must stay" too; "must not stay" and "gets lost" are something else
  if (isDenied !== has(LOST)) return undefined;
  if (isBoth) return 'outer';
  return ALL.test(words[0] ?? '') ||
    words.some((word, index) => index > 0 && /^(all|every|each|tous|toutes|chaque)$/.test(word)) ||
    has(/^(even|meme)$/) ||
    // "without losing any", "stock rows without a price must stay"
    words.some((word, index) => index > 0 && LACKING.test(word)) ||
    /^(no|aucune?)$/.test(words[0] ?? '') ||
    words.some((word) => /^(any|aucune?)$/.test(word))
    ? 'left'
    : undefined;
}

const namesIn = (input: Input, from: number, to: number): string[] =>
  input.tokens
    .slice(from, to)
    .filter((_, index) => !input.is(from + index, 'the', 'all', 'be', 'of', 'to', 'must'))
    .map(({ kind, text }) => (kind === 'path' ? text.replace(/^.*\/|\.\w+$/g, '') : text));
