import { Type, type Static } from 'typebox';

/** Languages that the platform writes in. */
export const languages = ['en', 'fr'] as const;
export type Language = (typeof languages)[number];

/** A value for each of the languages. */
export const Bilingual = Type.Object({ en: Type.String(), fr: Type.String() }, { additionalProperties: false });
export type Bilingual = Static<typeof Bilingual>;
