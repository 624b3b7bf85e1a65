import { nameOf } from '../../../core/engine/row-id';
import type { TableState } from '../../../core/engine/table';
import type { ToolCatalogue } from '../../../core/plan/catalogue';
import { linksOf } from '../../../core/plan/check';
import { everyStep } from '../../../core/plan/steps';
import { specFor } from '../../../core/worst-case';
import type { ExecutionInput } from '../../../schemas/definition/run';
import type { Plan, Step } from '../../../schemas/plan';
import type { RunRecord } from '../../../schemas/run';
import { failedSteps, isBehind } from '../../definition/again';
import { revise } from '../../plans/revise';
import { rowOf, type Left, type NextExecution } from '../retry';
import { definitionKey, memoOf } from './execution';
import { assertConfirmed, repeatedEffects, unknownEffect, type RepeatParts } from './repeats';

/** Steps that an event tells each; those of a long loop would drown the story. */
const MOST_TOLD = 100;

export interface GoingOnParts extends RepeatParts {
  catalogue: ToolCatalogue;
}

/**
 * The next execution of one that has failed or was cancelled: what is done stays, and its failed steps are carried out
 * once more, those that may not be repeated under a new key. Throws `conflict` with the effects that would or may happen
 * twice and that nobody has confirmed.
 */
export async function goOn(
  parts: GoingOnParts,
  record: RunRecord,
  { input: given, once, rows: held = [] }: Left,
  { by, confirmed }: { by: string; confirmed?: readonly string[] },
): Promise<NextExecution> {
  const input = given as unknown as ExecutionInput;
  const plan = await parts.values.getValue(input.plan);
  const isOnce = isOnceBy(parts.catalogue);
  const begun = record.step_views.filter(({ status }) => status !== 'pending').map(rowOf);
  const before: TableState = [...new Map([...begun, ...(held as TableState)])];
  const links = linksOf(plan, parts.catalogue);
  const { rows, retried } = revise({
    ...{ before: plan, after: plan, rows: before, isOnce, now: Date.now() },
    again: new Set(failedSteps(plan, before)),
    skip: new Set(),
    needs: (step) => links.get(step)?.needs ?? [],
  });
  assertConfirmed(await repeatedIn(parts, record.workflow_id, plan, { before, rows, isOnce }), confirmed);
  const { id, version, name } = input.definition;
  const begins = new Map(rows);
  return {
    ...{ input, memo: { ...memoOf(input) }, definition: definitionKey(id, version), rerun_of: input.rerun?.of, once },
    summary: `${name}, version ${version}, retried by ${by}`.slice(0, 200),
    following: { plan: input.plan, rows },
    retried: retried.slice(0, MOST_TOLD),
    asksAnew: (question) => !isBehind(begins, { step: question, round: 1 }),
  };
}

/** Effects that may not be repeated, of steps that are carried out once more. Others have their keys. */
async function repeatedIn(
  parts: GoingOnParts,
  run: string,
  plan: Plan,
  { before, rows, isOnce }: { before: TableState; rows: TableState; isOnce: (step: Step) => boolean },
) {
  const steps = new Map(everyStep(plan.steps).map((step) => [step.id, step]));
  const isOne = (id: string): boolean => {
    const step = steps.get(nameOf(id));
    return step !== undefined && step.kind !== 'workflow' && isOnce(step);
  };
  const begun = new Map(rows);
  const repeated = (await repeatedEffects(parts, { run, plan: { ...plan, steps: [] }, before, rows })).filter(
    ({ step }) => isOne(step),
  );
  const known = new Set(repeated.map(({ step }) => step));
  const unknown = before.flatMap(([id, state]) => {
    const step = steps.get(nameOf(id));
    const isOpen =
      state.error?.outcome === 'unknown' && isOne(id) && !isBehind(begun, { step: id, round: state.rounds });
    return step && isOpen && !known.has(id) && !steps.get(id)?.for_each ? [unknownEffect(run, id, step, state)] : [];
  });
  return [...repeated, ...unknown];
}

/** True for a step whose effect may not be repeated; one that nobody knows any more counts as such. */
const isOnceBy =
  (catalogue: ToolCatalogue) =>
  (step: Step): boolean => {
    if (step.kind !== 'tool' && step.kind !== 'agent') return false;
    const spec = catalogue.of(step);
    return spec === undefined || specFor(spec, step.with ?? {}).effect === 'once';
  };
