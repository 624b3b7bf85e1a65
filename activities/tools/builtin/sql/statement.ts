import { sqlError } from './errors';

/** Statements that `sql.execute` runs only if they are named. */
export const ALLOWANCES = ['drop', 'truncate', 'alter', 'grant', 'revoke', 'call', 'delete', 'update'] as const;
export type Allowance = (typeof ALLOWANCES)[number];

const READING = ['select', 'with', 'values', 'table'];
const WRITING = ['insert', 'update', 'delete', 'merge'];
/** Things that `CREATE` may make; others (functions, roles, triggers) could do anything later. */
const CREATED = ['table', 'index', 'view', 'sequence', 'schema', 'type', 'domain'];
const MODIFIERS = ['or', 'replace', 'temp', 'temporary', 'unlogged', 'unique', 'materialized', 'recursive'];

/** What the server may say it has done, besides what was allowed. */
const DONE = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'CREATE'];

/** Refuses what is not one statement that reads; the server refuses what writes all the same. */
export function assertReads(sql: string): void {
  const [first] = oneStatement(sql).filter(({ kind }) => kind !== 'open');
  if (first && !READING.includes(first.text))
    throw sqlError('sql.read_only', `a query begins with SELECT, WITH, VALUES or TABLE, and not with ${shown(first)}`);
}

/** Refuses what is not one statement, or does more than `allow` names. */
export function assertAllowed(sql: string, allow: readonly Allowance[]): void {
  const tokens = oneStatement(sql);
  const [first, ...rest] = tokens.filter(({ kind }) => kind !== 'open');
  if (!first) throw sqlError('sql.syntax', 'there is no statement');
  if (isAllowance(first.text) && !WRITING.includes(first.text)) return assertNamed(first.text, allow, first.text);
  if (first.text === 'create') {
    const made = rest.find(({ text }) => !MODIFIERS.includes(text));
    if (made && CREATED.includes(made.text)) return;
    throw sqlError('sql.refused', `CREATE makes ${CREATED.join(', ')}, and not ${made ? shown(made) : 'nothing'}`);
  }
  if (![...READING, ...WRITING].includes(first.text))
    throw sqlError('sql.refused', `${shown(first)} is no statement that a step may run`);
  for (const [at, { text }] of tokens.entries())
    if ((text === 'delete' || text === 'update') && begins(tokens, at) && !isFiltered(tokens, at))
      assertNamed(text, allow, `${text} of all rows`);
}

/** Refuses what the server has done if it is something else than was looked at; before anything of it lasts. */
export function assertDone(command: string, allow: readonly Allowance[]): void {
  if ([...DONE, ...allow.map((name) => name.toUpperCase())].includes(command)) return;
  throw sqlError('sql.refused', `${command} is no statement that a step may run`);
}

function assertNamed(name: Allowance, allow: readonly Allowance[], what: string): void {
  if (allow.includes(name)) return;
  throw sqlError('sql.refused', `${what.toUpperCase()} is refused unless the step says "allow": ["${name}"]`);
}

const isAllowance = (text: string): text is Allowance => (ALLOWANCES as readonly string[]).includes(text);

interface Token {
  /** `word`: a key word or a plain name, in small letters · `name`: a quoted name · `end`: a semicolon */
  kind: 'word' | 'name' | 'open' | 'close' | 'end' | 'other';
  text: string;
  /** parentheses around it */
  depth: number;
}

function oneStatement(sql: string): Token[] {
  if (sql.includes('\0')) throw sqlError('sql.syntax', 'the statement holds a character of code 0');
  const tokens = tokensOf(sql);
  const end = tokens.findIndex(({ kind }) => kind === 'end');
  if (end >= 0 && tokens.slice(end).some(({ kind }) => kind !== 'end'))
    throw sqlError('sql.several_statements', 'a step runs one statement: write a step for each');
  return end < 0 ? tokens : tokens.slice(0, end);
}

/** True where a statement begins: the first word, within parentheses (`WITH x AS (`), or behind them. */
function begins(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  return before === undefined || before.kind === 'open' || before.kind === 'close';
}

/** Words of conditions that are no columns. */
const WORDS = new Set(
  (
    'true false null unknown not and or is in any all some between like ilike similar to distinct exists select from ' +
    'where values case when then else end cast as array row interval current_date current_timestamp current_user'
  ).split(' '),
);

/** True for what may be a column: no key word, no function and no type (`::text`, `date '…'`). */
function isColumn({ kind, text }: Token, before: Token | undefined, after: Token | undefined): boolean {
  if (kind === 'name') return true;
  if (kind !== 'word' || WORDS.has(text)) return false;
  return before?.text !== ':' && before?.text !== 'as' && after?.kind !== 'open' && !after?.text.endsWith("'");
}

/** True if a DELETE or UPDATE has a condition that looks at its rows. */
function isFiltered(tokens: readonly Token[], at: number): boolean {
  const { depth = 0 } = tokens[at] ?? {};
  const after = tokens.slice(at + 1);
  const ends = after.findIndex((token) => token.depth < depth);
  const own = ends < 0 ? after : after.slice(0, ends);
  const where = own.findIndex((token) => token.depth === depth && token.text === 'where');
  if (where < 0) return false;
  const returning = own.findIndex((token, i) => i > where && token.depth === depth && token.text === 'returning');
  const condition = own.slice(where + 1, returning < 0 ? undefined : returning);
  return condition.some((token, i) => isColumn(token, condition[i - 1], condition[i + 1]));
}

const shown = ({ text }: Token): string => text.toUpperCase().slice(0, 40);

/** Pieces of SQL in PostgreSQL's own order; `null` is skipped. What is left open ends with the text. */
const PIECES: [RegExp, Token['kind'] | null][] = [
  [/\s+|--[^\n\r]*/y, null],
  [/[eE]'(?:[^'\\]|\\[^]|'')*(?:'|$)|(?:[uU]&|[bBxXnN])?'(?:[^']|'')*(?:'|$)/y, 'other'],
  [/\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[^]*?(?:\$\1\$|$)/y, 'other'],
  [/(?:[uU]&)?"(?:[^"]|"")*(?:"|$)/y, 'name'],
  [/[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y, 'word'],
  [/\d+|\$\d+/y, 'other'],
  [/\(/y, 'open'],
  [/\)/y, 'close'],
  [/;/y, 'end'],
  [/[^]/y, 'other'],
];

function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (let at = 0; at < sql.length;) {
    if (sql.startsWith('/*', at)) {
      at = afterComment(sql, at);
      continue;
    }
    for (const [pattern, kind] of PIECES) {
      pattern.lastIndex = at;
      const [text] = pattern.exec(sql) ?? [];
      if (text === undefined) continue;
      at += text.length;
      if (kind === 'close') depth -= 1;
      if (kind) tokens.push({ kind, text: kind === 'word' ? text.toLowerCase() : text, depth });
      if (kind === 'open') depth += 1;
      break;
    }
  }
  return tokens;
}

/** Comments lie within each other. */
function afterComment(sql: string, start: number): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start + 2;
  for (let open = 1; open > 0;) {
    const mark = marks.exec(sql);
    if (!mark) return sql.length;
    open += mark[0] === '/*' ? 1 : -1;
  }
  return marks.lastIndex;
}
