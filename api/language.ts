import type { Request } from 'express';
import { languages, type Language } from '../schemas/language';

/** The language of the sentences of an answer: the first of `Accept-Language` that there is, else English. */
export const languageOf = ({ req }: { req: Pick<Request, 'acceptsLanguages'> }): Language => {
  const wanted = req.acceptsLanguages([...languages]);
  return languages.find((language) => language === wanted) ?? 'en';
};
