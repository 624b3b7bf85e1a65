import type { Family } from '../family';
import { identifier } from '../draft/draft';
import { textOf } from '../grammar/slots';
import { Refusal } from '../refusal';
import { databaseIn } from './parts/table';
import type { ColumnOf } from '../values/columns';

/** Tables that are made, with their columns. */
export const createTableFamily: Family = {
  name: 'create table',
  does: 'makes a table with columns of given types',
  examples: [
    'create a table leave with the columns agent (text), first_day (date) and days (integer)',
    'crée une table conges avec les colonnes agent (texte) et debut (date)',
  ],
  heads: [
    'create_it [single] [new] table [called] $identifier:table',
    'create_it [it|clitic] (as|called) $identifier:table',
    '[single] new table called $identifier:table',
    '[single] new:announced table',
  ],
  slots: [
    '[comma|colon] [with|has] [column] [colon|open] $column_defs:columns [close]',
    '[(in|of|on)] database [called] $identifier:database',
  ],
  tails: ['[comma|open] primary_key [colon|be] [column] $identifier:key [close]', '[comma] if_missing:gently'],
  needs: [
    ['table', 'announced'],
    ['columns', 'announced'],
  ],
  plan({ slots, end }, draft) {
    if (slots['table'] === undefined || slots['columns'] === undefined) {
      const isSaid = draft.input.tokens.some((_, token) => token >= end && draft.input.is(token, 'create_it'));
      if (slots['announced'] === true && isSaid) return;
      throw new Refusal(draft.span, 'say what the table is called, and its columns with their types');
    }
    const table = identifier(textOf(slots['table']));
    const key = slots['key'] === undefined ? undefined : textOf(slots['key']);
    const columns = (slots['columns'] as ColumnOf[]).map(({ name, type, isKey }) =>
      [identifier(name), type, ...(isKey || name === key ? ['PRIMARY KEY'] : [])].join(' '),
    );
    const gently = slots['gently'] === true ? 'IF NOT EXISTS ' : '';
    const sql = `CREATE TABLE ${gently}${table} (${columns.join(', ')})`;
    const step = draft.add('create_table', {
      uses: 'sql.execute',
      with: { sql: draft.literal(sql), ...databaseIn(slots) },
    });
    draft.results.set(step, { step, path: 'row_count' });
  },
};
