import type { Language } from '../../../../schemas/language';
import type { Lexicon } from '../lexicon/lexicon';
import type { Token } from '../text/tokens';
import { ALL, firstsOf, pattern, type Pattern } from './pattern';

/** Values that a clause has found, by their names in the patterns. */
export type Slots = { [name: string]: unknown };

/** A match: the token after it, and the values within. */
export interface Match {
  end: number;
  slots: Slots;
}

/** A typed value at a token. */
export interface Found {
  end: number;
  value: unknown;
}

/** Reader of a typed value; all readings at a token, the longest first. */
export type ValueType = (input: Input, at: number) => Found[];

/** Bound of the readings of one pattern at one token. */
const READINGS = 64;

const NONE: readonly Match[] = [];
/** Nothing that is read yet was asked for. */
const COMPLETE = Infinity;

/** Tokens at which a pattern may begin at a token, and the concepts at any of them. */
interface Starting {
  at: readonly number[];
  concepts: ReadonlySet<string>;
}

/** Names of the tools that a goal may call, and those that arguments of any of them have. */
export interface Callable {
  tools: ReadonlySet<string>;
  parameters: ReadonlySet<string>;
}

/** A goal as the grammar reads it: tokens, what they mean, and what was found at each so far. */
export class Input {
  readonly language: Language;
  private readonly meanings: Map<string, number[]>[];
  private readonly begins = new Map<number, boolean>();
  private readonly found: Map<string, readonly Found[]>[] = [];
  /** values that are being read, and how deep each lies in the others */
  private readonly reading = new Map<readonly Found[], number>();
  private depth = 0;
  /** how deep the outermost value lies that was asked for while it is read, by what is read now */
  private lacking = COMPLETE;
  private readonly matches: Map<Pattern, Match[]>[] = [];
  private readonly startings: Starting[] = [];
  /** words that were read as saying what a place is, which a note tells where nothing else does */
  readonly asides: [number, number][] = [];

  constructor(
    readonly tokens: readonly Token[],
    readonly lexicon: Lexicon,
    private readonly types: { [type: string]: ValueType },
    private readonly heads: readonly Pattern[],
    /** tools that may be called by their names */
    readonly callable: Callable,
  ) {
    this.language = lexicon.language;
    this.meanings = tokens.map((_, at) => {
      const here = new Map<string, number[]>();
      for (const { concept, length } of lexicon.meaningsAt(tokens, at))
        here.set(
          concept,
          [...(here.get(concept) ?? []), at + length].sort((a, b) => b - a),
        );
      return here;
    });
  }

  /** The same goal with other tokens. */
  with(tokens: readonly Token[]): Input {
    return new Input(tokens, this.lexicon, this.types, this.heads, this.callable);
  }

  /** Tokens after the phrases of a concept that begin here, the longest first. */
  ends(at: number, concept: string): number[] {
    return this.meanings[at]?.get(concept) ?? [];
  }

  /** Token after the longest phrase of any of these concepts; `at` itself if there is none. */
  skip(at: number, ...concepts: string[]): number {
    return Math.max(at, ...concepts.map((concept) => this.ends(at, concept)[0] ?? at));
  }

  is(at: number, ...concepts: string[]): boolean {
    return concepts.some((concept) => this.ends(at, concept).length > 0);
  }

  means(at: number): string[] {
    return [...(this.meanings[at]?.keys() ?? [])];
  }

  /**
   * Values of a type at a token. One that is asked for while it is read has none yet; what asked for it meanwhile is not
   * kept, since it lacks them, and all else is.
   */
  values(at: number, type: string): readonly Found[] {
    const here = (this.found[at] ??= new Map<string, readonly Found[]>());
    const known = here.get(type);
    if (known) {
      const depth = this.reading.size === 0 || known.length > 0 ? undefined : this.reading.get(known);
      if (depth !== undefined) this.lacking = Math.min(this.lacking, depth);
      return known;
    }
    const read = this.types[type];
    if (!read) throw new Error(`there is no type "${type}" of values`);
    const outer = this.lacking;
    const depth = ++this.depth;
    const unread: readonly Found[] = [];
    here.set(type, unread);
    this.reading.set(unread, depth);
    this.lacking = COMPLETE;
    const values = read(this, at).sort((a, b) => b.end - a.end);
    this.reading.delete(unread);
    this.depth--;
    const isComplete = this.lacking >= depth;
    if (isComplete) here.set(type, values);
    else here.delete(type);
    this.lacking = isComplete ? outer : Math.min(outer, this.lacking);
    return values;
  }

  /** Readings of a pattern at a token, the longest first. */
  match(source: string | Pattern, at: number): readonly Match[] {
    const elements = typeof source === 'string' ? pattern(source) : source;
    if (!this.mayBegin(elements, at)) return NONE;
    const here = (this.matches[at] ??= new Map<Pattern, Match[]>());
    const known = here.get(elements);
    if (known) return known;
    const outer = this.lacking;
    this.lacking = COMPLETE;
    const matches: Match[] = [];
    this.walk(elements, 0, at, {}, (end, slots) => {
      if (matches.length < READINGS) matches.push({ end, slots });
    });
    matches.sort((a, b) => b.end - a.end);
    if (this.lacking === COMPLETE) here.set(elements, matches);
    this.lacking = Math.min(outer, this.lacking);
    return matches;
  }

  /** False where none of the words that a pattern begins with stands at a token. */
  private mayBegin(elements: Pattern, at: number): boolean {
    const firsts = firstsOf(elements);
    if (firsts === null) return true;
    const { concepts } = this.starting(at);
    for (const concept of firsts) if (concepts.has(concept)) return true;
    return false;
  }

  /** True if a clause may begin here: the word does something. */
  beginsClause(at: number): boolean {
    const known = this.begins.get(at);
    if (known !== undefined) return known;
    const begins = this.heads.some((head) => this.match(head, at).length > 0);
    this.begins.set(at, begins);
    return begins;
  }

  /** What is written between two tokens. */
  text(from: number, to: number, goal: string): string {
    return goal.slice(this.tokens[from]?.from ?? goal.length, this.tokens[to - 1]?.to ?? goal.length);
  }

  private walk(elements: Pattern, index: number, at: number, slots: Slots, done: (end: number, slots: Slots) => void) {
    const element = elements[index];
    if (!element) {
      done(at, slots);
      return;
    }
    const next = (end: number, more: Slots) => this.walk(elements, index + 1, end, more, done);
    if (element.is === 'choice') {
      for (const option of element.options) if (this.mayBegin(option, at)) this.walk(option, 0, at, slots, next);
      return;
    }
    for (const start of this.starting(at).at) {
      if (element.is === 'concept') {
        const kept = element.name === undefined ? slots : { ...slots, [element.name]: true };
        for (const end of this.ends(start, element.concept)) next(end, kept);
      } else
        for (const { end, value } of this.values(start, element.type))
          next(end, element.name === ALL ? { ...slots, ...(value as Slots) } : { ...slots, [element.name]: value });
    }
  }

  /** A token, and the one after an article, a word of courtesy ("then please run") or a particle ("lay it out as"). */
  private starting(at: number): Starting {
    const known = this.startings[at];
    if (known) return known;
    const polite = this.ends(at, 'courtesy')[0] ?? (this.isParticle(at) ? at + 1 : undefined);
    const [after] = this.ends(polite ?? at, 'the');
    const starts = [at, ...(polite === undefined ? [] : [polite]), ...(after === undefined ? [] : [after])];
    return (this.startings[at] = { at: starts, concepts: new Set(starts.flatMap((start) => this.means(start))) });
  }

  private isParticle(at: number): boolean {
    return (
      this.language === 'en' &&
      /^(over|across|along|back|down|off|away|out|up|together)$/.test(this.tokens[at]?.folded ?? '') &&
      this.is(at - 1, 'it', 'them')
    );
  }
}
