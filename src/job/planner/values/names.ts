import type { Input, ValueType } from '../grammar/input';
import { isInert, isName, RESTRICTING } from '../grammar/inert';
import { CLOSED } from '../lexicon/concepts';
import { path } from './scalars';

/** A name that somebody chose: in quotes, or a word that is not one of the small ones. */
export const name: ValueType = (input, at) => {
  const token = input.tokens[at];
  if (!token) return [];
  if (token.kind === 'quoted' || token.kind === 'code') return [{ end: at + 1, value: token.text }];
  // "sheet 2024", "the sheet May"
  const isCapital = token.kind === 'word' && /^\p{Lu}/u.test(token.text);
  if (input.is(at - 1, 'sheet') && (token.kind === 'number' || isCapital)) return [{ end: at + 1, value: token.text }];
  if (token.kind !== 'word' || input.means(at).some((concept) => CLOSED.has(concept))) return [];
  return [{ end: at + 1, value: token.text }];
};

/** A word that has no other meaning in a goal, such as `customers` or `userId`. */
export const identifier: ValueType = (input, at) => {
  const token = input.tokens[at];
  if (token?.kind === 'code' || token?.kind === 'quoted')
    return /\s/.test(token.text) ? [] : [{ end: at + 1, value: token.text }];
  // "lis d'abord le fichier"
  if (token?.kind !== 'word' || (token.folded === 'abord' && input.language === 'fr')) return [];
  const meanings = input.means(at);
  if (meanings.some((concept) => CLOSED.has(concept))) return [];
  return [{ end: at + 1, value: token.text }];
};

/** An id: one word, with or without digits, as it is written. */
export const idWord: ValueType = (input, at) => {
  const { kind, text = '' } = input.tokens[at] ?? {};
  return /^(word|quoted|code|number)$/.test(kind ?? '') && /^[\w-]+$/.test(text) && !isSmall(input, at)
    ? [{ end: at + 1, value: text }]
    : [];
};

const isSmall = (input: Input, at: number): boolean => input.means(at).some((concept) => CLOSED.has(concept));

/** A folder by its name, without a slash. */
export const folderName: ValueType = (input, at) =>
  // "list the folder first", "dans ce dossier"
  input.is(
    at,
    'workspace',
    'file',
    'folder',
    'first_of_all',
    'then',
    'beforehand',
    'midway',
    'now',
    'also',
    'filler',
  ) ||
  // "lis d'abord le fichier"
  input.skip(at - 1, 'first_of_all', 'then', 'midway') > at ||
  /^(sous-(dossier|repertoire)s?|sub-?(folder|director(y|ie))s?)$/.test(input.tokens[at]?.folded ?? '') ||
  (input.is(at, 'memory', 'database') && !input.is(at - 1, 'folder'))
    ? []
    : [...identifier(input, at), ...path(input, at)];

/** The name of a table by itself: nothing that an article stands before, and no place of another kind. */
export const tableName: ValueType = (input, at) =>
  input.is(at - 1, 'the') ||
  input.is(at, 'database', 'file', 'folder', 'table', 'memory', 'context', 'workspace', 'format', 'common')
    ? []
    : identifier(input, at);

/** A word that is looked for as it stands: a code, or in capitals. */
export const codeWord: ValueType = (input, at) => {
  const { kind, text = '' } = input.tokens[at] ?? {};
  const isMethod = input.values(at, 'method').length > 0;
  return kind === 'word' && isName(text) && !isMethod ? [{ end: at + 1, value: text }] : [];
};

/** The name of a list, which begins no clause of its own. */
export const listName: ValueType = (input, at) => (input.beginsClause(at) ? [] : identifier(input, at));

/** Who logs in: "as admin", and not "with the JSON fields …". */
export const loginName: ValueType = (input, at) =>
  input.values(at, 'format').length > 0 || input.is(at, 'column', 'parameter') ? [] : name(input, at);

/** The name of a table before the word itself, as English has it: "the new table" and "export table" have none. */
export const tableBefore: ValueType = (input, at) =>
  input.language !== 'en' ||
  (input.beginsClause(at) && !input.is(at - 1, 'the')) ||
  RESTRICTING.test(input.tokens[at]?.text ?? '') ||
  input.is(at, 'update_word', 'create_it', 'same') ||
  // "mets à jour la table"
  input.is(at - 2, 'update') ||
  input.is(at - 1, 'update')
    ? []
    : identifier(input, at);

/** The name of a table after the word itself: "the table goes to …" names none. */
export const tableId: ValueType = (input, at) =>
  // "de cette table les lignes": what is of the table, and not its name
  (input.is(at - 1, 'the') && !input.is(at - 1, 'called')) ||
  input.is(at, 'goes', 'given', 'located', 'be', 'must', 'gives', 'matter', 'done', 'called', 'same')
    ? []
    : identifier(input, at);

/** "our table volunteers", "the archive table kegs": the name after the word, whatever says which table it is. */
export const tableWords: ValueType = (input, at) => {
  let end = input.skip(at, 'the');
  while (end < at + 3 && isInert(input, end) && !input.is(end, 'table')) end++;
  return input.is(end, 'table') && end > at ? tableId(input, input.skip(end + 1, 'called')) : [];
};

/** A name of several words, which begins with a capital: `Office move`. */
export const capitals: ValueType = (input, at) => {
  if (!/^\p{Lu}/u.test(input.tokens[at]?.text ?? '') || input.tokens[at]?.kind === 'quoted') return [];
  let end = at + 1;
  while (
    end < at + 5 &&
    /^(word|number)$/.test(input.tokens[end]?.kind ?? '') &&
    !input.means(end).some((concept) => CLOSED.has(concept))
  )
    end++;
  const texts = input.tokens.slice(at, end).map(({ text }) => text);
  return [{ end, value: texts.join(' ') }];
};

/** Words behind the label of a title, up to a sign: "title Open todos, …", "titre : Reste à faire." */
export const labelText: ValueType = (input, at) => {
  if (input.tokens[at]?.kind !== 'word' || !/^\p{Lu}/u.test(input.tokens[at]?.text ?? '')) return [];
  let end = at;
  while (end < at + 8 && /^(word|number)$/.test(input.tokens[end]?.kind ?? '')) end++;
  const isWhole = end >= input.tokens.length || input.tokens[end]?.kind === 'sign';
  const text = (to: number): string =>
    input.tokens
      .slice(at, to)
      .map(
        (token, index) =>
          ((input.tokens[at + index - 1]?.to ?? 0) === token.from || index === 0 ? '' : ' ') + token.text,
      )
      .join('');
  return [...(isWhole ? [{ end, value: text(end) }] : []), ...capitals(input, at)];
};

/** A name that only a value of the memory can have: no file, and one word of several parts. */
export const slotName: ValueType = (input, at) =>
  identifier(input, at).filter(({ value }) => /^\w+_\w+$/.test(String(value)));
