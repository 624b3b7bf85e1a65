/** Tokens that a value was read from: first, and the one after the last. */
export type Span = [number, number];

/** A place that data comes from. */
export type Source =
  | { type: 'url'; url: string; delimiter?: string }
  | { type: 'path'; path: string; sheet?: string; delimiter?: string }
  | { type: 'table'; table: string; database?: string; columns?: string[] }
  | { type: 'sql'; sql: string; database?: string }
  | { type: 'context'; name?: string }
  | { type: 'memory'; name: string }
  | { type: 'kept' }
  | { type: 'list'; values: (string | number)[] };

/** A figure over rows. */
export interface Aggregate {
  op: 'count' | 'sum' | 'avg' | 'min' | 'max' | 'count_distinct';
  field?: string;
}

/** What was done to rows, by the tool that does it: `transform.join`. */
export type Deed = 'join' | 'filter' | 'sort' | 'group' | 'distinct';

/** Something that a clause speaks about, before it is known which step gives it. */
export type Ref =
  | {
      kind: 'current';
      many: boolean;
      each?: boolean;
      /** what was done to it, where its words say so, and its name: "the merged orders" */
      deed?: Deed;
      label?: string;
      at: Span;
    }
  | {
      kind: 'thing';
      label: string;
      words: Word[];
      source?: Source;
      article?: boolean;
      /** conditions in brackets say what its name says: `the unpaid invoices (table invoices, paid is false)` */
      explained?: boolean;
      /** the first of them in an order */
      ranked?: { by: { field: string; order?: string }[]; limit: number };
      each?: boolean;
      within?: Ref;
      where?: Conditions[];
      at: Span;
    }
  | { kind: 'figure'; figure: Aggregate; label: string; of?: Ref; by: string[]; at: Span };

/** A place that is spoken of by itself, without a name for what it holds. */
export const placeOf = (source: Source, at: Span): Ref => ({ kind: 'thing', label: '', words: [], source, at });

/** A word of the goal, and its token. */
export interface Word {
  text: string;
  token: number;
  /** known as the name of a thing */
  known: boolean;
}

/** A value in a condition: a literal, or a secret or something of the context by name. */
export type Literal = string | number | boolean | null | (string | number)[];

/** A value that is known only when the step runs: another field, or the present moment in the words of each tool. */
export type Computed = { field: string } | { sql: string; jsonata: string | undefined };

/** A condition on a field; `field` is undefined where only the thing itself can be meant. */
export interface Condition {
  field?: string;
  op: Operator;
  value?: Literal | Computed;
  /** the unit of the value, which may tell the field: `over 2,000 kg` */
  unit?: string;
  at: Span;
}

export type Operator =
  | 'eq'
  | 'ne'
  | 'lt'
  | 'le'
  | 'gt'
  | 'ge'
  | 'in'
  | 'not_in'
  | 'contains'
  | 'not_contains'
  | 'starts_with'
  | 'ends_with'
  | 'exists'
  | 'missing';

/** Conditions, all of which or any of which hold. */
export interface Conditions {
  match: 'all' | 'any';
  all: Condition[];
}

/** Formats of files. */
export type Format = 'binary' | 'json' | 'csv' | 'xlsx' | 'markdown' | 'text' | 'html';
