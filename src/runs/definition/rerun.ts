import type { ToolCatalogue } from '../../../core/plan/catalogue';
import { checkPlan } from '../../../core/plan/check';
import type { TableState } from '../../../core/engine/table';
import type { RepeatedEffect } from '../../../schemas/definition/api';
import type { StoredVersion } from '../../../schemas/definition/run';
import type { Json } from '../../../schemas/json';
import type { Plan } from '../../../schemas/plan';
import { beginningOf, takenOver, withDependents } from '../../definition/again';
import { inputErrors } from '../../definition/input';
import type { DefinitionStore } from '../../documents/definitions';
import type { ValueStore } from '../../documents/values';
import { invalid, notFound, RunError } from '../errors';
import type { RunReader } from '../read-run';
import { rowOf } from '../retry';
import type { ExecutionNow } from './desk';
import { repeatedEffects, type RepeatParts } from './repeats';

export interface RerunParts extends RepeatParts {
  values: Pick<ValueStore, 'getValue' | 'fromValue'>;
  definitions: Pick<DefinitionStore, 'readVersion'>;
  runs: Pick<RunReader, 'readAllSteps'>;
}

/** What somebody wants of an execution: its work from a step on, once more. */
export interface WantedRerun {
  from_step: string;
  /** in place of the input of before */
  input_data?: Json;
}

/** A re-run that may be started. */
export interface PlannedRerun {
  version: StoredVersion;
  input: Json;
  /** rows of the steps that are taken over */
  rows: TableState;
  /** ids of the steps that run */
  runs: string[];
  /** ids of the steps that are taken over */
  keeps: string[];
  effects: RepeatedEffect[];
}

/**
 * Plans the work of an execution from a step on, by the version that it has carried out: the step, all that depends on it,
 * and what has not ended well before. Throws `conflict` while the execution is under way, and where its plan cannot run
 * any more; `invalid` for a step that there is not, and for input that does not fit.
 */
export async function planRerun(
  parts: RerunParts,
  catalogue: ToolCatalogue,
  { run, view }: ExecutionNow,
  { from_step, input_data }: WantedRerun,
): Promise<PlannedRerun> {
  if (run.ended_at === undefined)
    throw new RunError('conflict', 'The execution is under way. Wait for its end, or cancel it first.');
  const { id, version: number } = view.definition;
  const version = await parts.definitions.readVersion(id, number);
  const { content } = version ?? {};
  if (!version || !content) throw notFound(`Workflow ${id} has no version ${number} any more.`);
  const plan = await parts.values.getValue(view.plan);
  const from = beginningOf(content, plan, from_step);
  if ('fault' in from) throw invalid(`${from_step} ${from.fault}.`, [{ pointer: '/from_step', detail: from.fault }]);
  const input = input_data ?? (await parts.values.fromValue(view.input));
  const errors = inputErrors(content, input);
  if (errors.length > 0) throw invalid('The input does not fit the workflow; see errors.', errors);
  const before = (await parts.runs.readAllSteps(run.workflow_id)).map(rowOf);
  const again = withDependents(plan, soundLinks(plan, catalogue), from);
  const rows = takenOver(plan, before, again);
  const kept = new Set(rows.map(([step]) => step));
  const ids = plan.steps.map((step) => step.id);
  return {
    ...{ version, input, rows },
    runs: ids.filter((step) => !kept.has(step)),
    keeps: ids.filter((step) => kept.has(step)),
    effects: await repeatedEffects(parts, { run: run.workflow_id, plan, before, rows }),
  };
}

function soundLinks(plan: Plan, catalogue: ToolCatalogue) {
  const checked = checkPlan(plan, catalogue);
  if ('links' in checked) return checked.links;
  const words = checked.faults.slice(0, 3).map(({ pointer, message }) => `${pointer}: ${message}`);
  throw new RunError(
    'conflict',
    `The version cannot run with what the workers offer now: ${words.join('; ')}. Write a version that can, and execute it.`,
  );
}
