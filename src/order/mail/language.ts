import type { Language } from '../../../schemas/language';
import { plainWords } from '../understanding/text';

const WORDS: Record<Language, ReadonlySet<string>> = {
  fr: new Set(
    'le la les des du une nous vous je est pour avec bonjour merci votre notre veuillez livraison ci cordialement'.split(
      ' ',
    ),
  ),
  en: new Set(
    'the and of to we you is for with hello dear please your our thank thanks regards delivery order'.split(' '),
  ),
};

/** Language of a mail by its common words; undefined where few speak for one. */
export function languageOf(text: string): Language | undefined {
  const words = text
    .slice(0, 5_000)
    .split(/\r|\n/)
    .flatMap((line) => plainWords(line).split(' '));
  const count = (language: Language) => words.filter((word) => WORDS[language].has(word)).length;
  const [fr, en] = [count('fr'), count('en')];
  if (Math.max(fr, en) < 2 || Math.max(fr, en) < 2 * Math.min(fr, en)) return undefined;
  return fr > en ? 'fr' : 'en';
}
