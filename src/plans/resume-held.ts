import { isTolerated } from '../../core/engine/failures';
import { NOT_MET } from '../../core/engine/interpreter';
import { holderOf, nameOf, outermostOf, repeatedBy } from '../../core/engine/row-id';
import type { StepState, TableState } from '../../core/engine/table';
import { everyStep, onErrorOf } from '../../core/plan/steps';
import type { Step } from '../../schemas/plan';

interface Holding {
  /** rows of the plan, and those that failed steps held; each before those that it holds */
  rows: TableState;
  /** true for a step whose effect may not be repeated */
  isOnce: (step: Step) => boolean;
}

/**
 * Where a failed step stands that goes on within: a step with `for_each`, or a group. Elements and steps that are done
 * stay done; those that have failed, or were cut off, are carried out once more. Undefined where nothing is known of
 * what it held, so that it begins its round again, under the same keys.
 */
export function resumeHeld(
  step: Step,
  { rows, isOnce }: Holding,
): { rows: TableState; retried: { step: string; round: number }[] } | undefined {
  const steps = new Map(everyStep([step]).map((one) => [one.id, one]));
  const fallbacks = new Set(
    [...steps.values()].map(({ on_error }) => typeof on_error === 'object' && on_error.fallback),
  );
  const resumed = new Map<string, StepState>();
  const retried: { step: string; round: number }[] = [];
  for (const [id, state] of rows) {
    const one = steps.get(nameOf(id));
    if (!one || outermostOf(id) !== step.id) continue;
    const holder = holderOf(id, (other) => resumed.has(other));
    // what its holder has dropped begins anew with it
    if (holder !== undefined && resumed.get(holder)?.status !== 'running') continue;
    if (fallbacks.has(one.id) && state.status !== 'completed') {
      // only where its step fails once more; under the key that it had, unless its round was over, or may not be repeated
      const { status, rounds } = state;
      const isAnew = status === 'ready' || isOnce(one);
      resumed.set(id, { status: 'pending', rounds: isAnew ? rounds : Math.max(0, rounds - 1) });
      continue;
    }
    const row = isHolding(one, id) ? reopened(one, id, state) : carriedOn(one, state, isOnce);
    if (!row) continue;
    resumed.set(id, row);
    if (row === state || isHolding(one, id) || repeatedBy(id) !== undefined) continue;
    retried.push({ step: id, round: row.status === 'ready' ? row.rounds + 1 : row.rounds });
  }
  const row = resumed.get(step.id);
  if (!row || (row.status === 'running' && resumed.size === 1)) return undefined;
  const round = row.status === 'ready' ? row.rounds + 1 : row.rounds;
  return { rows: [...resumed], retried: [{ step: step.id, round }, ...retried] };
}

/** True for a row that holds others: of a step with `for_each`, of a group, or of an element that is one. */
const isHolding = ({ kind, for_each }: Step, id: string): boolean =>
  kind === 'group' || (for_each !== undefined && repeatedBy(id) === undefined);

const isEnded = (state: StepState, step: Step): boolean =>
  state.status === 'completed' || state.status === 'skipped' || isTolerated(state, onErrorOf(step));

/** A row that holds others is open again; a list that is not known is made again. */
function reopened(step: Step, id: string, state: StepState): StepState | undefined {
  const { rounds, started, each, output, unchecked } = state;
  if (isEnded(state, step)) return state;
  if (rounds === 0) return undefined;
  if (step.for_each !== undefined && repeatedBy(id) === undefined)
    return each?.list && { status: 'running', rounds, started, each: { count: each.count, list: each.list } };
  // its last round was not good enough: it begins another
  if (state.error?.type === NOT_MET) return { status: 'ready', rounds, started };
  return { status: 'running', rounds, started, output, unchecked };
}

/** A row of a call, a question or a wait; undefined where it begins anew. */
function carriedOn(step: Step, state: StepState, isOnce: Holding['isOnce']): StepState | undefined {
  const { status, rounds, started, rest, output, unchecked } = state;
  // between two rounds it is where it was
  if (isEnded(state, step) || status === 'ready') return state;
  if (step.kind === 'wait') return status === 'waiting' ? state : undefined;
  if (step.kind === 'approval' || rounds === 0) return undefined;
  if (rest !== undefined) return { ...state, status: 'ready' };
  if (unchecked) return { status: 'running', rounds, started, output, unchecked };
  if (state.error?.type === NOT_MET) return { status: 'ready', rounds, started };
  return isOnce(step) ? { status: 'ready', rounds, started } : { status: 'running', rounds, started };
}
