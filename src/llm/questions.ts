import type { Language } from '../../schemas/language';
import type { Finding } from '../../schemas/tool';
import { checkWording } from './wording';

/** What questions to people may be that a model has worded: words alone, and none that ask for a secret. */

export interface QuestionRules {
  language: Language;
  /** most characters */
  longest: number;
  /** most sentences; the last one asks */
  sentences: number;
  /** where it stands in the answer, as a JSON Pointer */
  pointer?: string;
}

/** Of the words that ask for the rows of a request. */
export const ROWS_WORDS = { longest: 300, sentences: 2 } as const;

/** Questions of a document, and characters of each. */
const MOST = 3;
const LONGEST = 200;

/** Letters of Western Europe, spaces, and what prose is punctuated with; numbers are looked at apart. */
const STRANGE = /[^A-Za-z\u00c0-\u024f\p{N}\s,.;:'’‘"“”«»()/&?!…–—‑-]|[×÷]/u;

/** An address without its protocol, or a protocol without its address: `example.com`, `mailto:somebody`. */
const ADDRESS = /\p{L}[.:]\p{L}{2,}|\/\//u;

/** What nobody may be asked for, in both languages, without accents. */
const SECRETS =
  /(?<![a-z])(?:pass(?:word|code|phrase|key)s?|pwd|mots? (?:de )?passe|(?:secret|security|access|verification|pin) codes?|codes? (?:pin|secrets?|confidentiels?|de securite|de verification|d'acces)|pins?|otp|card (?:number|detail)s?|(?:credit|debit|bank) cards?|cartes? (?:bancaires?|de credit|de paiement|bleues?)|numeros? de (?:la |sa |ta |votre )?carte|cv[vc]|cryptogrammes?|iban|tokens?|jetons?|api[ -]?keys?|cles? (?:d')?api|(?:private|access|secret) keys?|cles? (?:privees?|secretes?|d'acces)|secrets?|log-?ins?|sign-?ins?|credentials?|identifiants?|user ?names?|noms? d'utilisateurs?)(?![a-z])/;

/** The plainest of them, also where their letters are pulled apart. */
const SPELT = /password|passcode|passphrase|mots?depasse|apikey|creditcard|cartebancaire|credentials/;

/** What is wrong with a question in a model's words. Findings never quote what the model wrote. */
export function checkQuestion(words: string, rules: QuestionRules): Finding[] {
  const { sentences, pointer } = rules;
  // held against no sentence: it may say no figure, name no unit and hold no mark at all
  const found = checkWording('', words, rules);
  const find = (code: string, message: string) =>
    found.push({ code, message, ...(pointer === undefined ? {} : { pointer }) });
  if (STRANGE.test(words.normalize('NFC')) || ADDRESS.test(words))
    find('marks', 'it may hold letters, spaces and plain punctuation alone, and no address');
  if (!words.endsWith('?')) find('question', 'it has to end with a question mark');
  const ends = words.match(/[.!?…]+(?=[\s"”»’)]|$)/gu)?.length ?? 0;
  if (ends > sentences)
    find('sentences', sentences === 1 ? 'it has to be one sentence' : `at most ${sentences} sentences`);
  if (asksForSecrets(words)) find('secrets', 'nobody may be asked for passwords, codes, keys, cards or credentials');
  return found;
}

/** What is wrong with the questions of a document. Pointers are below `/questions`. */
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
  return SECRETS.test(folded(words).replace(/\s+/g, ' ')) || SPELT.test(lettersOf(words));
}

/** Without capitals and accents. */
const folded = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[’‘]/g, "'").replace(/[‑–—]/g, '-').toLowerCase();

const lettersOf = (text: string): string => folded(text).replace(/[^a-z]/g, '');
