import type { Access } from '../../../schemas/job/touches';
import { FROM_WITHIN, NO_FUNCTIONS, PLAIN_FUNCTIONS } from './functions';
import { isSign, isWord, subqueriesOf, type Subquery } from './subqueries';
import { tokensOf, type Token } from './tokens';

/** A table that a statement touches; `unknown` where it cannot be told which. */
export interface TableTouch {
  table: string;
  access: Access;
}

export const UNKNOWN = 'unknown';

/** Words that end a list of tables. */
const ENDS = new Set(
  'where group order having limit union intersect except returning window set for offset fetch select values'.split(
    ' ',
  ),
);

/** Words between a keyword and the name of a table: reserved ones, and those that may be names where no name follows. */
const FILLERS = new Set(['only', 'lateral']);
const INTO_FILLERS = new Set('table temp temporary unlogged local global'.split(' '));

const QUERIES = new Set(['select', 'with', 'values', 'table', 'insert', 'update', 'delete', 'merge', 'explain']);

/**
 * The tables that SQL touches. What cannot be told (unusual statements, functions that may do anything, parts that are
 * not known yet) is `unknown`, never nothing.
 */
export function tablesOf(sql: string): TableTouch[] {
  const tokens = tokensOf(sql);
  if (!tokens) return [{ table: UNKNOWN, access: 'write' }];
  const found = split(tokens).flatMap((statement) => new Statement(statement).tables());
  return [...new Map(found.map((one) => [`${one.access} ${one.table}`, one])).values()];
}

function split(tokens: readonly Token[]): Token[][] {
  const statements: Token[][] = [[]];
  for (const token of tokens) {
    if (isSign(token, ';')) statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements.filter((statement) => statement.length > 0);
}

/** Brackets around a place: the word before them, the access of a list of tables that goes on, and of one that is due. */
interface Frame {
  opener: string;
  listing: Access | undefined;
  due: Access | undefined;
}

class Statement {
  private readonly found: TableTouch[] = [];
  private readonly subqueries: Subquery[];
  private readonly frames: Frame[] = [{ opener: '', listing: undefined, due: undefined }];
  private at = 0;
  /** true behind the `into` of a select, which may say what kind of table it makes */
  private isInto = false;
  /** where the last name of a table ends */
  private named = -1;

  constructor(private readonly tokens: readonly Token[]) {
    this.subqueries = subqueriesOf(tokens);
  }

  tables(): TableTouch[] {
    const first = this.tokens[0];
    if (first?.kind !== 'word') this.touch(UNKNOWN, 'write');
    else if (!QUERIES.has(first.text)) this.define(first.text);
    for (; this.at < this.tokens.length; this.at++) this.step(this.tokens[this.at] as Token);
    return this.found;
  }

  /** Statements that are no queries: of those that change tables the names are known, all others may do anything. */
  private define(verb: string): void {
    const words = this.tokens.map(({ text }) => text);
    const ofTable = words.slice(0, 6).includes('table');
    const has = (...some: string[]) => some.some((word) => words.includes(word));
    if (verb === 'truncate' || (verb === 'drop' && words[1] === 'table')) {
      this.list('delete');
      if (has('cascade')) this.touch(UNKNOWN, 'delete');
    } else if (
      verb === 'alter' &&
      ofTable &&
      has('add', 'drop', 'rename', 'alter') &&
      !has('attach', 'inherit', 'cascade')
    )
      this.list(has('drop') ? 'delete' : 'write');
    else if (verb === 'create' && ofTable && !has('execute')) this.list('write');
    else if (verb === 'copy' && has('stdout')) this.list('read');
    else if (verb === 'copy' && has('stdin')) this.list('write');
    else this.touch(UNKNOWN, verb === 'drop' ? 'delete' : 'write');
  }

  /** Names follow the verb, and what it says before them, up to a word that ends the list. */
  private list(access: Access): void {
    Object.assign(this.frame, { listing: access, due: access });
    const table = this.tokens.slice(0, 6).findIndex((token) => isWord(token, 'table'));
    this.at = Math.max(table, 0) + 1;
    if (isWord(this.tokens[this.at], 'if')) this.at += isWord(this.tokens[this.at + 1], 'not') ? 3 : 2;
  }

  private get frame(): Frame {
    return this.frames.at(-1) as Frame;
  }

  private step(token: Token): void {
    const { frame } = this;
    if (token.kind === 'hole') this.touch(UNKNOWN, 'write');
    if (isSign(token, '(')) return this.open();
    if (isSign(token, ')')) return void (this.frames.length > 1 && this.frames.pop());
    if (isSign(token, ',')) return void (frame.due ??= frame.listing);
    if (frame.due && this.isFiller(token)) return;
    if (frame.due && (token.kind === 'word' || token.kind === 'name' || token.kind === 'hole')) return this.name(frame);
    if (token.kind === 'word') this.keyword(token.text, frame);
  }

  private isFiller({ kind, text }: Token): boolean {
    if (kind !== 'word' || FILLERS.has(text)) return kind === 'word';
    const next = this.tokens[this.at + 1];
    const isNamed = next?.kind === 'name' || (next?.kind === 'word' && !ENDS.has(next.text) && next.text !== 'from');
    return isNamed && this.isInto && INTO_FILLERS.has(text);
  }

  private open(): void {
    const before = this.tokens[this.at - 1];
    const inner = this.tokens[this.at + 1];
    const { due } = this.frame;
    const isJoin = due !== undefined && inner !== undefined && !(inner.kind === 'word' && QUERIES.has(inner.text));
    this.frame.due = undefined;
    this.frames.push({
      opener: before?.kind === 'word' ? before.text : '',
      listing: isJoin ? 'read' : undefined,
      due: isJoin ? due : undefined,
    });
    if (before?.kind === 'word' || before?.kind === 'name') this.call(before, this.tokens[this.at - 2]);
  }

  /** A bracket after a name: a call, unless the name is that of a table, or of columns. */
  private call(name: Token, before: Token | undefined): void {
    if (name.kind === 'word' && (NO_FUNCTIONS.has(name.text) || PLAIN_FUNCTIONS.has(name.text)) && !isSign(before, '.'))
      return;
    if (['as', 'into', 'with', 'recursive', 'references', 'copy'].some((word) => isWord(before, word))) return;
    if (this.at - 1 === this.named || this.subqueries.some((one) => one.name === name.text)) return;
    this.touch(UNKNOWN, 'write');
  }

  private keyword(word: string, frame: Frame): void {
    const [before, second] = [this.tokens[this.at - 1], this.tokens[this.at - 2]];
    if (ENDS.has(word)) frame.listing = undefined;
    switch (word) {
      case 'from': {
        if (FROM_WITHIN.has(frame.opener) || isWord(this.tokens[this.at + 1], 'stdin')) return;
        if (isWord(before, 'distinct') && (isWord(second, 'is') || isWord(second, 'not'))) return;
        Object.assign(frame, { listing: 'read', due: isWord(before, 'delete') ? 'delete' : 'read' });
        return;
      }
      case 'join':
      case 'table':
        frame.due = 'read';
        return;
      case 'using':
        if (!isSign(this.tokens[this.at + 1], '(')) Object.assign(frame, { listing: 'read', due: 'read' });
        return;
      case 'into':
        this.isInto = !isWord(before, 'insert') && !isWord(before, 'merge');
        frame.due = 'write';
        return;
      case 'update':
        if (!['for', 'key', 'do', 'then', 'on'].some((one) => isWord(before, one))) frame.due = 'write';
        return;
      case 'delete': {
        const target = isWord(before, 'then') ? this.found.find(({ access }) => access === 'write') : undefined;
        if (target) this.touch(target.table, 'delete');
      }
    }
  }

  /** Reads the name of a table, with its schema. */
  private name(frame: Frame): void {
    const start = this.at;
    const parts = [this.tokens[start]?.text ?? ''];
    while (isSign(this.tokens[this.at + 1], '.') && this.tokens[this.at + 2]) {
      this.at += 2;
      parts.push(this.tokens[this.at]?.text ?? '');
    }
    const access = frame.due ?? 'read';
    frame.due = undefined;
    this.isInto = false;
    const [whole, next] = [this.tokens.slice(start, this.at + 1), this.tokens[this.at + 1]];
    if (whole.some(({ kind }) => kind === 'hole') || next?.kind === 'hole') return this.touch(UNKNOWN, access);
    // a function among the tables is looked at as its bracket opens
    if (isSign(next, '(') && access === 'read') return;
    if (parts.length === 1 && this.meansSubquery(parts[0] ?? '', start)) return;
    this.named = this.at;
    this.touch(parts.join('.'), access);
  }

  private meansSubquery(name: string, at: number): boolean {
    return this.subqueries.some((one) => one.name === name && at > one.from && at < one.to);
  }

  private touch(table: string, access: Access): void {
    this.found.push({ table, access });
  }
}
