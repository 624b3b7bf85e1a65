export type HeadingLanguage = (typeof languages)[number];

/** Words of headings by language, as `plainWords` gives them, separated by `|`. */
export type Words = Partial<Record<HeadingLanguage, string>>;

/** Languages whose headings we know. */
export const languages = [
  'en',
  'fr',
  'de',
  'es',
  'it',
  'nl',
  'pt',
  'sv',
  'da',
  'tr',
  'pl',
  'zh',
  'ja',
  'ko',
  'ru',
  'ar',
  'cs',
  'hu',
  'fi',
  'ro',
  'no',
  'sk',
  'hr',
  'el',
  'uk',
] as const;
