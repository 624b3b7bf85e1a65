import type { Found, Input, ValueType } from '../grammar/input';
import { CHANGING } from '../grammar/light';
import { VERBS } from '../lexicon/concepts';

/** Words that tell something and ask for nothing, up to the next sign or the next clause; nothing that a step could need. */
export const remark: ValueType = (input, at) => {
  if (input.beginsClause(at) && input.means(at).some((concept) => VERBS.has(concept))) return [];
  let end = at;
  while (input.tokens[end]?.kind === 'word' && !isSecret(input, end) && !isNext(input, end)) end++;
  const isWhole = end >= input.tokens.length || input.tokens[end]?.kind === 'sign' || isNext(input, end);
  // "so that each ticket_id occurs only once", "so that the newest come first": how things are to be
  const words = input.tokens.slice(at, end);
  const isWanted =
    words.some(({ text }) => /\w_\w/.test(text)) ||
    words.some((_, index) => input.is(at + index, 'highest', 'lowest', 'duplicate', 'on_top', 'distinct'));
  return end > at && isWhole && !isWanted ? [{ end, value: { at: [at, end] } }] : [];
};

const isSecret = (input: Input, at: number): boolean =>
  /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(input.tokens[at]?.text ?? '');

/** "… and delete them", "… then save it": another clause. */
const isNext = (input: Input, at: number): boolean => {
  const after = input.skip(input.skip(at, 'and'), 'then');
  return after > at && input.beginsClause(after);
};

/** Words before something that says how: all readings, so that what follows decides where they end. */
export const leadIn: ValueType = (input, at) => {
  const found: Found[] = [];
  for (let end = at; end < at + 9 && input.tokens[end]?.kind === 'word' && !input.is(end, ...BINDING); end++)
    found.push({ end: end + 1, value: { at: [at, end + 1] } });
  return found;
};

/** The same without words that say how: a field, a link or a cursor that is followed. */
export const plainLead: ValueType = (input, at) =>
  leadIn(input, at).filter(
    ({ end }) =>
      !input.tokens.slice(at, end).some((_, index) => input.is(at + index, 'column', 'follow', 'link', 'cursor')),
  );

/** Words that such a part does not hold: they would say when, for which ones or whether. */
const BINDING = ['not', 'refuse_not', 'only', 'except', 'without', 'if', 'unless', 'otherwise', 'approve', 'then'];

/** What somebody is told: words up to the next sign. */
export const news: ValueType = (input, at) => {
  // "a webhook that carries the list and is signed": how it is, and nothing that it tells
  if (input.is(at, 'carries', 'has') || (input.is(at, 'be') && input.is(input.skip(at, 'be'), 'signed'))) return [];
  let end = at;
  while (input.tokens[end]?.kind === 'word' && !isNext(input, end)) end++;
  return end > at ? [{ end, value: { at: [at, end] } }] : [];
};

/** The same, of three words at least: enough to say why. */
export const told: ValueType = (input, at) => input.values(at, 'remark').filter(({ end }) => end - at >= 3);

/** Words before what a request is for. */
const AIM = {
  en: /^(to|which|that|this|it)$/,
  fr: /^(pour|afin|qui|cela|ceci)$/,
};
const AIMED = 7;

/** What a request is for, behind it: "to start an export", "which starts the export", "pour lancer l'export". */
export const purpose: ValueType = (input, at) => {
  if (!AIM[input.language].test(input.tokens[at]?.folded ?? '')) return [];
  const verb = /^(de|d'|d’)$/.test(input.tokens[at + 1]?.folded ?? '') ? at + 2 : at + 1;
  if (input.tokens[verb]?.kind !== 'word') return [];
  const isInfinitive = /^(to|pour|afin)$/.test(input.tokens[at]?.folded ?? '');
  const isNew =
    input.means(verb).length === 0 && (input.language === 'en' || /(er|ir|re)$/.test(input.tokens[verb]?.folded ?? ''));
  const isSetOff = input.is(verb, 'sets_off');
  if (!isSetOff && !(isInfinitive && (isNew || isGetting(input, verb)))) return [];
  return remarkFrom(input, verb + 1)
    .filter(({ end }) => end - at <= AIMED)
    .map(({ end }) => ({ end, value: { at: [at, end] } }));
};

/** "to get the export going" */
const isGetting = (input: Input, at: number): boolean =>
  /^(get|set)$/.test(input.tokens[at]?.folded ?? '') &&
  [2, 3, 4].some((more) => /^(going|started|running)$/.test(input.tokens[at + more]?.folded ?? ''));

/** Words up to the next sign or clause that change nothing of what is asked for. */
const remarkFrom = (input: Input, at: number): Found[] =>
  remark(input, at).filter(
    ({ end }) => !input.tokens.slice(at, end).some((_, index) => input.is(at + index, ...CHANGING, 'before', 'after')),
  );
