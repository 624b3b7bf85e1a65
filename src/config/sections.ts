import type { Kind } from './kinds';

interface Described<T> {
  section: string;
  kind: Kind<T>;
  doc: string;
  /** What an absent value means, where that is not a constant; for the documentation. */
  absent?: string;
  /** The value is never printed or logged. */
  secret?: boolean;
}

/** A variable that always has a value; the default is written as a user would write it. */
export interface Defaulted<T> extends Described<T> {
  default: string;
  /** A port of the local stack: its default is AWE_PORT_BASE plus this, where that is set. */
  fromBase?: number;
}

/** A variable that may have no value. */
export interface Optional<T> extends Described<T> {
  default?: undefined;
  fromBase?: undefined;
}

export type Variable = Defaulted<unknown> | Optional<unknown>;

type More = Pick<Described<unknown>, 'absent' | 'secret'>;

/** Makes the variables of one section of `.env.example`. */
export const section = (name: string) => ({
  defaulted: <T>(
    kind: Kind<T>,
    value: string,
    doc: string,
    more: Pick<Defaulted<T>, 'fromBase'> = {},
  ): Defaulted<T> => ({
    section: name,
    kind,
    default: value,
    doc,
    ...more,
  }),
  optional: <T>(kind: Kind<T>, doc: string, more: More = {}): Optional<T> => ({ section: name, kind, doc, ...more }),
});

/** The checked values of a table of variables, one per variable. */
export type ValuesOf<V extends Record<string, Variable>> = {
  -readonly [K in keyof V]: V[K] extends Defaulted<infer T>
    ? T
    : V[K] extends Optional<infer T>
      ? T | undefined
      : never;
};

/** The section of questions to people, whatever process asks them. */
export const PEOPLE = 'People';
