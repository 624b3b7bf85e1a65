import type { ValueType } from '../grammar/input';
import { path, pointer } from './scalars';

/** A file by itself behind a sign, with the word that says that something goes there: ". Into menu.txt." */
export const lonePath: ValueType = (input, at) =>
  /^[.,]$/.test(input.tokens[at - 1]?.text ?? '')
    ? input
        .match('(destination|in) [$format] [file] [called] $path:path $end', at)
        .map(({ end, slots }) => ({ end, value: slots['path'] }))
    : [];

/** A file of text, which a report can be: not one that is read. */
export const textPath: ValueType = (input, at) =>
  path(input, at).filter(({ value }) => /\.(md|markdown|txt|html?)$/i.test(String(value)));

/** A file that a template may stand in: no table, and no JSON. */
export const templateFile: ValueType = (input, at) =>
  path(input, at).filter(({ value }) => !/\.(csv|tsv|xlsx?|ods|json|pdf|zip)$/i.test(String(value)));

/** The field of an answer that names what comes next: `next_cursor`, `meta.next`, `page_suivante`. */
export const nextName: ValueType = (input, at) =>
  pointer(input, at).filter(({ value }) => /next|cursor|curseur|suivante?|after|continuation/i.test(String(value)));
