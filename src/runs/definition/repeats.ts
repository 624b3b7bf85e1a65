import { keyOf } from '../../../core/engine/call';
import { elementId } from '../../../core/engine/row-id';
import type { StepState, TableState } from '../../../core/engine/table';
import { everyStep } from '../../../core/plan/steps';
import type { RepeatedEffect } from '../../../schemas/definition/api';
import type { ExecutionView } from '../../../schemas/definition/run';
import type { Effect } from '../../../schemas/effects';
import type { Plan, Step } from '../../../schemas/plan';
import { isBehind } from '../../definition/again';
import { sha256 } from '../../documents/json';
import type { RecordStore } from '../../documents/records';
import type { ValueStore } from '../../documents/values';
import type { Effects } from '../../effects/effects';
import { RunError } from '../errors';
import { rowOf } from '../retry';
import { childExecutionId } from './execution';

/** Effects that one answer lists; with more, nothing is repeated. */
const MOST = 1_000;

export interface RepeatParts {
  effects: Effects;
  values: Pick<ValueStore, 'getValue'>;
  records: Pick<RecordStore, 'readRecord'>;
  /** workflow ids of executions */
  workflowIdOf(process: 'definition', executionId: string): string;
}

/** An execution that has ended, and the rows with which its work would go on. */
export interface Repeating {
  run: string;
  plan: Plan;
  /** where its steps stand */
  before: TableState;
  /** rows with which the next execution begins: what they say is done is not repeated */
  rows: TableState;
}

/** Effects that would happen once more if the work of an execution went on from its rows, oldest first. */
export async function repeatedEffects(
  parts: RepeatParts,
  { run, plan, before, rows }: Repeating,
): Promise<RepeatedEffect[]> {
  const begun = new Map(rows);
  const own = (await parts.effects.of(run).list()).filter(
    (effect) => mayHaveHappened(effect) && !isBehind(begun, effect),
  );
  const within = await Promise.all(
    plan.steps
      .filter(({ id }) => !begun.has(id))
      .flatMap((step) => subWorkflows(step).map((one) => ofSubWorkflow(parts, run, step, one, new Map(before)))),
  );
  return [...own.map(listed), ...within.flat()];
}

/** Throws `conflict`, with the effects, unless whoever asks has named each of them. */
export function assertConfirmed(repeated: readonly RepeatedEffect[], confirmed: readonly string[] = []): void {
  if (repeated.length > MOST)
    throw new RunError(
      'conflict',
      `${repeated.length} effects would happen once more, and ${MOST} is the most that can be confirmed. Begin at a later step, or execute the workflow anew.`,
    );
  const missing = repeated.filter(({ id }) => !confirmed.includes(id));
  if (missing.length === 0) return;
  const words = missing.length === 1 ? 'An effect' : `${missing.length} effects`;
  throw new RunError(
    'conflict',
    `${words} would happen once more: see effects. Where that is meant, send the request again with their ids in confirm_effects.`,
    { facts: { effects: missing } },
  );
}

/** What was about to be made when its run ended is not known to have been made or not. */
const mayHaveHappened = ({ status }: Effect): boolean => ['done', 'unknown', 'intended'].includes(status);

const listed = ({ key, step, tool, targets, status, at, settled_at }: Effect): RepeatedEffect => ({
  id: sha256(key).slice(0, 16),
  ...{ step, tool, targets, status: status === 'done' ? 'done' : 'unknown', at: settled_at ?? at },
});

/** A step of which nothing is known but that it has begun, and what it uses. */
export const unknownEffect = (run: string, step: string, { uses = '' }: Step, state?: StepState): RepeatedEffect => {
  const at = state?.ended ?? state?.started;
  const when = at === undefined ? undefined : new Date(at).toISOString();
  return {
    id: sha256(`${run}/${step}/${uses}`).slice(0, 16),
    step,
    tool: uses,
    targets: [],
    status: 'unknown',
    at: when,
  };
};

/** The steps that execute another definition: the step itself, and those within it. */
const subWorkflows = (step: Step): Step[] => everyStep([step]).filter(({ kind }) => kind === 'workflow');

/** What the executions of such a step have done; within a loop of several steps, that they are not known. */
async function ofSubWorkflow(
  parts: RepeatParts,
  run: string,
  around: Step,
  step: Step,
  before: ReadonlyMap<string, StepState>,
): Promise<RepeatedEffect[]> {
  const state = before.get(around.id);
  if (!state || state.rounds === 0) return [];
  if (around !== step) return [unknownEffect(run, step.id, step, state)];
  const { uses = '', until, for_each } = step;
  const ids =
    for_each === undefined ? [step.id] : range(state.each?.count ?? 0).map((index) => elementId(step.id, index));
  const rounds = for_each === undefined ? state.rounds : (until?.rounds ?? 1);
  const keys = ids.flatMap((id) => range(rounds).map((round) => keyOf(run, id, uses, [round + 1])));
  const found: RepeatedEffect[] = [];
  for (const key of keys) {
    const execution_id = childExecutionId(uses, key);
    const child = parts.workflowIdOf('definition', execution_id);
    const record = await parts.records.readRecord(child);
    if (!record) continue;
    const { plan } = record.view as unknown as ExecutionView;
    const before = record.step_views.map(rowOf);
    const repeating: Repeating = { run: child, plan: await parts.values.getValue(plan), before, rows: [] };
    const repeated = await repeatedEffects(parts, repeating);
    found.push(...repeated.map((effect) => ({ execution_id, ...effect, step: `${step.id}/${effect.step}` })));
  }
  return found;
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
