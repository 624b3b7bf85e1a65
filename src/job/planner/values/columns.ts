import type { ValueType } from '../grammar/input';
import { listOf } from './fields';

/** A column of a table that is made. */
export interface ColumnOf {
  name: string;
  /** as PostgreSQL calls it */
  type: string;
  isKey: boolean;
}

/** Types of columns as people call them, by what PostgreSQL calls them. */
const TYPES: [string, RegExp][] = [
  ['text', /^(text|texte|string|varchar|chaine|char)$/],
  ['integer', /^(integer|int|entier|whole|number_int)$/],
  ['bigint', /^(bigint)$/],
  ['numeric', /^(numeric|decimal|number|nombre|numerique|money|montant|real|float)$/],
  ['date', /^(date|day|jour)$/],
  ['timestamptz', /^(timestamp|timestamptz|datetime|horodatage)$/],
  ['boolean', /^(boolean|bool|booleen|flag)$/],
  ['uuid', /^(uuid)$/],
  ['jsonb', /^(json|jsonb)$/],
];

/** A column and its type: `agent (text)`, `id integer primary key`. */
export const columnDef: ValueType = (input, at) => {
  const { kind, text = '' } = input.tokens[at] ?? {};
  if (kind !== 'word' && kind !== 'quoted' && kind !== 'code') return [];
  const opened = input.skip(at + 1, 'open', 'colon');
  const word = input.tokens[opened]?.folded ?? '';
  const type = TYPES.find(([, names]) => names.test(word))?.[0];
  if (type === undefined || input.tokens[opened]?.kind !== 'word') return [];
  const key = input.match('primary_key', opened + 1)[0]?.end;
  const closed =
    opened > at + 1 && input.is(key ?? opened + 1, 'close') ? (key ?? opened + 1) + 1 : (key ?? opened + 1);
  const late = key === undefined ? input.match('[as] primary_key', closed)[0]?.end : undefined;
  const value: ColumnOf = { name: text, type, isKey: (key ?? late) !== undefined };
  return [{ end: late ?? closed, value }];
};

export const columnDefs: ValueType = (input, at) => listOf(input, at, 'column_def');
