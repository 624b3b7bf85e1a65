import type { Slots } from './grammar/input';
import type { Span } from './reading';

import type { Draft } from './draft/draft';

/** Clauses of a goal that do one kind of thing: how they are said, and which steps they become. */
export interface Family {
  name: string;
  /** what it does, in a few words: for those whose words were not understood */
  does: string;
  /** goals, in both languages, that the tests plan */
  examples: readonly string[];
  /** patterns that a clause begins with */
  heads: readonly string[];
  /** patterns that a clause without a verb begins with, where one stands before it: `…, to x.csv` */
  continues?: readonly string[];
  /** patterns that a clause without a verb begins with, wherever it stands: `a checklist of …` */
  bare?: readonly string[];
  /** patterns that follow what a clause is about, where that stands first: `the rows go to x.csv` */
  predicates?: readonly string[];
  /** patterns that may follow, in any order, each value once */
  slots: readonly string[];
  /** patterns that belong to the clause though a verb stands in them: `skipping duplicates` */
  tails?: readonly string[];
  /** patterns that may stand in the sentence after it, and belong to it all the same */
  across?: readonly string[];
  /** values of which a clause has at least one, or else it belongs to another family; groups of them, each needed */
  needs?: readonly (readonly string[])[];
  /** what reading a clause so costs, where other readings take in as much */
  cost?: number;
  /** true if it asks for nothing: its words are named in the notes, and no step is made */
  background?: boolean;
  /** true if it can begin with what it is about: "the users should be fetched" */
  passive?: boolean;
  /** adds its steps. @throws Refusal */
  plan(clause: Clause, draft: Draft): void;
}

/** A clause of the goal: what it does, and the values that it was said with. Positions are tokens, `end` exclusive. */
export interface Clause {
  family: Family;
  start: number;
  end: number;
  lead: Lead;
  slots: Slots;
  skipped: Span[];
  /** small words that no pattern took, and words that would have to name something: what they cost */
  cost: number;
}

/** Separation of a clause from the one before it. */
export interface Lead {
  /** token at which the clause itself begins */
  at: number;
  /** nothing, a comma or "and", a word of order, or a new sentence */
  kind: 'none' | 'soft' | 'then' | 'sentence';
  /** said to be the first thing to do */
  first?: boolean;
  /** to be done before what was said last */
  beforehand: boolean;
  /** says how what stands before it is made: "by joining …" */
  means?: boolean;
  /** fillers that were skipped: their tokens */
  skipped: Span[];
}
