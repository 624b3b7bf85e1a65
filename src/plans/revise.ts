import { canonical } from '../../core/canonical';
import { NOT_MET } from '../../core/engine/interpreter';
import type { StepState, TableState } from '../../core/engine/table';
import type { Plan, Step } from '../../schemas/plan';
import { resumeHeld } from './resume-held';

/** A plan in the place of another that is under way. */
export interface Revising {
  before: Plan;
  after: Plan;
  /** where the steps of the plan before stand, and what failed ones held */
  rows: TableState;
  /** steps that are carried out once more, whatever came of them */
  again: ReadonlySet<string>;
  /** steps that are left out */
  skip: ReadonlySet<string>;
  /** the steps that each step of the plan after waits for */
  needs: (step: string) => readonly string[];
  /** true for a step whose effect may not be repeated */
  isOnce: (step: Step) => boolean;
  now: number;
}

/**
 * Where the steps of a plan stand that takes the place of another. What is done stays done, also under another name, and
 * is never done twice. A step that is tried once more unchanged keeps its round, and with it the key under which its
 * target knows it; one that has changed gets a new one. A step whose effect may have happened, and may not be repeated,
 * fails until a person has looked.
 */
export function revise(revising: Revising): { rows: TableState; retried: { step: string; round: number }[] } {
  const { before, after, skip, again } = revising;
  const states = new Map(revising.rows);
  const old = new Map(before.steps.map((step) => [step.id, step]));
  const taken = new Set<string>();
  const done = new Map<string, string[]>();
  for (const step of before.steps)
    if (states.get(step.id)?.status === 'completed')
      done.set(workOf(step), [...(done.get(workOf(step)) ?? []), step.id]);

  const rows = new Map<string, StepState>();
  const retried: { step: string; round: number }[] = [];
  for (const step of after.steps) {
    const { id } = step;
    const same = old.get(id);
    const isSame = same !== undefined && definitionOf(same) === definitionOf(step);
    const state = states.get(id);
    if (skip.has(id)) rows.set(id, { status: 'skipped', rounds: state?.rounds ?? 0, ended: revising.now });
    else if (isSame && state?.status === 'completed' && !again.has(id)) {
      rows.set(id, state);
      taken.add(id);
    } else if (state && same && state.status !== 'completed') {
      if (
        again.has(id) &&
        after.steps.some(({ id: primary, on_error }) => again.has(primary) && isFallback(id, on_error))
      ) {
        // only where its step fails once more; under the key that it had, unless its effect may not be repeated
        const { rounds } = state;
        rows.set(id, { status: 'pending', rounds: revising.isOnce(step) ? rounds : Math.max(0, rounds - 1) });
        continue;
      }
      const held = isSame && again.has(id) ? resumeHeld(step, revising) : undefined;
      if (held) {
        for (const [row, resumed] of held.rows) rows.set(row, resumed);
        retried.push(...held.retried);
        continue;
      }
      const row = resumed(step, state, isSame, revising);
      if (!row) continue;
      rows.set(id, row);
      if (row.status === 'running' || row.status === 'ready')
        retried.push({ step: id, round: row.status === 'ready' ? row.rounds + 1 : row.rounds });
    } else if (state && again.has(id)) {
      rows.set(id, { status: 'ready', rounds: state.rounds, started: state.started });
      retried.push({ step: id, round: state.rounds + 1 });
    }
  }
  for (const step of after.steps) {
    if (rows.has(step.id) || again.has(step.id)) continue;
    const twin = done.get(workOf(step))?.find((id) => !taken.has(id));
    const state = twin === undefined ? undefined : states.get(twin);
    const { rounds = 0 } = states.get(step.id) ?? {};
    if (twin !== undefined && state) {
      taken.add(twin);
      rows.set(step.id, state);
    } else if (rounds > 0 && states.get(step.id)?.status === 'completed') {
      // it is another step now: under the key of the one before, its target would take it for done
      rows.set(step.id, { status: 'pending', rounds });
    }
  }
  dropSkipped(after, rows, revising);
  return { rows: [...rows], retried };
}

const isFallback = (id: string, on_error: Step['on_error']): boolean =>
  typeof on_error === 'object' && on_error.fallback === id;

/** The row of a step that had begun; undefined where it begins anew. */
function resumed(
  step: Step,
  state: StepState,
  isSame: boolean,
  { again, isOnce }: Pick<Revising, 'again' | 'isOnce'>,
): StepState | undefined {
  const { status, rounds, started } = state;
  if (status === 'ready' && isSame) return state;
  if (status === 'skipped') return isSame && !again.has(step.id) ? state : undefined;
  if (status === 'failed' && !again.has(step.id) && isSame) return state;
  if (step.kind === 'approval' || step.kind === 'wait') return isSame && status === 'waiting' ? state : undefined;
  if (rounds === 0) return undefined;
  // its last round was not good enough: it begins another, as a changed one does
  if (!isSame || state.error?.type === NOT_MET) return { status: 'ready', rounds, started };
  if (state.unchecked) return { status: 'running', rounds, started, output: state.output, unchecked: true };
  if (!isOnce(step)) return { status: 'running', rounds, started };
  return again.has(step.id) ? { status: 'ready', rounds, started } : { ...state, status: 'failed', error: UNKNOWN };
}

/** Failure of a step that was cut short, whose effect may have happened. */
const UNKNOWN = {
  type: 'effect.unknown',
  outcome: 'unknown' as const,
  message: 'it was cut short, and it is not known whether its effect has happened',
};

/** A step that was skipped for what other steps had given is looked at again if one of those is carried out again. */
function dropSkipped({ steps }: Plan, rows: Map<string, StepState>, { needs, skip }: Revising): void {
  for (const { id } of steps) {
    if (rows.get(id)?.status !== 'skipped' || skip.has(id)) continue;
    const isSettled = needs(id).every((need) => ['completed', 'skipped'].includes(rows.get(need)?.status ?? ''));
    if (!isSettled) rows.delete(id);
  }
}

const definitionOf = (step: Step): string => canonical({ ...step, name: undefined });

/** What a step does, whatever it is called and waits for. */
const workOf = ({ kind, uses, with: args, for_each, until }: Step): string =>
  canonical({ kind, uses, args, for_each, until });
