import type { Family } from '../family';
import type { Conditions, Span } from '../reading';
import { Refusal } from '../refusal';
import { identifier } from '../draft/draft';
import { textOf } from '../grammar/slots';
import { isSimple, sqlWhere, valueIn } from './parts/table';
import type { Json } from '../../../../schemas/json';

const SET = 'set_word [column] $field:field [be] (to|as|on|assign) $literal:value';
const TABLE =
  '[database] (table [called] $identifier:table|$identifier:table table|$identifier:table open [that] [be] table close)';

/** Rows of a table that get another value, said in words: "set status to 'closed' for all rows of tickets where …". */
export const changeFamily: Family = {
  name: 'change rows',
  does: 'sets a column of the rows of a table that fulfil conditions',
  examples: [
    "set status to 'closed' for all rows of the table tickets where last_reply is before 2025-12-31",
    "dans la table tickets, mets statut à 'clos' pour les lignes dont note vaut 5",
  ],
  heads: [SET, `(in|on|for) ${TABLE} [comma] ${SET}`],
  slots: [
    `[(for|of|in|on|from|to)] [all:all|each_one:all] [data] [(of|in|from)] ${TABLE}`,
    '[(for|of|in|on)] [all:all|each_one:all] data (of|in|from) [table] $table_name:table',
    '(for|of|in|on) [all:all|each_one:all] [(data|noun|everything|ones|them)] (whose|that|has|with) $conditions:where',
    '(whose|that|has|with) $conditions:where',
    '(for|of|in|on) (all:all|everything:all|each_one:all) [data|noun]',
  ],
  needs: [['field'], ['table'], ['where', 'all']],
  plan({ slots, start, end }, draft) {
    const at: Span = [start, end];
    const where = slots['where'] as Conditions[] | undefined;
    void slots['all'];
    if (where !== undefined && !isSimple(where))
      throw new Refusal(at, 'these conditions are not on fields of the table: say each by its column');
    const table = identifier(textOf(slots['table']));
    const change = `UPDATE ${table} SET ${identifier(textOf(slots['field']))} = ${valueIn(slots['value'] as Json)}`;
    const sql = where === undefined ? change : `${change} WHERE ${sqlWhere(draft, where)}`;
    const step = draft.add('execute_sql', { uses: 'sql.execute', with: { sql: draft.literal(sql) } });
    draft.after(step, textOf(slots['table']), /^sql\./);
    draft.results.set(step, { step, path: 'row_count' });
  },
};
