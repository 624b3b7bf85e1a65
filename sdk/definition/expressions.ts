/** Expressions of definitions, as values of TypeScript that know the type that they will have. */

const text = Symbol('the expression');
declare const type: unique symbol;

/** An expression of the plan language. In a text it becomes `${{ … }}`; as a whole value it keeps its type. */
export interface Expression<T = unknown> {
  readonly [text]: string;
  readonly [type]?: T;
  toString(): string;
}

/** A part of the input or of an output, whose members are named as those of the value itself. */
export type Reference<T> = Expression<T> & Members<T>;

/** Places that the compiler takes to be there; others it calls possibly undefined, if it is strict about that. */
type Few = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

type Members<T> = 0 extends 1 & T
  ? { readonly [name: string]: Reference<T> }
  : NonNullable<T> extends readonly (infer Element)[]
    ? { readonly [Index in Few]: Reference<Element> } & { readonly [index: number]: Reference<Element> }
    : NonNullable<T> extends object
      ? { readonly [Name in keyof NonNullable<T>]-?: Reference<Exclude<NonNullable<T>[Name], undefined>> }
      : unknown;

/** A value as it may be written: itself, an expression that gives it, or parts of either kind. Texts may hold expressions. */
export type Written<T> =
  | Expression<T>
  | T
  | (T extends readonly (infer Element)[]
      ? readonly Written<Element>[]
      : T extends object
        ? { readonly [Name in keyof T]: Written<T[Name]> }
        : never);

/** The type that a written value has in the end. A text may hold an expression that gives anything. */
export type Resolved<W> =
  W extends Expression<infer T>
    ? T
    : W extends string
      ? // eslint-disable-next-line @typescript-eslint/no-explicit-any
        any
      : W extends readonly unknown[]
        ? { [Index in keyof W]: Resolved<W[Index]> }
        : W extends object
          ? { -readonly [Name in keyof W]: Resolved<W[Name]> }
          : W;

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A reference by its path; its members are references too. */
export function reference<T>(path: string): Reference<T> {
  const base = { toString: () => `\${{ ${path} }}`, [text]: path };
  return new Proxy(base, {
    get(target, name) {
      if (typeof name === 'symbol' || name === 'toString') return Reflect.get(target, name) as unknown;
      if (/^\d+$/.test(name)) return reference(`${path}[${name}]`);
      return reference(NAME.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`);
    },
  }) as unknown as Reference<T>;
}

/**
 * An expression in CEL: expressions and references among its parts are put in as they are, other values as literals.
 * `cel<boolean>`${input.lead.budget} > 10000``
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function cel<T = any>(words: TemplateStringsArray, ...parts: readonly unknown[]): Expression<T> {
  const bare = words.reduce((all, word, index) => `${all}${termOf(parts[index - 1])}${word}`);
  return { [text]: bare, toString: () => `\${{ ${bare} }}` };
}

/** The value of a reference that may be missing, or another in its place. */
export const orElse = <T>(value: Expression<T>, otherwise: NonNullable<T> | Expression<NonNullable<T>>) =>
  cel<NonNullable<T>>`default(${value}, ${otherwise})`;

/** An expression without `${{ }}`; undefined for any other value. */
export function bareOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && text in value ? String(value[text]) : undefined;
}

/** A part of an expression; one with operators of its own stays together. */
function termOf(part: unknown): string {
  const bare = bareOf(part);
  if (bare === undefined) return JSON.stringify(part);
  return /^[\w.[\]"]+$/.test(bare) || isCall(bare) ? bare : `(${bare})`;
}

const isCall = (bare: string): boolean => /^default\([^()]*\)$/.test(bare);
