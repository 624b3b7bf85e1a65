/** Form of the authors' sets: goals, and what their words demand. */
import type { Json, JsonObject } from '../../../schemas/json';

/** Answer to a goal: a plan, or the part for which there can be none. `note` widens or narrows a plan; see `notes.ts`. */
export interface Entry {
  id: string;
  lang: 'en' | 'fr';
  family: string[];
  goal: string;
  context: Json;
  expect: Expected | Refusal;
  note?: string;
}

export interface Expected {
  plan: { steps: Role[]; edges: [string, string][] };
  /** other multisets of tools that are right */
  alternatives?: string[][];
}

export interface Refusal {
  refuse: string;
  why: string;
  refuse_also_right?: string[];
}

/** A step that the words demand. Arguments that are absent are free. */
export interface Role {
  key: string;
  uses?: string;
  kind?: 'approval' | 'wait';
  with: JsonObject;
  /** texts that the argument holds; `a|b`: either argument, or both together */
  contains?: { [argument: string]: string[] };
  /** `{$from}`, `{$context}` or `{$literal: […]}` */
  for_each?: JsonObject;
  when?: string;
  until?: string;
  every?: string;
  on_error?: string;
}

export const toolOf = ({ uses, kind }: Role): string => uses ?? kind ?? '';
