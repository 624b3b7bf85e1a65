import type { Json, JsonObject } from './json';
import type { Approval, OnError, Step, Until } from './plan';
import type { Ref } from './refs';
import type { StepClass } from './step-call';

/**
 * A step as the interpreter loads it: checked, its dependencies complete, its class of work known. The arguments are
 * inline when they are small, else in a file.
 */
export interface LoadedStep {
  id: string;
  name?: string;
  kind: Step['kind'];
  uses?: string;
  /** ids of the steps that must have ended: those declared, and those that expressions name */
  needs: string[];
  /** of a step within a group that needs some around it: the others, in the group, whose being skipped skips it */
  beside?: string[];
  /** ids of the steps whose outputs `with`, `until` and `approval` read */
  reads: string[];
  when?: string;
  /** it runs once for each element of a list: its template, and how many at a time */
  for_each?: { list: string; parallel: number };
  /** it is an element of such a step; only the interpreter makes these, no plan holds any */
  element?: Element;
  /** of a group, whose `with` is what it gives back: its steps, and those that this reads; by their ids in the plan */
  steps?: LoadedStep[];
  gives?: string[];
  /** it is in a group that is open; only the interpreter makes these */
  within?: Within;
  with: { inline: JsonObject } | { ref: Ref };
  class?: StepClass;
  /** milliseconds for the whole step with all its attempts, or for each of its elements */
  timeout?: number;
  until?: Until & { class: StepClass };
  on_error: OnError;
  approval?: Approval;
  /** it runs only when another step names it as its fallback */
  reserve?: true;
}

/** One element of a step that runs for each: the id of that step's row, and its index from 0. */
export interface Element {
  of: string;
  index: number;
}

/** The place of a step in an open group: the group's row, and what `item` and `index` stand for. */
export interface Within {
  group: string;
  element?: Element;
  /** of that element, or of the round of a group that is repeated, from 0 */
  index?: number;
  /** it is one of so many that what happens to it is not told */
  silent?: true;
}

/** A checked plan, with everything that its steps need to run. */
export interface LoadedPlan {
  name: string;
  max_parallel: number;
  steps: LoadedStep[];
  /** output of the plan, with expressions */
  result?: Json;
}

/** A page of a plan, at most 256 KiB, so that no workflow task grows too large. */
export interface PlanPage {
  name: string;
  total: number;
  max_parallel: number;
  steps: LoadedStep[];
  /** output of the plan, with expressions; on the last page */
  result?: Json;
  /** start of the next page; absent on the last page */
  next?: number;
}
