import type { Clause, Family, Lead } from '../family';
import { endsSentence } from './clauses';
import { afterAside, isName, RESTRICTING, TIMES } from './inert';
import type { Input } from './input';
import { CHANGING } from './light';

/** Cost of a part that asks for nothing, and of each of its words: less than a part that is not understood. */
const REMARK = 4;
const WORD = 0.25;

/** Words that a statement begins with: articles, possessives, and who does something. */
const SUBJECTS = {
  en: /^(the|our|my|their|his|her|its|we|they|he|she|it|i|this|these|those|that|there|there's|it's|a|an|some|somebody|people|everybody|each)$/,
  fr: /^(le|la|les|l'|nos|notre|mes|mon|ma|leurs?|il|ils|elle|elles|ce|c'|ça|cela|ces|cette|cet|un|une|des|j'|je)$/,
};
/** Words by which somebody asks for something, or says what must and must not be. */
const ASKING = {
  en: /^(must|should|shall|needs?|needed|ought|wants?|wanted|wish|wishes|would|like|may|can|could|please|lets?|you|your|sure|'d|don't|do|not|never|nothing|immediately|now)$/,
  fr: /^(doi(s|t|vent|vez)|devra|devront|devrait|devez|faut|faudra|faudrait|veux|veut|voudrais?|souhait.*|peu[xt]|pouvez|merci|besoin|aimerais?|ne|n'|pas|jamais|rien|immédiatement|aussitôt|suite|on|nous|vous|tu|moins|plus|meilleure?s?)$/,
};
/** Concepts that change what a goal asks for wherever they stand, or of which steps are made. */
const HEAVY = [
  ...CHANGING,
  'approve',
  'approval',
  'context',
  'table',
  'webhook',
  'token',
  'secret',
  'total',
  'average',
  'counting',
  'descending',
  'ascending',
  'memory',
  'overwrite',
  'highest',
  'lowest',
  'minimum',
  'maximum',
  'top',
  'on_top',
  'first_of_all',
  'next_page',
  'cursor',
  'sort',
  'dedupe',
  'duplicate',
] as const;
/** Readings of what stands at a lead as something that asks for nothing; told in the notes. */
export function remarks(input: Input, lead: Lead, family: Family): Clause[] {
  const signed = Math.max(afterNames(input, lead), afterFeeling(input, lead));
  const bracketed = afterBracket(input, lead.at);
  if (bracketed > lead.at)
    return [{ family, start: lead.at, end: bracketed, lead, slots: {}, skipped: lead.skipped, cost: REMARK }];
  const end =
    signed > lead.at
      ? signed
      : lead.kind === 'none'
        ? afterParts(input, lead.at)
        : Math.max(afterStatement(input, lead), afterParts(input, lead.at), afterQuestion(input, lead));
  if (end === lead.at || !endsPart(input, end)) return [];
  // a question before a statement of SQL is what that statement answers
  const isAnswered = input.tokens[end]?.text === '?' && input.tokens[end + 1]?.kind === 'sql';
  const cost = isAnswered ? 0 : REMARK + WORD * (end - lead.at);
  return [{ family, start: lead.at, end, lead, slots: {}, skipped: lead.skipped, cost }];
}

/** First persons, who speak of themselves. */
const FIRST = { en: /^(i|we)$/, fr: /^(je|j'|nous|on)$/ };
/** What they feel, or what they do themselves. */
const FEELING = {
  en: /^(hope|love|thank|promise|apologise|apologize|fear|guess|myself|ourselves)$/,
  fr: /^(espère|espérons|remercie|remercions|crains|craignons|profite|moi-même|nous-mêmes)$/,
};

/**
 * Token after a sentence in which somebody tells what they feel, do themselves or saw: "I hope that the reader keeps up",
 * "I shall print it myself", "last week's mix-up was embarrassing". It holds no place and no text, and asks nobody.
 */
function afterFeeling(input: Input, { at: start, kind }: Lead): number {
  if (kind === 'none' || input.beginsClause(start)) return start;
  const isFirst = FIRST[input.language].test(input.tokens[start]?.folded ?? '');
  let isFelt = false;
  let isPast = false;
  let at = start;
  for (; input.tokens[at]?.kind === 'word' || input.tokens[at]?.kind === 'number'; at++) {
    const { folded = '', text = '' } = input.tokens[at] ?? {};
    isFelt ||= isFirst && FEELING[input.language].test(text.toLowerCase());
    isPast ||= kind === 'sentence' && at > start && /^(was|were|était|étaient)$/.test(text.toLowerCase());
    const isAddressed = /^(you|your|please|tu|merci)$/.test(folded) || (folded === 'vous' && !isFelt && at > start + 1);
    if (isAddressed || /[_]|\p{Ll}\p{Lu}/u.test(text) || (input.is(at, ...HEAVY) && !/^(que|qu'|de|d')$/.test(folded)))
      return start;
  }
  const isWhole = at - start >= 3 && endsPart(input, at) && input.tokens[at]?.text !== ':';
  return isWhole && (isFelt || (isPast && !isPassive(input, start, at))) ? at : start;
}

/** "field main.temp", where "columns a, b, c" says what there is, or what is wanted. */
export const isOneField = (input: Input, at: number): boolean =>
  input.is(at, 'column') && !/s$/.test(input.tokens[at]?.folded ?? '');

/** Token after what stands in brackets and tells something: "(in °C)", "(the lab counts twice a day)". */
export function afterBracket(input: Input, start: number): number {
  // "(field main.temp)" names something, "(semicolons between them)" how a file is read
  if (
    /^(semicolons?|commas?|tabs?|pipes?|points?-virgules?|virgules?|tabulations?)$/.test(
      input.tokens[start]?.folded ?? '',
    )
  )
    return start;
  if (!input.is(start - 1, 'open') || isOneField(input, start)) return start;
  let at = start;
  while (
    /^[°!?,]$/.test(input.tokens[at]?.text ?? '') ||
    (input.tokens[at]?.kind === 'word' && (isTelling(input, at) || /^veu(len)?t$/.test(input.tokens[at]?.folded ?? '')))
  )
    at++;
  // "leur chiffre (ca)": one word that nobody knows may be the name that the data has
  const { text = '' } = input.tokens[start] ?? {};
  if (at === start + 1 && (input.means(start).length === 0 || text === 'ca') && !text.includes('.')) return start;
  return input.is(at, 'close') && !isPassive(input, start, at) ? at : start;
}

/** "Thanks, Ingrid", "Hi Anna, …": somebody's name beside a greeting. */
function afterNames(input: Input, { at, skipped }: Lead): number {
  let end = at;
  while (end < at + 3 && /^\p{Lu}\p{Ll}/u.test(input.tokens[end]?.text ?? '') && !input.beginsClause(end)) end++;
  const isLast = end === input.tokens.length || (end === input.tokens.length - 1 && input.tokens[end]?.text === '.');
  return skipped.length > 0 && (isLast || (skipped[0]?.[0] === 0 && /^[,!–—-]$/.test(input.tokens[end]?.text ?? '')))
    ? end
    : at;
}

/** Token after parts with a preposition each: "for the board of the harbour", "on Monday". */
function afterParts(input: Input, start: number): number {
  let at = start;
  for (;;) {
    const next = afterAside(input, at);
    // a word by itself may be a verb that nobody knows
    if (next === at || (at === start && next === at + 1)) return at;
    at = next;
  }
}

/** Token after a question that opens a goal, and which what follows it answers: "how many hours went into each project?". */
function afterQuestion(input: Input, { at: start }: Lead): number {
  const first = input.tokens[start]?.folded ?? '';
  if (
    start > 2 ||
    !/^(how|which|what|who|where|when|why|combien|quel|quels|quelle|quelles|qui|ou|quand|pourquoi)$/.test(first)
  )
    return start;
  let at = start;
  while (input.tokens[at]?.kind === 'word' || input.tokens[at]?.text === ',') at++;
  const isAnswered = input.tokens.slice(at).some(({ kind }) => /^(url|path|sql)$/.test(kind));
  return input.tokens[at]?.text === '?' && isAnswered ? at : start;
}

/** Token after a sentence that tells something: "the disk is filling up again". */
function afterStatement(input: Input, { at: start }: Lead): number {
  const { language } = input;
  if (
    (!SUBJECTS[language].test(input.tokens[start]?.folded ?? '') && !isPeople(input, start)) ||
    input.is(start, 'approval', 'approve') ||
    // "rename column a to b and the column c to d"
    input.is(start + 1, 'column')
  )
    return start;
  let at = start;
  for (; input.tokens[at]?.kind === 'word' && !endsPart(input, at); at++) if (!isTelling(input, at)) return start;
  const isQuestion = input.tokens[at]?.text === '?';
  return at - start >= 3 && !isQuestion && !isPassive(input, start, at) ? at : start;
}

/** "auditors are here": somebody or something that no goal speaks of, and what they are. */
const isPeople = (input: Input, at: number): boolean =>
  input.tokens[at]?.kind === 'word' &&
  !RESTRICTING.test(input.tokens[at]?.text ?? '') &&
  input.means(at).every((concept) => concept === 'role') &&
  /^(is|are|est|sont)$/.test(input.tokens[at + 1]?.folded ?? '');

/** What is done to things by words behind them: "a version of a.csv rid of two columns". */
const SHAPED = ['remove', 'delete', 'keep', 'filter', 'group', 'join', 'rename', 'without', 'only'] as const;

/** Token after what is told of a thing that stands first: "… needs a wash:", "… are counted every night". */
export function afterTelling(input: Input, start: number): number[] {
  if (input.is(start, 'and', 'or', 'to', 'in', 'as', 'from', 'by', 'with', 'goes', ...SHAPED)) return [];
  let at = start;
  let isAsking = false;
  for (; input.tokens[at]?.kind === 'word' && at < start + 12; at++) {
    if (input.is(at, ...HEAVY)) return [];
    isAsking ||= !isTelling(input, at);
  }
  const isExplained = input.tokens[at]?.text === ':' || (input.tokens[at]?.text === ',' && input.is(at + 1, 'reason'));
  const isAgent = input.tokens.slice(start, at).some(({ folded }) => /^(by|par)$/.test(folded));
  const isPlain = !isAsking && (isAgent || !isPassive(input, start, at));
  return at - start >= 2 && endsPart(input, at) && (isExplained || isPlain) ? [at] : [];
}

function isTelling(input: Input, at: number): boolean {
  const { folded = '', text = '' } = input.tokens[at] ?? {};
  const isWish =
    input.language === 'en' && /^wants?$/.test(folded) && !/^(i|we)$/.test(input.tokens[at - 1]?.folded ?? '');
  const isTime = input.is(at, 'then') && [at + 1, at + 2].some((next) => TIMES.test(input.tokens[next]?.folded ?? ''));
  if ((ASKING[input.language].test(folded) && !isWish) || (input.is(at, ...HEAVY) && !isTime)) return false;
  if (isName(text)) return false;
  // "has to be", "are to stay", "à imprimer"
  if (input.language === 'en' && folded === 'to' && input.is(at - 1, 'be', 'has')) return false;
  if (input.language === 'fr' && folded === 'a' && /(er|ir|re)$/.test(input.tokens[at + 1]?.folded ?? '')) return false;
  if (!input.is(at, 'before', 'after')) return true;
  return [at + 1, at + 2].some((next) => TIMES.test(input.tokens[next]?.folded ?? ''));
}

/** "the letters are printed": a sentence in the passive may say what is to be done. */
function isPassive(input: Input, start: number, end: number): boolean {
  const participle =
    input.language === 'en'
      ? /(ed|sent|put|written|kept|made|done|given|taken|told|shown|brought|paid|sold|cut|run)$/
      : /(ée?s?|ise?s?|ite?s?|ue?s?)$/;
  const be = input.language === 'en' ? /^(is|are|be|gets?|being)$/ : /^(est|sont|sera|seront|soit|soient)$/;
  for (let at = start; at < end; at++)
    if (be.test(input.tokens[at]?.folded ?? ''))
      for (const next of [at + 1, at + 2])
        if (next < end && participle.test(input.tokens[next]?.text.toLowerCase() ?? '')) return true;
  return false;
}

/** True where a part ends: before a sign that parts clauses, or where the goal does. */
function endsPart(input: Input, at: number): boolean {
  const token = input.tokens[at];
  return token === undefined || (token.kind === 'sign' && (endsSentence(token.text) || /^[,:–—-]$/.test(token.text)));
}
