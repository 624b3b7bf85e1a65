import type { Language } from '../../schemas/language';

/** Picks the wording of a language; both stand side by side where they are used, so that neither is forgotten. */
export type Say = (english: string, french: string) => string;

export function sayIn(language: Language): Say {
  return (english, french) => (language === 'fr' ? french : english);
}
