import { outermostOf } from '../../core/engine/row-id';
import type { StepState, TableState } from '../../core/engine/table';
import { findNearest } from '../../core/nearest';
import type { StepLinks } from '../../core/plan/check';
import { onErrorOf } from '../../core/plan/steps';
import type { DefinitionContent, DefinitionStep } from '../../schemas/definition/definition';
import type { Plan, Step } from '../../schemas/plan';
import { calledAs } from './compile';
import { endsTogether, flatten, isGroup } from './steps';

/** True for a step whose failure the plan goes on without. */
const isTolerated = (step: Step): boolean => onErrorOf(step) === 'continue';

/** Steps that an execution goes on from: those that have failed it, and those that were cut off by that. */
export function failedSteps({ steps }: Plan, rows: TableState): string[] {
  const states = new Map(rows);
  return steps
    .filter((step) => {
      const { status } = states.get(step.id) ?? {};
      return status === 'cancelled' || (status === 'failed' && !isTolerated(step));
    })
    .map(({ id }) => id);
}

/**
 * Steps of the plan with which a step of the definition begins: those of a `parallel`, the call of a step with an
 * `output`; or why none does.
 */
export function beginningOf({ steps }: DefinitionContent, plan: Plan, name: string): string[] | { fault: string } {
  const ids = new Set(plan.steps.map(({ id }) => id));
  const step = flat(steps).find(({ step_id }) => step_id === name);
  if (!step) {
    const group = steps.map((one) => groupAround(one, name)).find((found) => found !== undefined);
    if (group !== undefined) return { fault: `is within ${group}, which runs again as a whole; begin at ${group}` };
    const near = findNearest(name, [...ids]);
    return { fault: `is no step of this workflow${near === undefined ? '' : `; did you mean ${near}?`}` };
  }
  const primary = plan.steps.find(({ on_error }) => typeof on_error === 'object' && on_error.fallback === name);
  if (primary) return { fault: `is the fallback of ${primary.id}; begin at ${primary.id}` };
  const within = step.step_type === 'parallel' && !endsTogether(step) ? flat(step.steps ?? []) : [step];
  return within.flatMap(({ step_id }) => [calledAs(step_id), step_id].filter((id) => ids.has(id)));
}

/** The steps of a definition that are steps of its plan: not those of groups. */
const flat = (steps: readonly DefinitionStep[]): DefinitionStep[] =>
  flatten(steps.map((step) => ({ step, at: '', within: [] }))).map(({ step }) => step);

/** The outermost group that holds a step of this name. */
function groupAround(step: DefinitionStep, name: string): string | undefined {
  const { step_id, steps = [] } = step;
  if (steps.every((inner) => inner.step_id !== name && groupAround(inner, name) === undefined)) return undefined;
  if (isGroup(step)) return step_id;
  return steps.map((inner) => groupAround(inner, name)).find((found) => found !== undefined);
}

/** Some steps, their fallbacks, and all steps that wait for one of them. */
export function withDependents({ steps }: Plan, links: Map<string, StepLinks>, from: readonly string[]): Set<string> {
  const again = new Set(from);
  for (let before = -1; before !== again.size;) {
    before = again.size;
    for (const { id, on_error } of steps) {
      if (links.get(id)?.needs.some((need) => again.has(need))) again.add(id);
      if (again.has(id) && typeof on_error === 'object') again.add(on_error.fallback);
    }
  }
  return again;
}

/** Rows that another execution takes over: of steps that have ended well, or without which the plan has gone on. */
export function takenOver({ steps }: Plan, rows: TableState, again: ReadonlySet<string>): TableState {
  const states = new Map(rows);
  return steps.flatMap((step): TableState => {
    const state = states.get(step.id);
    if (!state || again.has(step.id)) return [];
    const isDone = state.status === 'completed' || state.status === 'skipped';
    return isDone || (state.status === 'failed' && isTolerated(step)) ? [[step.id, state]] : [];
  });
}

/**
 * True for what a step has done where it is not done again: it, or what holds it, is done; or it was done in an earlier
 * round. `rows`: those with which the next execution begins.
 */
export function isBehind(
  rows: ReadonlyMap<string, StepState>,
  { step, round }: { step: string; round: number },
): boolean {
  const parts = step.split('.');
  return parts.some((_, index) => {
    const id = parts.slice(0, index + 1).join('.');
    const row = rows.get(id);
    if (!row) return false;
    if (row.status === 'completed' || row.status === 'skipped' || row.status === 'failed') return true;
    if (id === step) return round < row.rounds;
    // a round of a group that was repeated; the index of an element has a row
    const next = Number(parts[index + 1]);
    return !rows.has(`${id}.${parts[index + 1]}`) && row.each === undefined && next < row.rounds - 1;
  });
}

/** Ids of the steps of a plan among rows, in the order of the plan. */
export const stepsAmong = ({ steps }: Plan, rows: TableState): string[] => {
  const ids = new Set(rows.map(([id]) => outermostOf(id)));
  return steps.map(({ id }) => id).filter((id) => ids.has(id));
};
