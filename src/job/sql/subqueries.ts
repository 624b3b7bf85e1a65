import type { Token } from './tokens';

/** A named subquery (`with x as (…)`), and where in the statement its name means it. */
export interface Subquery {
  name: string;
  from: number;
  to: number;
}

const QUERIES = new Set(['select', 'with', 'values', 'table', 'insert', 'update', 'delete', 'merge']);

/**
 * The named subqueries of a statement. Within its own body a name means a table, unless it is recursive; where it is
 * not clear which `with` is recursive, none is.
 */
export function subqueriesOf(tokens: readonly Token[]): Subquery[] {
  const closing = closingBrackets(tokens);
  const withs = tokens.flatMap((token, at) => (isWord(token, 'with') ? [at] : []));
  const recursive = withs.length === 1 && isWord(tokens[(withs[0] ?? 0) + 1], 'recursive');
  const found: Subquery[] = [];
  tokens.forEach((token, at) => {
    if (!isWord(token, 'as') || withs.length === 0) return;
    const open = bodyOf(tokens, at);
    const name = tokens[isSign(tokens[at - 1], ')') ? openingOf(at - 1, closing) - 1 : at - 1];
    const end = open === undefined ? undefined : closing.get(open);
    if (open === undefined || end === undefined || (name?.kind !== 'word' && name?.kind !== 'name')) return;
    found.push({ name: name.text, from: recursive ? open : end, to: scopeEnd(at, closing, tokens.length) });
  });
  return found;
}

/** The bracket that opens a subquery after `as`, if one does. */
function bodyOf(tokens: readonly Token[], as: number): number | undefined {
  let at = as + 1;
  while (isWord(tokens[at], 'not') || isWord(tokens[at], 'materialized')) at++;
  const first = tokens[at + 1];
  return isSign(tokens[at], '(') && first?.kind === 'word' && QUERIES.has(first.text) ? at : undefined;
}

/** Brackets that open, with those that close them. */
function closingBrackets(tokens: readonly Token[]): Map<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach((token, at) => {
    if (isSign(token, '(')) open.push(at);
    const start = isSign(token, ')') ? open.pop() : undefined;
    if (start !== undefined) closing.set(start, at);
  });
  return closing;
}

const openingOf = (close: number, closing: ReadonlyMap<number, number>): number =>
  [...closing].find(([, end]) => end === close)?.[0] ?? 0;

/** End of the innermost brackets around a place. */
function scopeEnd(at: number, closing: ReadonlyMap<number, number>, end: number): number {
  return Math.min(end, ...[...closing].filter(([start, close]) => start < at && at < close).map(([, close]) => close));
}

export const isWord = (token: Token | undefined, text: string): boolean =>
  token?.kind === 'word' && token.text === text;
export const isSign = (token: Token | undefined, text: string): boolean =>
  token?.kind === 'sign' && token.text === text;
