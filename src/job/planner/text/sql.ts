/** Words that no table and no alias is called by in a goal. */
const STOP =
  /^(select|from|where|and|or|not|order|group|by|having|limit|offset|set|values|join|inner|left|right|on|as|in|is|like|ilike|between|null|case|when|then|else|end|union|to|into|the|a|an|them|it|these|those|all|my|our|puis|et|ou|dans|vers|la|le|les|un|une|des|du|then|save|write|post|send|pour|with|if|returning|conflict|do|asc|desc)$/i;
const FUNCTION = /\w\s*\(|\*/;

/**
 * Characters of an SQL statement that stands in a goal as it is, from an offset on; 0 for none. It ends where SQL cannot
 * go on, so that `select * from t where a = 1 and phone the customer` ends before "and".
 */
export function sqlLength(goal: string, at: number): number {
  if (!/^(select|update|delete\s+from|insert\s+into|with)\b/i.test(goal.slice(at, at + 20))) return 0;
  const end = new Statement(goal, at).read();
  return end === undefined ? 0 : end - at;
}

/** A reader of one statement: each method moves on, or says that what it reads does not stand here. */
/** What may follow a condition that is a column by itself: the end, a sign, or where the rows go. */
const ENDS = /^\s*(?:$|[.,;:)]|[-–—]\s|(?:order|group|limit|into|to|à|vers|dans|sur|en|as)(?![\p{L}\p{N}_]))/iu;

class Statement {
  constructor(
    private readonly text: string,
    private at: number,
  ) {}

  read(): number | undefined {
    const done = this.select(true) || this.update() || this.remove() || this.insert();
    return done ? this.at : undefined;
  }

  private select(isWhole: boolean): boolean {
    const begin = this.at;
    return this.attempt(() => {
      if (!this.word('select')) return false;
      this.word('distinct');
      if (!this.list(() => this.column()) || !this.word('from') || !this.tables()) return false;
      const columns = this.text.slice(begin, this.at);
      const clauses = this.clauses();
      // "select name from users" may be plain English
      return !isWhole || clauses > 0 || FUNCTION.test(columns) || /[,_]/.test(columns);
    });
  }

  private clauses(): number {
    let count = 0;
    const clause = (read: () => boolean) => {
      if (this.attempt(read)) count++;
    };
    clause(() => this.word('where') && this.condition());
    clause(() => this.word('group', 'by') && this.list(() => this.expression()));
    clause(() => this.word('having') && this.condition());
    clause(() => this.word('order', 'by') && this.list(() => this.ordered()));
    clause(() => this.word('limit') && this.match(/\d+/y));
    clause(() => this.word('offset') && this.match(/\d+/y));
    return count;
  }

  private update(): boolean {
    return this.attempt(
      () =>
        this.word('update') &&
        this.name() &&
        this.word('set') &&
        this.list(() => this.name() && this.match(/=/y) && this.expression()) &&
        this.optional(() => this.word('where') && this.condition()),
    );
  }

  private remove(): boolean {
    return this.attempt(() => this.word('delete', 'from') && this.name() && this.word('where') && this.condition());
  }

  private insert(): boolean {
    return this.attempt(
      () =>
        this.word('insert', 'into') &&
        this.name() &&
        this.optional(() => this.parenthesised(() => this.list(() => this.name()))) &&
        (this.select(false) ||
          (this.word('values') && this.list(() => this.parenthesised(() => this.list(() => this.expression()))))) &&
        this.optional(
          () =>
            this.word('on', 'conflict') &&
            this.optional(() => this.parenthesised(() => this.list(() => this.name()))) &&
            this.word('do', 'nothing'),
        ),
    );
  }

  private tables(): boolean {
    const table = () => this.name() && this.optional(() => this.alias());
    const join = () =>
      this.optional(() => this.word('left') || this.word('inner')) &&
      this.word('join') &&
      table() &&
      ((this.word('on') && this.condition()) || (this.word('using') && this.parenthesised(() => this.name())));
    if (!this.list(table)) return false;
    while (this.attempt(join));
    return true;
  }

  /** A short name for a table: with "as", or one or two letters. */
  private alias(): boolean {
    return this.attempt(() =>
      this.word('as') ? this.name() : this.match(/[a-z]\w?(?=\s+(?:left|inner|join|where|on)\b|\s*,)/iy),
    );
  }

  private column(): boolean {
    return this.match(/(?:\w+\.)?\*/y) || (this.expression() && this.optional(() => this.word('as') && this.name()));
  }

  private ordered(): boolean {
    return this.expression() && this.optional(() => this.word('asc') || this.word('desc'));
  }

  private condition(): boolean {
    if (!this.predicate()) return false;
    while (this.attempt(() => (this.word('and') || this.word('or')) && this.predicate()));
    return true;
  }

  private predicate(): boolean {
    return this.attempt(() => {
      this.word('not');
      if (this.parenthesised(() => this.condition())) return true;
      if (this.word('exists')) return this.parenthesised(() => this.select(false));
      if (!this.expression()) return false;
      if (this.word('is'))
        return this.optional(() => this.word('not')) && (this.word('null') || this.match(/true|false/iy));
      this.word('not');
      if (this.word('in')) return this.parenthesised(() => this.select(false) || this.list(() => this.expression()));
      if (this.word('between')) return this.expression() && this.word('and') && this.expression();
      if (this.word('like') || this.word('ilike')) return this.expression();
      // "WHERE active" is a condition by itself
      if (this.attempt(() => this.match(/<=|>=|<>|!=|=|<|>/y) && this.expression())) return true;
      return ENDS.test(this.text.slice(this.at));
    });
  }

  private expression(): boolean {
    return this.attempt(() => {
      if (!this.term()) return false;
      while (this.attempt(() => this.match(/\|\||[-+*/%](?!>)/y) && this.term()));
      return true;
    });
  }

  private term(): boolean {
    return (
      this.match(/'(?:[^']|'')*'|"[^"]*"(?:\."[^"]*")?|-?\d+(?:\.\d+)?\b/y) ||
      this.parenthesised(() => this.select(false) || this.expression()) ||
      this.attempt(() => this.word('interval') && this.match(/'[^']*'/y)) ||
      this.attempt(
        () =>
          this.name() &&
          this.optional(() =>
            this.parenthesised(() =>
              this.optional(() => {
                this.word('distinct');
                return this.match(/\*/y) || this.list(() => this.expression());
              }),
            ),
          ),
      )
    );
  }

  private name(): boolean {
    const found = /\s*((?:"[^"]+"|[A-Za-z_]\w*)(?:\.(?:"[^"]+"|[A-Za-z_]\w*))*)/y;
    found.lastIndex = this.at;
    const name = found.exec(this.text)?.[1];
    // a file and a folder are no tables
    if (name === undefined || STOP.test(name) || /\.(csv|json|xlsx?|md|txt)$/i.test(name)) return false;
    if (this.text[found.lastIndex] === '/') return false;
    // "… WHERE open to https://…": where it goes, and no name
    if (
      /^\s+(?:to|into|at|vers|à|dans|sur)\s+(?:https?:|\S+\.\w{2,4}\b)/iu.test(
        this.text.slice(found.lastIndex - 0 - name.length),
      ) &&
      /^(to|into|at|vers|a|dans|sur)$/i.test(name)
    )
      return false;
    this.at = found.lastIndex;
    return true;
  }

  private list(read: () => boolean): boolean {
    if (!read()) return false;
    while (this.attempt(() => this.match(/,/y) && read()));
    return true;
  }

  private parenthesised(read: () => boolean): boolean {
    return this.attempt(() => this.match(/\(/y) && read() && this.match(/\)/y));
  }

  private optional(read: () => boolean): boolean {
    this.attempt(read);
    return true;
  }

  private attempt(read: () => boolean): boolean {
    const before = this.at;
    if (read()) return true;
    this.at = before;
    return false;
  }

  private word(...words: string[]): boolean {
    return this.match(new RegExp(`${words.join('\\s+')}\\b`, 'iy'));
  }

  private match(shape: RegExp): boolean {
    const spaced = new RegExp(`\\s*(?:${shape.source})`, shape.flags);
    spaced.lastIndex = this.at;
    const found = spaced.exec(this.text);
    if (!found) return false;
    this.at += found[0].length;
    return true;
  }
}
