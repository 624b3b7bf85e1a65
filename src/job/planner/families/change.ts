import type { Draft } from '../draft/draft';
import type { Family } from '../family';
import type { Conditions, Literal, Ref, Span } from '../reading';
import { Refusal } from '../refusal';
import { identifier } from '../draft/draft';
import { textOf } from '../grammar/slots';
import { sameName } from '../text/fold';
import { CONDITION } from '../values/conditions';
import { databaseIn, isSimple, lastTable, sqlWhere, valueIn } from './parts/table';
import type { Json } from '../../../../schemas/json';

/** A column that gets another value: "set x to 'a'", "raise x by 3 %", "x becomes 'a'". */
const SETS = [
  'set_word [column] $field:field [be] [again] (to|as|on|assign) $literal:value [again]',
  'assign_word [the] [value_word] $literal:value (to|as|in|of) [column] $field:field',
  'assign_word [to] [column] $field:field [the] value_word $literal:value',
  'set_word zeroed:zero [column] $field:field',
  'set_word [column] $field:field zeroed:zero',
  '(raised:up|lowered:down) [column] $field:field [column] (by|of) $number:by [percent:percent]',
  '(raised:up|lowered:down) (by|of) $number:by [percent:percent] [column] $field:field',
  '[column] $field:field (becomes|goes|set_word) [to] $literal:value',
];
const TABLE = '$table_place:*';
/** Rows that the change is for, said before it. */
const EACH = '(for|in|on) [all:all|each_one:all] [all:all|each_one:all] [data|noun|ones]';
/** The same of rows that stand first: "… must pass to the status 'archived'", "… should have status set to 'closed'". */
const PASSED = [
  'set_word (to|in|as) [column] $field:field $literal:value',
  '(see|get_word) [column] $field:field (set_word|becomes|goes|equals|as) [to] $literal:value',
  'get_word [column] $field:field $literal:value',
];

/** "set the order 4512 to the status 'sent'": the row by its key, which brackets name. */
const ROW = 'set_word [noun|data] $number:row (to|as|in) [column] $field:field [be|colon] $literal:value';

/** Rows of a table that get another value, said in words: "set status to 'closed' for all rows of tickets where …". */
export const changeFamily: Family = {
  name: 'change rows',
  does: 'sets a column of the rows of a table that fulfil conditions',
  examples: [
    "set status to 'closed' for all rows of the table tickets where last_reply is before 2025-12-31",
    "dans la table tickets, mets statut à 'clos' pour les lignes dont note vaut 5",
    'raise the price in table tariffs by 3 percent where zone = B',
  ],
  heads: [
    ...SETS.slice(0, -1),
    ROW,
    ...SETS.map((set) => `[update_word|set_word] (in|on|for) ${TABLE} [comma|colon] ${set}`),
    ...SETS.map(
      (set) => `${EACH} (of|in|from) ${TABLE} [[comma] (whose|that|has|with) $conditions:where] [comma|colon] ${set}`,
    ),
    // "reservations : statut = 'annulee' sur toutes les lignes où …"
    ...['[column] $field:field (equals|assign) $literal:value'].map(
      (set) => `(update_word|set_word) $table_word:table colon ${set}`,
    ),
    ...PASSED.map((set) => `[all|any] $table_rows:what (must|ought|be) [be] ${set}`),
    '(set_word|replace_file) $literal:old (by|with|to) $literal:value (in|of) column $field:field',
    ...[...SETS, '[column] $field:field (equals|assign) $literal:value'].map(
      (set) => `(update_word|set_word) ${TABLE} [comma|colon] [and] ${set}`,
    ),
    '(raised:up|lowered:down) [column] $field:field',
  ],
  slots: [
    `[open] [comma] [(for|of|in|on|from|to)] [all:all|each_one:all] [data] [(of|in|from)] ${TABLE} [close]`,
    '[(for|of|in|on)] [all:all|each_one:all] data (of|in|from) [table] $table_name:table',
    '(for|of|in|on) [all:all|each_one:all] [(data|noun|everything|ones|them)] (whose|that|has|with) $conditions:where',
    '[comma] [only] [in|for|of] [all] [noun|data] [with|whose|of] [column] $stated:where [noun|data] [again]',
    '[comma] (whose|that|has|with|if) $conditions:where',
    '[comma] that $measured:where',
    '(for|of|in|on) (all:all|everything:all|each_one:all) [data|noun]',
    '(by|of) $number:by [percent:percent]',
    '(of|in|for|with) $signed:where',
    'again',
    'open column $fields:columns close',
    '[(in|of|on|from)] database [called] $identifier:database',
  ],
  tails: [
    CONDITION,
    '[comma] (for|of|in|on) [all:all|each_one:all] (data|noun|everything|ones|them) (whose|that|has|with) $conditions:where',
    '[comma] [and] only [in|for|of|with|those] [data|noun|ones] [with|whose|of|that] [column] ($stated:where|$conditions:where) [$identifier:named]',
  ],
  needs: [['field'], ['where', 'all', 'row', 'old', 'what'], ['value', 'zero', 'by']],
  plan({ slots, start, end }, draft) {
    const at: Span = [start, end];
    const where = rowsOf(slots, at);
    const isWhole =
      slots['all'] === true || /\b(all|every|each|tou(te)?s|chaque)\b/i.test(draft.input.text(...at, draft.goal));
    if (where === undefined && !isWhole)
      throw new Refusal(at, 'say which rows: those with some value in a column, or all of them');
    const about = slots['what'] as Ref | undefined;
    if (about?.kind === 'thing') for (const { token } of about.words) draft.named.add(token);
    const place = about?.kind === 'thing' && about.source?.type === 'table' ? about.source : undefined;
    if (where !== undefined && !isSimple(where))
      throw new Refusal(at, 'these conditions are not on fields of the table: say each by its column');
    const name = textOf(place?.table ?? slots['table'] ?? tableBefore(draft, at));
    if (slots['named'] !== undefined && !sameName(textOf(slots['named']), name))
      throw new Refusal(at, `I do not know what "${textOf(slots['named'])}" means here`);
    const columns = slots['columns'] as string[] | undefined;
    const field = textOf(slots['field']);
    const known = where?.flatMap(({ all }) => all.map((one) => one.field)) ?? [];
    const unknown = columns?.find((one) => one !== field && !known.includes(one));
    if (unknown !== undefined) throw new Refusal(at, `say what is to be done with the column "${unknown}"`);
    const change = `UPDATE ${identifier(name)} SET ${identifier(field)} = ${newValue(slots, at)}`;
    const sql = where === undefined ? change : `${change} WHERE ${sqlWhere(draft, where)}`;
    const step = draft.add('execute_sql', {
      uses: 'sql.execute',
      with: { sql: draft.literal(sql), ...databaseIn({ database: place?.database ?? slots['database'] }) },
    });
    draft.after(step, name, /^sql\./);
    draft.results.set(step, { step, path: 'row_count' });
  },
};

/** The conditions on the rows; a row by its number is told by the column that brackets name besides the changed one. */
function rowsOf(slots: { [name: string]: unknown }, at: Span): Conditions[] | undefined {
  const about = slots['what'] as Ref | undefined;
  const { field, old } = slots;
  const given = [
    ...(about?.kind === 'thing' ? (about.where ?? []) : []),
    ...((slots['where'] as Conditions[] | undefined) ?? []),
    // "replace 'a' by 'b' in the column x"
    ...(old === undefined
      ? []
      : [{ match: 'all', all: [{ field: textOf(field), op: 'eq', value: old as Literal, at }] } satisfies Conditions]),
  ];
  const said = given.length === 0 ? undefined : given;
  const isOne =
    said !== undefined && said.length > 1 && said.every(({ match, all }) => match === 'all' || all.length === 1);
  const where: Conditions[] | undefined = isOne ? [{ match: 'all', all: said.flatMap(({ all }) => all) }] : said;
  if (slots['row'] === undefined) return where;
  const [key, second] = ((slots['columns'] as string[] | undefined) ?? []).filter((one) => one !== slots['field']);
  if (where !== undefined || key === undefined || second !== undefined)
    throw new Refusal(
      at,
      `say in which column ${textOf(slots['row'])} stands, such as "where id = ${textOf(slots['row'])}"`,
    );
  return [{ match: 'all', all: [{ field: key, op: 'eq', value: slots['row'] as Literal, at }] }];
}

/** What the column gets, in SQL. */
function newValue(slots: { [name: string]: unknown }, at: Span): string {
  if (slots['zero'] === true) return '0';
  if (slots['by'] === undefined) return valueIn(slots['value'] as Json);
  const column = identifier(textOf(slots['field']));
  const by = Number(slots['by']);
  const isUp = slots['up'] === true;
  if (!isUp && slots['down'] !== true) throw new Refusal(at, 'say whether it goes up or down');
  if (slots['percent'] !== true) return `${column} ${isUp ? '+' : '-'} ${by}`;
  return `${column} * ${Math.round((1 + ((isUp ? 1 : -1) * by) / 100) * 1e8) / 1e8}`;
}

/** The table that was changed last: "…, then set locked to false again for id 9". */
function tableBefore(draft: Draft, at: Span): string {
  const last = lastTable(draft, /^sql\.(insert|execute)$/);
  if (last === undefined) throw new Refusal(at, 'say in which table');
  return last.table;
}
