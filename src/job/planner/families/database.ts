import type { JsonObject } from '../../../../schemas/json';
import { open } from '../draft/sources';
import type { Clause, Family } from '../family';
import type { Conditions, Ref, Span } from '../reading';
import { Baseless, Refusal } from '../refusal';
import { type Draft, identifier } from '../draft/draft';
import { CONDITION } from '../values/conditions';
import { WHERE_SLOTS } from './parts/rows';
import { databaseIn, isSimple, lastTable, sqlWhere } from './parts/table';
import { placeOrThing, takeRows } from './parts/take';
import type { Slots } from '../grammar/input';
import { textOf } from '../grammar/slots';
import { settingsOf } from './parts/body';
import type { Setting } from '../values/settings';
import { BEHIND } from '../values/tables';

/** Rows into tables. */
export const insertFamily: Family = {
  name: 'insert',
  does: 'inserts rows into a table',
  examples: [
    'insert them into table todos',
    'load data/users.csv into the table users, skipping duplicates',
    'insère-les dans la table clients',
  ],
  heads: [
    'insert_into column $fields:columns (to|in|as|into) table [called] $identifier:table',
    'insert',
    'upsert:update',
    'save',
    'send',
    'update:update table $identifier:table (with|from|by|of) $thing:what',
    'update:update table $identifier:table [(in|of|from|open) database [called] $identifier:database [close]] (with|from|by|of) $thing:what',
    '(generate|append_mode|add) [single] [new] (message|data|notice)',
    'create_it:create [the] table [called] $identifier:table [if_missing] [comma] [and] [light|there] (insert|save)',
    '(insert_into|upsert:update) $thing:what inside $table_name:table',
    'insert [single] [new] (data|ones|message) inside $table_name:table [colon|with]',
    '(insert_into|insert) column $fields:columns [open nothing_else close] (of|from) $source:source inside $table_name:table',
    'generate $sourced:what inside $table_place:*',
    'fill_table $table_place:* [(with|from|by|of) $thing:what]',
    '$table_place:* (must|ought) [be] (receive|fill_table) [(with|from|by)] $thing:what',
  ],
  slots: [
    '$new_row:row',
    '[of] $thing:what',
    '(to|as|into|inside) $table_place:*',
    '(to|as|into) [database] table [called] $identifier:table',
    '(to|as|into) [database] table [called] $identifier:table open [column] $fields:columns close',
    '(to|as|into) [single] new:create [database] table [called] $identifier:table',
    'inside $dotted:table',
    '(to|into|in) same:same_table [same] table',
    '[(in|of|to|from|on)] database [[called] $identifier:database]',
    '(with|by|on) column $fields:key',
    '(by|on) $fields:key',
    ...WHERE_SLOTS,
    'column $fields:columns',
    '[comma|colon] [with|of] [single] [new] (data|ones|message) [with|of|colon] $cells:row',
    '[comma] (with|open) $cells:row [close]',
    '[single] [new] (data|ones|message)',
    '[single] [new] (data|ones|message) (with|of|for) $fields:row_fields [(of|from|in) (context:of_context|response|it)]',
    '[the] [value_word] $fields:row_fields (of|from|in) (context:of_context|response)',
    '(to|in|into) (it:into_it|there:into_it)',
  ],
  tails: [
    'be done',
    '[comma] [colon|with] $cells:row',
    '[comma] $sourced:what',
    '[comma] join (on|by) [column] $fields:key',
    '[comma] (use|with|by) [column] $fields:key (as|for) (key_word|column)',
    '[comma|open] [in|of|on] database [called] $identifier:database [close]',
    '[(with|by|on)] [open] skip_existing:skip [close]',
    '[(with|by|on)] [open] update_existing:update [(by|on|with) $fields:key] [close]',
    '[open] [if|whose] [column] [open] $field:key_field [close] known [comma] [update_word:update|takes_new:update|skip_word:skip|keeps_old:skip] [close]',
    '[open] (update_word:update|skip_word:skip) [it|them|clitic|any] (if|that|whose) [column] $field:key_field known [close]',
    '[open] (update_word:update|skip_word:skip) [it|them|clitic|any|ones|data] [(if|that)] known [close]',
    '[open] (update_word:update|skip_word:skip) [it|them|clitic|any|ones|data] [(if|that)] known (with|by|on|of) [same] [column] $fields:key [close]',
    '[comma] [with|by] (takes_new:update|keeps_old:skip) (data|ones|noun|them) [that] (has|with|of) same [column] $fields:key',
    '[open] column [colon|be|open] $fields:key [close] [comma] (update_existing:update|skip_existing:skip) [close]',
    '[open] column [colon|be|open] $fields:key [close] [comma] (update_word:update|skip_word:skip) [(if|that)] [known] [close]',
    '[open] column [colon|be|open] $fields:key [close]',
    '[(with|by)] create_table:create',
    '[comma|open] [that] [must|ought] [be] [table] [it|clitic] [to_do] create_it:create [it|clitic|table] if_missing [close]',
    '[comma|open] [if] if_missing [comma] create_it:create [it|clitic|table] [close]',
    '[open] column [colon|be|open] $fields:key [close]',
    '[with] column be $fields:key',
    'open column [called|colon|equals] $fields:key [comma] [update_existing:update] [close]',
    '(remove|without) [data|them|noun] whose $fields:key [be] already_there:skip',
    'if column [open] $fields:key [close] exists [filler] [light] update:update [it|clitic]',
  ],
  needs: [['table', 'same_table', 'into_it']],
  continues: ['[destination] table [called] $identifier:table [with it]'],
  predicates: ['[must|ought] [be] goes', '[must|ought] [be] (insert|save)', '(to|destination) table $identifier:table'],
  passive: true,
  plan({ slots, start, end }, draft) {
    // "empty the table orders, then load orders.csv into it"
    if (slots['into_it'] === true && !/^sql\.(insert|execute)$/.test(draft.steps.all.at(-1)?.uses ?? ''))
      throw new Baseless([start, end], 'say into which table');
    if (slots['same_table'] === true || slots['into_it'] === true) slots = { ...slots, ...tableAgain(draft, slots) };
    const clause = { slots, start, end } as Parameters<Family['plan']>[0];
    if (slots['row'] !== undefined || slots['row_fields'] !== undefined) {
      insertRow(draft, clause);
      return;
    }
    const made = takeRows(draft, placeOrThing(slots['source'], slots['what']), clause);
    const table = textOf(slots['table']);
    const field = slots['key_field'] === undefined ? undefined : textOf(slots['key_field']);
    const key = (slots['key'] as string[] | undefined) ?? (field === undefined ? undefined : [field]);
    // "key id; if the pupil exists already": a row, whatever it is called
    if (field !== undefined && key?.join() !== field) draft.note(`"${field}" was taken for a row of the table.`);
    const isTable =
      made.file?.format === 'csv' &&
      made.file.delimiter === undefined &&
      made.file.path !== undefined &&
      made.step === undefined;
    const data = isTable ? made : draft.data(made);
    if (data.form === 'text') throw new Refusal([start, end], 'this is text, not rows: parse it first');
    made.used = data.used = true;
    const rows =
      data.form === 'figure'
        ? { items: [{ [data.figure ?? 'value']: draft.template(data) }] }
        : isTable
          ? { path: draft.literal(made.file?.path ?? '') }
          : { items: draft.template(data) };
    const step = draft.add(`insert_${table}`, {
      uses: 'sql.insert',
      with: {
        table,
        ...rows,
        ...(slots['columns'] === undefined ? {} : { columns: slots['columns'] as string[] }),
        ...(slots['skip'] === true
          ? { on_conflict: 'skip' }
          : slots['update'] === true
            ? { on_conflict: 'update' }
            : {}),
        ...(key === undefined ? {} : { key }),
        ...(slots['create'] === true ? { create: true } : {}),
        ...databaseIn(slots),
      },
    });
    draft.keys.set(step, [start, end]);
    draft.results.set(step, { step, path: 'inserted' });
  },
};

/** The table that the goal wrote to or read last, with its database: "into the same table". */
function tableAgain(draft: Draft, slots: Clause['slots']): Slots {
  const last = lastTable(draft, /^sql\./);
  if (last === undefined) throw new Refusal(draft.span, 'no table was named before this: say which one');
  return slots['database'] === undefined ? { ...last } : { ...last, database: slots['database'] };
}

/** A row whose values stand in the goal: "add a row to journal: author = 'bot'". */
function insertRow(draft: Draft, { slots }: Pick<Clause, 'slots'>): void {
  // "the row caisse = 'C3'": the word for it is no thing that was made
  const what = slots['what'] as Ref | undefined;
  const isRow =
    what?.kind === 'thing' &&
    what.source === undefined &&
    what.words.every(({ token }) => draft.input.is(token, 'data', 'ones', 'message', 'notice'));
  if (what !== undefined && !isRow) throw new Refusal(draft.span, 'two things are to be inserted: which one is it?');
  const table = textOf(slots['table']);
  const row =
    slots['row'] === undefined
      ? fieldsOf(draft, slots['row_fields'] as string[], slots['of_context'] === true)
      : settingsOf(draft, slots['row'] as { [name: string]: Setting });
  const step = draft.add(`insert_${table}`, {
    uses: 'sql.insert',
    with: { table, items: [row], ...databaseIn(slots) },
  });
  draft.results.set(step, { step, path: 'inserted' });
}

/** "a row with the temperature": of the answer that came last; "the id and the total of the context". */
function fieldsOf(draft: Draft, fields: readonly string[], isOfContext: boolean): JsonObject {
  const answer = isOfContext
    ? undefined
    : draft.made.findLast(({ answer: is, form }) => is === true && form === 'data');
  return Object.fromEntries(
    fields.map((field) => {
      const made = answer ?? draft.ofContext(field, draft.span);
      const name = answer === undefined ? (draft.contextKey(field) ?? field) : field;
      return [name, draft.template(made, answer === undefined ? '' : field)];
    }),
  );
}

/** Statements that change data, as they are written. */
export const executeFamily: Family = {
  name: 'execute',
  does: 'runs an SQL statement that stands in quotes',
  examples: [
    'run "update customer set city = \'Paris\' where customer_id = 1"',
    'exécute `delete from todo where done`',
  ],
  heads: [
    'run',
    'query',
    'send',
    'call',
    'fetch',
    'statement:statement colon',
    '(count|calculate|look) [it|them|clitic] (with|by)',
    'run (it|this:it) [(in|on|to|against)] [database] [called] $identifier:database [database] colon',
    '$sql:sql',
    '(on|in|from) database [[called] $identifier:database] [comma] (run|query|fetch|send|call)',
    '(on|in|from) $identifier:database database [comma] (run|query|fetch|send|call)',
    '(poll|look|calculate) [on|in] database [[called] $identifier:database]',
    '(poll|look|calculate) [on|in] same:same_database [same] database [[called] $identifier:database]',
    '(on|in|from) same:same_database [same] database [comma] (run|query|fetch|send|call)',
  ],
  slots: [
    '[(with|by|of)] [statement] [comma|colon] $sql:sql',
    '[(in|on|to|against|from)] database [[called] $identifier:database]',
    '(query|data|statement) $sql:sql',
    '[the] database',
    '[on|in] same:same_database database [colon]',
    '[of] results',
  ],
  tails: [
    'colon [statement] $sql:sql',
    '[comma|open] [on|in] same:same_database database [close]',
    '[colon|comma] [to_do] run [it|this|that|clitic] [(in|on|to|against)] [database] [called] [$identifier:database] [database]',
    '[comma|open] [(as|in)] [that] [single] [statement] [(in|on|to|against|from)] database [called] $identifier:database [close]',
  ],
  needs: [['sql']],
  passive: true,
  plan({ slots, start, end }, draft) {
    const sql = textOf(slots['sql']);
    const at: Span = [start, end];
    const named = slots['database'] ?? (slots['same_database'] === true ? databaseBefore(draft, at) : undefined);
    const database = named === undefined ? {} : { database: textOf(named) };
    if (/^\s*(select|values|explain|table|with)\b/i.test(sql)) {
      open(draft, { type: 'sql', sql, ...database }, '', at);
      return;
    }
    if (/;\s*\S/.test(sql)) throw new Refusal(at, 'these are several statements: say each of them by itself');
    const step = draft.add('execute_sql', { uses: 'sql.execute', with: { sql: draft.literal(sql), ...database } });
    draft.results.set(step, { step, path: 'row_count' });
  },
};

/** The database that the goal has named before: "on the same database". */
const databaseBefore = (draft: Draft, at: Span): string => {
  const name = draft.steps.all.findLast(({ with: args }) => args?.['database'] !== undefined)?.with?.['database'];
  if (typeof name !== 'string') throw new Refusal(at, 'no database was named before this: say which one');
  return name;
};

/** Words for rows, which are deleted and no table is dropped; and the conditions on them. */
const ROWS = '[all|any|everything] (data:rows|ones:rows|noun:rows|everything:rows|what:rows|them:rows)';
const WHICH = [
  '[that] [be] (whose|that|has|with) $conditions:where',
  '[that] [be] $measured:where',
  '(stated|of|in|with) $stated:where',
  '(of|in|for|with) $signed:where',
  CONDITION,
];

/** Verbs that leave the table, and none of its rows. */
const EMPTYING = /^(empt|clear|purg|wip|clean|truncat|flush|vid|nettoy)/;

/** Words that point to rows which were spoken of before. */
const POINTING = /^(those|these|them|they|it|such|matching|same|ces|celles|ceux|celles-ci|ceux-ci|-les|-la|-le|memes)$/;

/** Tables themselves, and their rows. */
export const dropTableFamily: Family = {
  name: 'drop table',
  does: 'drops or empties a table',
  examples: ['drop the table temp_users', 'supprime la table temp'],
  heads: ['delete', 'remove', '[single] delete (in|from|of) $table_place:* [comma]'],
  // "les lignes de la table t où x = 1 sont à effacer", "any row of the table t is to be removed"
  bare: ['[all|any] $table_rows:what (must|ought|be) [be] (delete|remove)'],
  slots: [
    'database:whole [[called] $identifier:database]',
    '$table_place:*',
    '(in:out|from:out|of:out) $table_place:*',
    `${ROWS} (of:out|in:out|from:out) $table_place:*`,
    `$table_word:table data:rows [${BEHIND}]`,
    `${ROWS} (of|in|from) $table_name:table`,
    '(from:out|in:out|of:out) $table_name:table',
    `(of|from) ${ROWS}`,
    ROWS,
    ...WHICH,
    ...WHICH.map((which) => `[of|from] ${ROWS} ${which}`),
    '[(in|of|from)] database [[called] $identifier:database]',
    'open database [called|colon] $identifier:database close',
    'everything (in|of|from) database:whole',
  ],
  tails: [...WHICH.map((which) => `[comma] [only|but] [${ROWS}] ${which}`)],
  needs: [['table', 'whole', 'what']],
  plan({ slots, start, end }, draft) {
    const about = slots['what'] as Ref | undefined;
    const source = about?.kind === 'thing' ? about.source : undefined;
    const given = source?.type === 'table' ? { table: source.table, database: source.database } : {};
    const all = { ...slots, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
    const database = databaseIn(all);
    if (slots['whole'] === true && all['table'] === undefined)
      throw new Refusal([start, end], 'a database is not dropped by a job');
    if (all['table'] === undefined) throw new Baseless([start, end], 'say of which table these rows are');
    const said = about?.kind === 'thing' ? (about.where ?? []) : [];
    const where = [...said, ...((slots['where'] as Conditions[] | undefined) ?? [])];
    if (where.length > 0 && !isSimple(where))
      throw new Refusal([start, end], 'say of which table these rows are, and each condition by its column');
    if (about?.kind === 'thing') for (const { token } of about.words) draft.named.add(token);
    const isEmptied = EMPTYING.test(draft.input.tokens[start]?.folded ?? '');
    const isOfRows =
      isEmptied || where.length > 0 || about !== undefined || slots['rows'] === true || slots['out'] === true;
    // "delete those rows from users": never all of them
    const isPointed = draft.input.tokens.slice(start, end).some(({ folded }) => POINTING.test(folded));
    if (isOfRows && where.length === 0 && isPointed)
      throw new Refusal([start, end], 'say which rows these are, each condition by its column');
    const table = identifier(textOf(all['table']));
    const sql = isOfRows
      ? `DELETE FROM ${table}${where.length === 0 ? '' : ` WHERE ${sqlWhere(draft, where)}`}`
      : `DROP TABLE ${table}`;
    const step = draft.add('execute_sql', { uses: 'sql.execute', with: { sql: draft.literal(sql), ...database } });
    draft.results.set(step, { step, path: 'row_count' });
  },
};
