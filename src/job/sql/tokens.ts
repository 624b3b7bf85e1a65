/** A token of SQL: a word in lower case, a quoted name as it is written, a sign. Texts and numbers are `value`. */
export interface Token {
  kind: 'word' | 'name' | 'sign' | 'value' | 'hole';
  text: string;
}

/** Stands in a statement for a part that is not known yet. */
export const HOLE = '\u0000';

const PATTERNS: [Token['kind'] | 'space', RegExp][] = [
  ['space', /\s+|--[^\n\r]*/y],
  ['hole', /\0/y],
  ['value', /\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[\s\S]*?\$\1\$/y],
  ['value', /[eE]'(?:[^'\\]|\\[\s\S]|'')*'/y],
  ['value', /(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*'/y],
  // escapes in a name are not read: which one it is stays unknown
  ['hole', /[uU]&"(?:[^"]|"")*"/y],
  ['name', /"(?:[^"]|"")*"/y],
  ['value', /\$\d+|\d[\w.]*|\.\d+\w*/y],
  ['word', /[\p{L}_][\p{L}\p{N}_$]*/uy],
  ['sign', /::|[\s\S]/y],
];

/** Tokens of SQL as PostgreSQL reads it, without comments; undefined where a text or a comment has no end. */
export function tokensOf(sql: string): Token[] | undefined {
  const tokens: Token[] = [];
  for (let at = 0; at < sql.length;) {
    if (sql.startsWith('/*', at)) {
      const end = commentEnd(sql, at);
      if (end < 0) return undefined;
      at = end;
      continue;
    }
    const found = match(sql, at);
    if (!found) return undefined;
    if (found.kind !== 'space') tokens.push({ kind: found.kind, text: plain(found.kind, found.text) });
    at += found.text.length;
  }
  // an opening quote that became a sign has no closing one
  return tokens.some(({ kind, text }) => kind === 'sign' && (text === "'" || text === '"')) ? undefined : tokens;
}

function match(sql: string, at: number): { kind: Token['kind'] | 'space'; text: string } | undefined {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const [text] = pattern.exec(sql) ?? [];
    if (text) return { kind, text };
  }
  return undefined;
}

function plain(kind: Token['kind'], text: string): string {
  if (kind === 'word') return text.toLowerCase();
  return kind === 'name'
    ? text
        .replace(/^[uU]&/, '')
        .slice(1, -1)
        .replaceAll('""', '"')
    : text;
}

/** Comments lie within one another in PostgreSQL. */
function commentEnd(sql: string, start: number): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(sql); mark; mark = marks.exec(sql)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return -1;
}
