import { createContext, useContext } from 'react';

export type Language = 'en' | 'fr';

/** The same words in another language: a text for a text, a function of the same values for a function. */
type Translated<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => string
    ? (...args: A) => string
    : T[K] extends string
      ? string
      : Translated<T[K]>;
};

export interface Words<T> {
  en: Translated<T>;
  fr: Translated<T>;
}

/** Words of a page or part in each language. What is missing in one does not compile. */
export const defineWords = <const T extends object>(en: T, fr: Translated<T>): Words<T> => ({
  en: en as Translated<T>,
  fr,
});

export interface LanguageChoice {
  language: Language;
  choose: (language: Language) => void;
}

export const LanguageContext = createContext<LanguageChoice>({ language: 'en', choose: () => undefined });

export const useLanguage = (): LanguageChoice => useContext(LanguageContext);

/** The words in the reader's language. */
export const useWords = <T>(words: Words<T>): Translated<T> => words[useLanguage().language];

/** `1 order`, `2 orders`, by the rules of the language. */
export function counted(language: Language, count: number, one: string, other: string): string {
  const number = new Intl.NumberFormat(language).format(count);
  return `${number} ${new Intl.PluralRules(language).select(count) === 'one' ? one : other}`;
}
