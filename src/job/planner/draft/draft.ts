import { escapeTemplate } from '../../../../core/plan/expressions';
import { specFor, type CompleteSpec } from '../../../../core/worst-case';
import type { Json, JsonObject } from '../../../../schemas/json';
import { POSSESSIVE, RESTRICTING } from '../grammar/inert';
import type { Input } from '../grammar/input';
import { VERBS } from '../lexicon/concepts';
import type { Conditions, Ref, Source, Span, Word } from '../reading';
import { Baseless, Refusal } from '../refusal';
import { sameName } from '../text/fold';
import { type Made } from './made';
import { Steps, type PlannedStep } from './steps';
import { effectOf } from './effects';

/** A list whose elements the steps of a scope run for. */
interface Each {
  list: string;
  labels: string[];
  steps: Set<string>;
  /** its elements are plain values, without fields */
  plain: boolean;
}

/** Parts of a step that a family says; the draft adds order, condition and repetition. */
export type NewStep = Omit<PlannedStep, 'id' | 'kind' | 'with'> & { kind?: PlannedStep['kind']; with?: Arguments };

/** Arguments of a step; those that are undefined are left out. */
export type Arguments = { [name: string]: Json | undefined };

/** Tools that read what an earlier step may have changed. */
const READING = /^(http\.|sql\.|file\.|memory\.|transform\.from_)/;

/** Rows that a query gives at most: all that its tool can, since a goal that reads a table means all of it. */
export const MAX_ROWS = 100_000;

/** The plan as it grows, clause by clause: its steps, what they have made, and what "it" stands for. */
export class Draft {
  readonly steps = new Steps();
  readonly made: Made[] = [];
  readonly notes: string[] = [];
  /** results that the job gives back, by name */
  readonly results = new Map<string, { step: string; path: string }>();
  /** steps that everything after them waits for: approvals and waits */
  readonly gates: string[] = [];
  /** a condition that the steps of the scope run under */
  when: string | undefined;
  /** the last condition, for "otherwise" */
  lastCondition: string | undefined;
  each: Each | undefined;
  /** the database that was named ahead of its tables */
  database: string | undefined;
  /** the expression of the token that a login gave, the host that gave it, and the header for it where it is no bearer */
  login: { token: string; host: string; asked?: boolean; header?: string } | undefined;
  /** the file that was written last without a name in the goal */
  unnamed: string | undefined;
  /** the title of a report that is said before the report itself */
  title: { text: string; at: Span } | undefined;
  clause = -1;
  /** tokens of the clause that is planned */
  span: Span = [0, 0];
  /** tokens of words that name things */
  readonly named = new Set<number>();
  /** lists that stand in the goal, and where; something has to be done with each */
  readonly lists: { made: Made; at: Span }[] = [];
  /** queries that the plan words itself, and not the goal */
  readonly worded = new Set<string>();
  /** columns that brackets behind a table name, by the query that reads it */
  readonly columns = new Map<string, string[]>();
  /** columns that got another name, by the old one */
  readonly renamed = new Map<string, string>();
  /** what the two lists of the last join are called, the left one first */
  sides: [string[], string[]] | undefined;
  /** insertions, and where they are said */
  readonly keys = new Map<string, Span>();
  /** where each step is said */
  readonly said = new Map<string, Span>();
  /** conditions that some step holds */
  readonly held = new Set<Conditions>();
  private family = '';
  private added: string[] = [];
  private effects: string[] = [];

  constructor(
    readonly input: Input,
    readonly goal: string,
    readonly context: Json,
    private readonly find: (name: string) => CompleteSpec | undefined,
  ) {}

  /** Begins a clause, of a family by that name. */
  begin(span: Span, family: string): void {
    this.clause++;
    this.span = span;
    this.family = family;
    this.added = [];
  }

  /** Ends it, with the values that it was said with. Steps that are said to come "then" wait for what was done before. */
  end(values: readonly unknown[], waits: boolean): void {
    this.checkHeld(values);
    const before = [...this.effects];
    for (const id of this.added) {
      const step = this.steps.get(id);
      if (!step || step.kind === 'approval') continue;
      const isEffect = effectOf(step, this.specOf(step)) !== 'none';
      if (isEffect) this.effects.push(id);
      if (waits && (isEffect || READING.test(step.uses ?? '')))
        for (const earlier of before) this.steps.order(step, earlier);
    }
  }

  /** Conditions that stand by a name have to have become steps. */
  private checkHeld(values: readonly unknown[]): void {
    for (const value of values) {
      if (value === null || typeof value !== 'object' || !('kind' in value)) continue;
      const ref = value as Ref;
      if (ref.kind === 'thing' && ref.where?.some((one) => !this.held.has(one)) === true)
        throw new Refusal(ref.at, 'I do not know how to keep only those here: say it in a clause of its own');
      if (ref.kind === 'figure') this.checkHeld([ref.of]);
    }
  }

  /** The title that was said before a report, for the report. */
  takeTitle(): string | undefined {
    const text = this.title?.text;
    this.title = undefined;
    return text;
  }

  tool(name: string): CompleteSpec | undefined {
    return this.find(name);
  }

  specOf(step: PlannedStep): CompleteSpec | undefined {
    const spec = step.uses === undefined ? undefined : this.find(step.uses);
    return spec === undefined ? undefined : specFor(spec, step.with ?? {});
  }

  /** Adds a step to the scope that is open. @returns its id */
  add(wish: string, { kind = 'tool', with: given, ...step }: NewStep): string {
    const id = this.steps.idFor(wish);
    const entries = Object.entries(given ?? {}).flatMap(([name, value]): [string, Json][] =>
      value === undefined ? [] : [[name, value]],
    );
    if (this.database !== undefined && /^sql\./.test(step.uses ?? '') && given?.['database'] === undefined)
      entries.push(['database', this.database]);
    const added = this.steps.add({ id, kind, ...step, ...(given ? { with: Object.fromEntries(entries) } : {}) });
    if (this.each && kind === 'tool') {
      added.for_each = `\${{ ${this.each.list} }}`;
      this.each.steps.add(id);
    }
    if (this.when !== undefined) added.when = this.when;
    for (const gate of this.gates) this.steps.order(added, gate);
    this.added.push(id);
    this.said.set(id, this.span);
    return id;
  }

  /** Remembers what a step gives. */
  make(made: Partial<Made> & Pick<Made, 'labels' | 'form'>): Made {
    const whole: Made = { path: '', clause: this.clause, consumed: false, used: false, ...made };
    this.made.push(whole);
    return whole;
  }

  /** Makes something of another thing, which has gone into it. */
  remake(from: Made, made: Partial<Made> & Pick<Made, 'form'>): Made {
    const next = this.make({ labels: from.labels, ...made });
    from.consumed = true;
    return next;
  }

  /** The expression of a value, by itself or below it. */
  expression({ step, path, root }: Made, below = ''): string {
    const tail = [path, below].filter(Boolean).join('.');
    if (step === undefined) return [root ?? 'input', tail].filter(Boolean).join('.');
    if (this.steps.get(step)?.for_each === undefined) return [`steps.${step}.output`, tail].filter(Boolean).join('.');
    if (this.each?.steps.has(step)) return [`steps.${step}.output.items[index]`, tail].filter(Boolean).join('.');
    return tail === '' ? `steps.${step}.output.items` : `steps.${step}.output.items.map(one, one.${tail})`;
  }

  template(made: Made, below = ''): string {
    return `\${{ ${this.expression(made, below)} }}`;
  }

  /** Text of the goal as it is, in an argument. */
  literal(text: string): string {
    return escapeTemplate(text);
  }

  /** What is in a thing, as a value: rows of a CSV file, the JSON of an answer. */
  data(made: Made): Made {
    if (!made.file) return made;
    if (made.rows) return made.rows;
    const { path, format, sheet, delimiter } = made.file;
    if (sheet !== undefined && format !== 'xlsx') throw new Refusal(this.span, `${path ?? 'this file'} has no sheets`);
    if (format === 'binary')
      throw new Refusal(
        [0, this.input.tokens.length],
        `what is in ${path ?? 'this file'} cannot be read: it can be saved, moved and sent`,
      );
    const at: JsonObject = path === undefined ? { artifact: this.template(made) } : { path: this.literal(path) };
    const label = made.labels[0] ?? 'file';
    const tables = { csv: 'transform.from_csv', xlsx: 'transform.from_xlsx' } as const;
    const isTable = format === 'csv' || format === 'xlsx';
    const step = this.add(`read_${label}`, {
      uses: isTable ? tables[format] : 'file.read',
      with: { ...at, sheet, delimiter },
    });
    const reader = this.steps.get(step);
    if (reader && made.step !== undefined) this.steps.order(reader, made.step);
    made.rows = this.make({
      labels: made.labels,
      form: format === 'json' || isTable ? 'data' : 'text',
      step,
      path: isTable ? 'items' : 'content',
    });
    made.consumed = true;
    return made.rows;
  }

  /** The artifact of a file. */
  artifact(made: Made): string | undefined {
    if (!made.file || made.file.sheet !== undefined) return undefined;
    if (made.file.path === undefined) return this.template(made);
    if (made.step !== undefined && made.path === 'file') return this.template(made);
    const step = this.add(`read_${made.labels[0] ?? 'file'}`, {
      uses: 'file.read',
      with: { path: this.literal(made.file.path), as: 'artifact' },
    });
    const reader = this.steps.get(step);
    if (reader && made.step !== undefined) this.steps.order(reader, made.step);
    return `\${{ steps.${step}.output.file }}`;
  }

  /** Has a step wait for those before it that read or change the same file or table, by these tools. */
  after(id: string, name: string, tools: RegExp): void {
    const step = this.steps.get(id);
    const isSame = (value: Json | undefined): boolean =>
      typeof value === 'string' && (value === name || value.includes(` ${name}`));
    for (const other of step ? this.steps.all : [])
      if (step && other.id !== id && tools.test(other.uses ?? '') && Object.values(other.with ?? {}).some(isSame))
        this.steps.order(step, other.id);
  }

  note(text: string): void {
    if (!this.notes.includes(text)) this.notes.push(text);
  }

  /** Takes a note back: what came later says more. */
  unnote(text: string): void {
    if (this.notes.includes(text)) this.notes.splice(this.notes.indexOf(text), 1);
  }

  /** A value that the context has under a name; the whole context without one. */
  ofContext(name: string | undefined, at: Span, isList = false): Made {
    if (name === undefined || name === '') return this.make({ labels: ['context'], form: 'data', root: 'input' });
    const key = this.contextKey(name, isList);
    const [first = '', ...below] = name.split('.');
    if (below.length > 0 && this.hasInContext(name))
      return this.make({
        labels: [below.at(-1) ?? first],
        form: 'data',
        root: below.reduce(member, member('input', first)),
      });
    // "the values of the context": all that it has
    if (key === undefined && GENERIC.test(name)) return this.ofContext(undefined, at);
    if (key === undefined) {
      const keys = this.contextKeys();
      const has = keys.length === 0 ? 'it is empty' : `it has ${keys.join(', ')}`;
      throw new Refusal(at, `the context has no "${name}": ${has}`, keys);
    }
    return this.make({ labels: [name, key], form: 'data', root: member('input', key) });
  }

  /** The key of the context for a name; with `isList` only that of a list. */
  contextKey(name: string, isList = false): string | undefined {
    const keys = this.contextKeys().filter((key) => !isList || Array.isArray((this.context as JsonObject)[key]));
    return keys.find((key) => key === name) ?? keys.find((key) => sameName(key, name));
  }

  /** True for a value of the context that is a number. */
  isNumber({ root, path }: Made): boolean {
    const key = /^input\.(\w+)$/.exec(root ?? '')?.[1];
    return key !== undefined && path === '' && typeof (this.context as JsonObject)[key] === 'number';
  }

  /** True if the context has a value by that name, or at that place: `move.tasks`. */
  hasInContext(name: string): boolean {
    let value: Json | undefined = this.context;
    for (const part of name.split('.'))
      value = value !== null && typeof value === 'object' && !Array.isArray(value) ? value[part] : undefined;
    return value !== undefined || this.contextKey(name) !== undefined;
  }

  contextKeys(): string[] {
    return this.context !== null && typeof this.context === 'object' && !Array.isArray(this.context)
      ? Object.keys(this.context)
      : [];
  }

  /** What "it" stands for. */
  current(at: Span, many = false): Made {
    const { each } = this;
    const inside =
      each &&
      this.made.some(({ step, consumed, used }) => step !== undefined && each.steps.has(step) && !consumed && !used);
    if (each && !inside) return itemOf(this.clause);
    const open = this.made.filter(
      ({ consumed, form, file, step }) =>
        !consumed && !(form === 'file' && file?.path !== undefined && step !== undefined),
    );
    const data = open.filter(
      ({ form, clause, asked }) => form !== 'figure' || (!many && asked !== true && clause >= this.clause - 1),
    );
    const fresh = data.filter(({ used }) => !used);
    const figures = many && fresh.length === 0 ? this.freshFigures() : [];
    if (figures.length > 1) return this.together(figures);
    const [first, second] = fresh;
    // "the total and the average … send the result": what one clause has computed
    if (first && second && fresh.every(({ form, clause }) => form === 'figure' && clause === first.clause))
      return this.together(fresh);
    if (first && second) {
      const names = fresh.map(({ labels }) => `"${labels[0] ?? 'the answer'}"`).join(' or ');
      throw new Refusal(
        at,
        `it is not clear what is meant here: ${names}?`,
        fresh.flatMap(({ labels }) => labels.slice(0, 1)),
      );
    }
    const found = first ?? data.at(-1);
    if (!found)
      throw new Baseless(
        at,
        'nothing has been fetched or made up to here: say from which address, file or table it comes',
      );
    return found;
  }

  /** Figures that were computed last and have not gone anywhere yet. */
  private freshFigures(): Made[] {
    return this.made.filter(
      ({ form, used, asked, clause }) => form === 'figure' && !used && asked !== true && clause >= this.clause - 2,
    );
  }

  /** Several figures as one object: "the highest and the lowest price … save both". */
  private together(figures: Made[]): Made {
    const parts = figures.map(
      (made) => `${JSON.stringify(made.figure ?? made.labels[0] ?? 'value')}: ${this.expression(made)}`,
    );
    for (const made of figures) made.used = true;
    return this.make({ labels: ['figures'], form: 'data', root: `{${parts.join(', ')}}` });
  }

  byName(given: Word[], wholeLabel: string, at: Span, article: boolean): Made {
    // "the filtered rows": what was done to them is no part of the name
    const plain = given.filter(
      ({ token }, index) =>
        index === given.length - 1 ||
        !this.input.means(token).some((concept) => VERBS.has(concept) || concept === 'done' || concept === 'obtained'),
    );
    const words = plain;
    const label = plain.length === given.length ? wholeLabel : plain.map(({ text }) => text).join(' ');
    const last = words.at(-1)?.text ?? label;
    if (
      this.contextKey(label) === undefined &&
      !this.made.some((made) => made.labels.some((known) => sameName(known, label)))
    )
      this.checkModifiers(words);
    for (const { token } of words) this.named.add(token);
    if (this.each && [label, last].some((name) => this.each?.labels.some((known) => sameName(known, name))))
      return itemOf(this.clause, label);
    const called = (name: string) =>
      this.made.findLast(
        (made) => !made.consumed && made.labels.some((known) => known !== '' && sameName(known, name)),
      ) ?? this.made.findLast((made) => made.labels.some((known) => known !== '' && sameName(known, name)));
    // "the answer": the one that came last
    const answer = words.every(({ token }) => this.input.is(token, 'response') && !this.input.is(token, 'login'))
      ? this.made.findLast((made) => made.answer === true)
      : undefined;
    const found = answer ?? called(label) ?? called(last);
    if (found) return this.latestOf(found);
    if (this.contextKey(label) !== undefined) return this.ofContext(label, at);
    // "file the JSON away": what was made last, by its format
    const isFormat = words.length === 1 && this.input.values(words[0]?.token ?? 0, 'format').length > 0;
    if (isFormat || words.every(({ token }) => this.input.is(token, 'data', 'response', 'file'))) {
      if (words.some(({ token }) => this.input.is(token, 'file'))) {
        const file = this.made.findLast(({ form }) => form === 'file');
        if (file) return file;
      }
      return this.current(at);
    }
    // "the name of the site", where each element is a name
    if (this.each?.plain === true && article) return itemOf(this.clause, label);
    const open = this.made.filter(({ consumed, form }) => !consumed && form !== 'file');
    const fresh = open.filter(({ used }) => !used);
    const [only, second] = fresh.length > 0 ? fresh : open;
    // "their references": a column, and not the rows
    const isOwned =
      only?.form !== 'figure' && POSSESSIVE.test(this.input.tokens[(words[0]?.token ?? 0) - 1]?.folded ?? '');
    if (isOwned && only && !second)
      throw new Refusal(at, `say which column "${label}" is, such as "keep only the column ${last}"`);
    if (only && !second && (article || words.every(({ known }) => known))) {
      this.note(`"${label}" was taken for what "${only.labels[0] ?? 'the first step'}" gave.`);
      return only;
    }
    throw new Baseless(
      at,
      `I do not know where "${label}" comes from: say from which address, file, table or part of the context`,
    );
  }

  /** What has been made of a thing since, under the same name. */
  private latestOf(made: Made): Made {
    if (!made.consumed) return made;
    return this.made.findLast(({ consumed, labels }) => !consumed && labels === made.labels) ?? made;
  }

  /** Words before a name say which ones are meant; they are understood where the place itself says so. */
  checkWords(words: Word[], source: Source): void {
    this.checkModifiers(words, Object.values(source).join(' '));
    for (const { token } of words) this.named.add(token);
  }

  /** The columns that brackets name behind the table that a step reads, for what shows them; the step reads all then. */
  columnsOf(step: string | undefined): string[] | undefined {
    const columns = step === undefined ? undefined : this.columns.get(step);
    if (step !== undefined) this.columns.delete(step);
    return columns;
  }

  /** The same for a thing; words that the brackets behind it explain are told. */
  checkNames(ref: Ref & { kind: 'thing' }, source: Source): void {
    if (ref.explained === true && ref.words.length > 0) {
      for (const { token } of ref.words) this.named.add(token);
      this.note(`"${this.input.text(...ref.at, this.goal)}" was taken for what its brackets say.`);
    } else this.checkWords(ref.words, source);
  }

  /** "the number of orders" in a group of orders: the name has to be that of the rows, or say nothing. */
  checkCounted({ words, label, at }: Ref & { kind: 'thing' }): void {
    const isPlain =
      words.every(({ known }) => known) || this.made.some(({ labels }) => labels.some((name) => sameName(name, label)));
    if (!isPlain)
      throw new Refusal(
        at,
        `I do not know what "${label}" is: each group can be counted, and have totals and averages of its fields`,
      );
  }

  /** True for a word before a name that says what kind of thing it is, in English: "migration tasks". */
  private namesKind(text: string, place: string): boolean {
    return this.input.language === 'en' && place === '' && /^[a-z]{4,}$/.test(text) && !RESTRICTING.test(text);
  }

  /** The last word names a thing; one before it has to be known as part of such names, or to stand in the place. */
  checkModifiers(words: Word[], place = ''): void {
    const head =
      this.input.language === 'fr'
        ? Math.max(
            0,
            words.findIndex(({ known }) => known),
          )
        : words.length - 1;
    words.forEach(({ text, token, known }, index) => {
      if (index === head) this.named.add(token);
      // the first letters: "absent pupils" of absences
      const stem = text.length > 5 ? text.slice(0, Math.max(5, text.length - 2)) : text;
      const isFormat = this.input.values(token, 'format').length > 0;
      if (known || isFormat || place.toLowerCase().includes(stem.toLowerCase()) || words.length === 1) return;
      // English puts before a name what it is a name of, in the singular: "product catalogue", but not "products again"
      const before = words[index - 1];
      const isHead =
        index === head && (this.input.language === 'fr' || !/s$/.test(before?.text ?? '')) && !RESTRICTING.test(text);
      if (!isHead && this.namesKind(text, place)) this.note(`"${text}" was taken for a part of the name of the data.`);
      else if (!isHead)
        throw new Refusal(
          CHOOSING.has(this.family)
            ? [this.span[0], (words.at(-1)?.token ?? token) + 1]
            : [token, Math.max(token, /^autres?$/i.test(text) ? (words[head]?.token ?? 0) : 0) + 1],
          `I do not know which ones are "${text}": say it by a field, such as "whose status is ${text}"`,
        );
    });
  }
}

/** Names of whatever something holds. */
const GENERIC = /^(values?|data|valeurs?|données)$/i;

/** Families that keep or leave out rows: the whole of what they say is not understood. */
const CHOOSING = new Set(['filter', 'filter out', 'top', 'distinct']);

/** The last part of a path without its extension. */
export const stemOf = (path: string): string => /([^/]+?)(\.\w+)?\/?$/.exec(path)?.[1] ?? '';

/** The element that a step is run for. */
export const itemOf = (clause: number, label = 'item'): Made => ({
  labels: [label],
  form: 'data',
  root: 'item',
  path: '',
  clause,
  consumed: false,
  used: true,
});

/** A member of an object in an expression. */
export const member = (of: string, key: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `${of}.${key}` : `${of}[${JSON.stringify(key)}]`;

/** A name in SQL: as it is where the database would read it so, else in quotes. */
export const identifier = (name: string): string =>
  name
    .split('.')
    .map((part) => (/^[a-z_][a-z0-9_]*$/.test(part) ? part : `"${part.replaceAll('"', '""')}"`))
    .join('.');
