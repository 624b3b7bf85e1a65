import { VERBS } from '../lexicon/concepts';
import type { Input } from './input';

/** Concepts that a word may have and yet carry nothing: names of data, people and places, articles, auxiliaries. */
const PLAIN = new Set(
  `noun data response compound place light the filler midway role there user word clitic she who_me all here english
  subject_line what use known somewhere any_thing single also now later up others product link list title page it them
  what_is obtained has be been type value_word common same side ones approval_step possessive given located living check_noun apart
  order_word rising comes points data_itself join_key placeholders
  replaced taken_from one_row only_once occurs_once repeats`.split(/\s+/),
);

/** Prepositions that begin a part such as "of the morning", "in the harbour". */
const BINDING = {
  en: /^(of|for|about|from|in|on|at|during|behind|near|around|over|among|'s)$/,
  fr: /^(de|du|des|d'|pour|dans|en|sur|chez|à|au|aux|depuis|pendant|lors|près|entre)$/,
};
/** Those of them that may say where something goes or comes from, unless a time follows: "on our intranet", "on Monday". */
const PLACING = { en: /^(from|in|on|at|over)$/, fr: /^(dans|en|sur|chez|à|au|aux|depuis)$/ };
/** Times of a day, a week or a year, which are no places. */
export const TIMES =
  /^(lunch|noon|midday|breakfast|dinner|weekend|meeting|holidays?|mornings?|afternoons?|evenings?|nights?|midnight|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|christmas|easter|dejeuner|midi|minuit|reunion|matin|soir|nuit|vacances|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|noel|paques|week-end|apres-midi)$/;
/** Particles of verbs: "copy it over to", "bring them back". */
const PARTICLES = /^(over|across|along|back|down|off|away|through|round|out|up|together|straight|right)$/;

/**
 * Words that choose among things, or say when, how much or how: "the unpaid ones", "last week's", "immediately". They
 * change what is asked for, and are never skipped.
 */
export const RESTRICTING =
  /(ed|ly|able|ible|less|ous|éee?s?|ées?|és|ables?|ibles?|euse?s?|eux)$|^(active|inactive|open|new|old|late|latest|last|first|top|big|biggest|large|largest|small|smallest|cheap|expensive|free|live|dead|due|recent|recently|current|pending|urgent|important|different|missing|valid|invalid|public|private|main|premium|remaining|overdue|paid|unpaid|outstanding|incomplete|complete|initial|monthly|yearly|weekly|daily|initiale?s?|mensuel(le)?s?|annuel(le)?s?|female|male|adult|foreign|local|other|nouveaux|nouvelles?|anciens|anciennes|ouverts?|ouvertes?|actifs?|actives?|inactifs|récents|récentes|grands|petits|chers|autres|urgents|urgentes|impay.*)$/i;
const TIMELY =
  /^(yesterday|today|tomorrow|tonight|ago|since|last|next|previous|week|weeks|month|months|year|years|quarter|hier|aujourd.*|demain|dernière?s?|prochaine?s?|semaines?|mois|années?|ans?|trimestres?)$/i;
const JUDGING =
  /^(good|bad|high|low|heavy|light|dodgy|odd|strange|weird|wrong|right|sure|enough|usual|necessary|few|many|most|half|very|too|quite|rather|bons?|bonnes?|mauvais|lourds?|lourdes?|gros|habituels?|habituelles?|assez|peu|très|trop|plutôt|pas|plus|moins)$/i;

/** Whose something is: "its", "leurs". */
export const POSSESSIVE = /^(its|his|her|their|son|sa|ses|leurs?)$/;

/** True for what is written as names of fields, codes and abbreviations are: `due_date`, `dueDate`, `A4`, `SKU`. */
export const isName = (text: string): boolean => /[_\d]|\p{Ll}\p{Lu}|^\p{Lu}{2,}$/u.test(text);

/** True for a word that carries nothing of what is to be done: neither value, verb of a family, choice nor order. */
export function isInert(input: Input, at: number): boolean {
  const token = input.tokens[at];
  if (token?.kind !== 'word' || isName(token.text)) return false;
  if (RESTRICTING.test(token.text) || TIMELY.test(token.folded) || JUDGING.test(token.text)) return false;
  if (input.values(at, 'number').length > 0) return false;
  return input.means(at).every((concept) => PLAIN.has(concept));
}

/** Days, which are names with a capital and choose nothing after "for" and "on". */
const DAY = /^(monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/i;

/** A name of somebody or of a place: "in Kent" says which ones. */
const isProper = (input: Input, at: number): boolean =>
  /^\p{Lu}/u.test(input.tokens[at]?.text ?? '') && !DAY.test(input.tokens[at]?.text ?? '');

/** Token after a word, or a part with its preposition, that carries nothing; `at` itself if what stands there may. */
export function afterInert(input: Input, at: number): number {
  const { folded = '', kind } = input.tokens[at] ?? {};
  if (kind !== 'word') return at;
  if (PARTICLES.test(folded) && input.language === 'en' && input.values(at + 1, 'number').length === 0) return at + 1;
  const isBinding = BINDING[input.language].test(folded);
  if (!isBinding) return isInert(input, at) && !isProper(input, at) && !input.beginsClause(at) ? at + 1 : at;
  let end = input.skip(at + 1, 'the');
  const first = end;
  if (end > at + 1 && isDeed(input, end)) end++;
  while (
    (isInert(input, end) || /^'s?$/.test(input.tokens[end]?.folded ?? '')) &&
    !isProper(input, end) &&
    !input.is(end, 'the') &&
    end < first + 4
  )
    end++;
  return end > first && !isTyped(input, end) && !input.is(end, ...KINDS) ? end : at;
}

/** What a name may stand before: "in the crm database". */
const KINDS = ['database', 'table', 'file', 'folder', 'column', 'mem_space', 'memory'] as const;

/** The same at the end of a clause, where a place would be missing from it: "post it on our intranet". */
export function afterAside(input: Input, at: number): number {
  const { folded = '' } = input.tokens[at] ?? {};
  const end = afterInert(input, at);
  return PLACING[input.language].test(folded) && !TIMES.test(input.tokens[end - 1]?.folded ?? '') ? at : end;
}

/** "for the trigger": what does something is a name behind an article. */
const isDeed = (input: Input, at: number): boolean => {
  const { kind, text = '' } = input.tokens[at] ?? {};
  const meanings = input.means(at);
  return (
    kind === 'word' &&
    !isName(text) &&
    !RESTRICTING.test(text) &&
    meanings.length > 0 &&
    meanings.every((one) => VERBS.has(one) || one === 'sets_off')
  );
};

/** An address, a path, a text or a number: what stands before it says what it is for. */
const isTyped = (input: Input, at: number): boolean =>
  at < input.tokens.length && !/^(word|sign)$/.test(input.tokens[at]?.kind ?? 'word');
