import type { Language } from '../../schemas/language';
import type { Finding } from '../../schemas/tool';

/** Rules for a model that rewords sentences written by rules: other words, and nothing else. */

export interface WordingRules {
  language: Language;
  /** most characters */
  longest: number;
  /** true if it may have several lines */
  lines?: boolean;
  /** its place in the answer, as a JSON Pointer */
  pointer?: string;
}

/** A number as written, with its sign, and with the sign of its unit if that touches it. */
const NUMBER =
  /(?:[−-](?=[€$£¥]?\d))?[€$£¥]?\d(?:[\d.,'’\u202f\u00a0]*\d)?(?:[\u202f\u00a0 ]?[%‰€$£¥])?|[\p{Nd}\p{Nl}\p{No}]/gu;

/** Words for figures, also as ranks, run together, or as Roman numerals. */
const FIGURES =
  /(?<![\p{L}\p{M}])(?:zero|two|three|four|five|six|seven|eight|nine|tens?|eleven|twelve|\p{L}+teen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\p{L}*|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf|\p{L}+teen|\p{L}+tie)ths?|\p{L}*(?:hundred|thousand|million|billion|milliard)\p{L}*|dozens?|half|halv\p{L}*|quarters?|thirds?|twice|thrice|doubl\p{L}*|tripl\p{L}*|quadrupl\p{L}*|(?:two|three|four|five|six|seven|eight|nine|ten)fold|percent|zéro|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|\p{L}*(?:vingt|(?:trent|quarant|cinquant|soixant)(?:e|aine))\p{L}*|cents?|mille|milliers?|(?:deux|trois|quatr|cinqu|six|sept|huit|neuv|dix|onz|douz|treiz|quatorz|quinz|seiz|cent|mill)ièmes?|douzaines?|dizaines?|quinzaines?|centaines?|demie?s?|moitiés?|tiers|quarts?|pour-?cent|[ivx]{2,})(?![\p{L}\p{M}])/giu;

/** Words for units. */
const UNITS =
  /(?<![\p{L}\p{M}])(?:seconds?|minutes?|hours?|days?|daily|weeks?|weekly|months?|monthly|years?|yearly|annual(?:ly)?|euros?|dollars?|pounds?|secondes?|heures?|jours?|journ\p{L}+|semaines?|hebdomadaires?|mois|mensuel\p{L}*|ans|années?|annuel\p{L}*|livres?|eur|usd|gbp|chf|jpy)(?![\p{L}\p{M}])/giu;

/** A year in French, but an article in English. */
const AN = /(?<![\p{L}\p{M}])an(?![\p{L}\p{M}])/giu;

/** Marks of Markdown, markup, links and addresses. */
const MARKS = /[<>[\]{}|`*#_~\\^@]|:\/\/|www\./giu;

/** The numbers of a text as written, without inner spaces; sorted, with repeats. */
export function numbersOf(text: string): string[] {
  return [...text.matchAll(NUMBER)].map(([found]) => found.replace(/[\u202f\u00a0 ]/g, '')).sort();
}

/**
 * Checks other words for a sentence. Their numbers have to be those of the sentence: the same digits, as often, and no
 * others. Figures in words, units, marks and invisible characters may not be added. Findings quote numbers of the
 * sentence, and never the model.
 */
export function checkWording(sentence: string, words: string, rules: WordingRules): Finding[] {
  const { language, longest, lines = false, pointer } = rules;
  const found: Finding[] = [];
  const find = (code: string, message: string) =>
    found.push({ code, message, ...(pointer === undefined ? {} : { pointer }) });
  if (words.trim() === '') find('empty', 'there are no words');
  if (words.length > longest) find('long', `there are more than ${longest} characters`);
  if (/\p{Cs}|\p{Cf}|\p{Co}|(?![\n])\p{Cc}/u.test(words)) find('characters', 'there are invisible characters');
  if (!lines && /[\r\n\u2028\u2029]/.test(words)) find('lines', 'it has to be one line');
  if (numbersOf(words).join(' ') !== numbersOf(sentence).join(' '))
    find('numbers', `the numbers have to be exactly these, written so: ${numbersOf(sentence).join(' ') || 'none'}`);
  if (adds(sentence, words, FIGURES)) find('figures', 'a figure is said in words that the sentence does not say');
  if (adds(sentence, words, UNITS) || (language === 'fr' && adds(sentence, words, AN)))
    find('units', 'a unit is named that the sentence does not name');
  if (adds(sentence, words, MARKS))
    find('marks', 'there are marks, links or addresses that the sentence does not have');
  if (!isIn(language, words)) find('language', language === 'fr' ? 'it has to be French' : 'it has to be English');
  return found;
}

function adds(before: string, after: string, pattern: RegExp): boolean {
  const all = (text: string) => [...text.normalize('NFKC').matchAll(pattern)].map(([found]) => found.toLowerCase());
  const known = new Set(all(before));
  return all(after).some((one) => !known.has(one));
}

const COMMON = {
  en: /(?<!\p{L})(?:the|and|of|to|is|are|in|for|with|this|that|on|by|you|your|we|please|from|be|it|not|a|an|per|each|what)(?!\p{L})/giu,
  fr: /(?<!\p{L})(?:le|la|les|et|de|des|du|un|une|est|sont|en|pour|avec|ce|cette|que|qui|sur|par|vous|votre|nous|dans|il|ne|pas|au|aux|à)(?!\p{L})|(?<!\p{L})[ldnsjcq][’'](?=\p{L})/giu,
} as const;

/** Guesses by the commonest words; a text too short to tell is in either language. Only Latin letters are allowed. */
function isIn(language: Language, text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (latin < letters) return false;
  const other = language === 'fr' ? 'en' : 'fr';
  const [own, foreign] = [text.match(COMMON[language])?.length ?? 0, text.match(COMMON[other])?.length ?? 0];
  return own > foreign || (own === foreign && text.split(/\s+/).length <= 8);
}
