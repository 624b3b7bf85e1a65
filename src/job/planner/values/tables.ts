import type { Found, Input, ValueType } from '../grammar/input';
import { RESTRICTING } from '../grammar/inert';
import { identifier, tableBefore } from './names';

/** A table of a database, as a pattern keeps it. */
export interface TablePlace {
  table: string;
  database?: string;
  columns?: string[];
}

/** The database by its name, behind the table or before it: "database ops", "the ops database". */
export const NAMED = '(database [called|colon] $identifier:database|$database_before:database database)';
/** Where a table is, said behind it: "in the database ops", ", database ops", "(ops database)". */
export const BEHIND = [
  `(in|of|from|on) ${NAMED}`,
  `comma [that] [be] [located|in|of|from] ${NAMED}`,
  `open [that] [be] [in|of|from] ${NAMED} close`,
].join('|');
const UNNAMED = '(in|of|from) database';

/** A table that is called one, with or without its database. */
const SHAPES = [
  `[database] table [called] $table_id:table [${BEHIND}|${UNNAMED}]`,
  '[database] table [called] $table_id:table open column $fields:columns close',
  '[database] table [called] $table_id:table open $fields:columns close',
  `(${NAMED}) [comma|colon|open] [in] table [called|colon] $table_id:table [close]`,
  `(${NAMED}) [comma|open] [in] $table_before:table table [close]`,
  'database [comma|colon] table [called|colon] $table_id:table',
  '$table_words:table',
  // "crm's customers table", "hr's table employees"
  '$database_word:database possessive $table_before:table table',
  '$database_word:database possessive table [called] $table_id:table',
  `$table_before:table table [${BEHIND}|${UNNAMED}]`,
  // "paniers (table)", "admis, table de la base concours", "alerts (table in ops)"
  `$table_word:table open [that] [be] [database] table [(in|of|from) ${NAMED}] close`,
  `$table_word:table comma [that] [be] [database] table (in|of|from) ${NAMED}`,
  // the word "database" alone says that what is in it is a table
  `$table_word:table (${BEHIND})`,
];
/** "from ops, table alerts": a place that only a preposition makes one. */
const BARE = '$database_word:database comma table [called] $table_id:table';

export const tablePlace: ValueType = (input, at) => [
  ...SHAPES.flatMap((shape) => input.match(shape, at)).flatMap(({ end, slots }) => placeOf(end, slots as unknown)),
  ...(input.is(at - 1, 'in', 'from') ? input.match(BARE, at) : []).flatMap(({ end, slots }) => placeOf(end, slots)),
];

/** Brackets behind it may name the columns that are wanted, at least two of them. */
function placeOf(end: number, slots: unknown): Found[] {
  const { table, database, columns } = slots as TablePlace;
  if (columns !== undefined && columns.length < 2) return [];
  return [
    {
      end,
      value: {
        table,
        ...(database === undefined ? {} : { database }),
        ...(columns === undefined ? {} : { columns }),
      } satisfies TablePlace,
    },
  ];
}

/** The name of a database before the word itself, as English has it: "the ops database", and not "the same database". */
export const databaseBefore: ValueType = (input, at) =>
  input.is(at, 'database', 'table') ? [] : tableBefore(input, at);

/** A name that stands for a table because of what stands beside it: no word for rows, files or answers. */
export const tableWord: ValueType = (input, at) =>
  isOther(input, at) || RESTRICTING.test(input.tokens[at]?.text ?? '') || input.is(at + 1, 'possessive')
    ? []
    : identifier(input, at);

/** The name of a database that nothing calls one. */
export const databaseWord: ValueType = (input, at) =>
  isOther(input, at) ||
  input.is(at, 'noun') ||
  // "sélectionne les id de la table t"
  (input.language === 'fr' && /^(de|du|des|d')$/.test(input.tokens[at + 1]?.folded ?? '')) ||
  (input.is(at, 'compound') && !input.is(at + 1, 'possessive', 'for')) ||
  RESTRICTING.test(input.tokens[at]?.text ?? '')
    ? []
    : identifier(input, at);

const isOther = (input: Input, at: number): boolean =>
  input.tokens[at]?.kind !== 'word' ||
  input.is(
    at,
    'data',
    'ones',
    'file',
    'response',
    'everything',
    'what',
    'table',
    'database',
    'column',
    'it',
    'them',
    'place',
    'given',
    'located',
    'the',
    'memory',
    'context',
    'single',
    'new',
    'light',
    'goes',
    'done',
    'found',
    'message',
  ) ||
  (input.beginsClause(at) && !input.is(at - 1, 'the', 'in', 'from'));
