import type { Language } from '../../schemas/language';

/** Picks the wording in a language; both stand side by side in the code, so that neither is forgotten. */
export type Say = (english: string, french: string) => string;

export function sayIn(language: Language): Say {
  return (english, french) => (language === 'fr' ? french : english);
}
