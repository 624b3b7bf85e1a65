import type { Json, JsonObject } from './json';
import type { Approval, OnError, Until } from './plan';
import type { Ref } from './refs';
import type { StepClass } from './step-call';

/**
 * A step as the interpreter loads it: checked, its dependencies complete, its class of work known. The arguments are
 * inline when they are small, else in a file.
 */
export interface LoadedStep {
  id: string;
  name?: string;
  kind: 'tool' | 'agent' | 'approval' | 'wait';
  uses?: string;
  /** ids of the steps that must have ended: those declared, and those that expressions name */
  needs: string[];
  /** ids of the steps whose outputs `with` and `approval` read */
  reads: string[];
  when?: string;
  /** it runs once for each element of a list: its template, and how many at a time */
  for_each?: { list: string; parallel: number };
  /** it is an element of such a step; only the interpreter makes these, no plan holds any */
  element?: { of: string; index: number };
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
