import type { Language } from '../../schemas/language';
import type { Finding } from '../../schemas/tool';
import { checkWording } from './wording';

/** Rules for questions to people that a model has worded: nothing but words, and never about secrets. */

export interface QuestionRules {
  language: Language;
  /** most characters */
  longest: number;
  /** most sentences; the last one asks */
  sentences: number;
  /** its place in the answer, as a JSON Pointer */
  pointer?: string;
}

/** Rules for the question about the rows of a request. */
export const ROWS_WORDS = { longest: 300, sentences: 2 } as const;

/** Questions of a document, and characters of each. */
const MOST = 3;
const LONGEST = 200;

/** Anything but letters of Western Europe, spaces and the punctuation of prose; numbers are checked apart. */
const STRANGE = /[^A-Za-z\u00c0-\u024f\p{N}\s,.;:'’‘"“”«»()/&?!…–—‑-]|[×÷]/u;

/** An address without its protocol, or a protocol without its address: `example.com`, `mailto:somebody`. */
const ADDRESS = /\p{L}[.:]\p{L}{2,}|\/\//u;

/** Secrets that nobody may be asked for, in both languages, without accents. */
const SECRETS =
  /(?<![a-z])(?:pass(?:word|code|phrase|key)s?|pwd|mots? (?:de )?passe|(?:secret|security|access|verification|pin) codes?|codes? (?:pin|secrets?|confidentiels?|de securite|de verification|d'acces)|pins?|otp|card (?:number|detail)s?|(?:credit|debit|bank) cards?|cartes? (?:bancaires?|de credit|de paiement|bleues?)|numeros? de (?:la |sa |ta |votre )?carte|cv[vc]|cryptogrammes?|iban|tokens?|jetons?|api[ -]?keys?|cles? (?:d')?api|(?:private|access|secret) keys?|cles? (?:privees?|secretes?|d'acces)|secrets?|log-?ins?|sign-?ins?|credentials?|identifiants?|user ?names?|noms? d'utilisateurs?)(?![a-z])/;

/** The plainest of them, even with their letters spaced out. */
const SPELT = /password|passcode|passphrase|mots?depasse|apikey|creditcard|cartebancaire|credentials/;

/** Checks a question in a model's words. Findings never quote the model. */
export function checkQuestion(words: string, rules: QuestionRules): Finding[] {
  const { sentences, pointer } = rules;
  // compared with an empty sentence: no figures, units or marks are allowed at all
  const found = checkWording('', words, rules);
  const find = (code: string, message: string) =>
    found.push({ code, message, ...(pointer === undefined ? {} : { pointer }) });
  if (STRANGE.test(words.normalize('NFC')) || ADDRESS.test(words))
    find('marks', 'it may hold only letters, spaces and plain punctuation, and no address');
  if (!words.endsWith('?')) find('question', 'it has to end with a question mark');
  const ends = words.match(/[.!?…]+(?=[\s"”»’)]|$)/gu)?.length ?? 0;
  if (ends > sentences)
    find('sentences', sentences === 1 ? 'it has to be one sentence' : `at most ${sentences} sentences`);
  if (asksForSecrets(words)) find('secrets', 'nobody may be asked for passwords, codes, keys, cards or credentials');
  return found;
}

/** Checks the questions of a document. Pointers are below `/questions`. */
export function checkQuestions(questions: readonly string[], language: Language): Finding[] {
  const found = questions.flatMap((words, i) =>
    checkQuestion(words, { language, longest: LONGEST, sentences: 1, pointer: `/questions/${i}` }),
  );
  if (questions.length > MOST)
    found.push({ code: 'many', message: `there are more than ${MOST} questions`, pointer: '/questions' });
  if (new Set(questions.map(lettersOf)).size < questions.length)
    found.push({ code: 'same', message: 'there are questions that are the same', pointer: '/questions' });
  return found;
}

function asksForSecrets(words: string): boolean {
  return SECRETS.test(fold(words).replace(/\s+/g, ' ')) || SPELT.test(lettersOf(words));
}

/** Removes capitals and accents. */
const fold = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[’‘]/g, "'").replace(/[‑–—]/g, '-').toLowerCase();

const lettersOf = (text: string): string => fold(text).replace(/[^a-z]/g, '');
