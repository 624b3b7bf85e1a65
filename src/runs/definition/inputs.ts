import { renderInline } from '../../../core/engine/scope';
import { ExpressionError, references } from '../../../core/plan/expressions';
import type { Json } from '../../../schemas/json';
import type { Plan } from '../../../schemas/plan';
import type { Value } from '../../../schemas/refs';
import type { StepView } from '../../../schemas/run';
import type { Scope } from '../../../schemas/step-call';
import type { RunStore } from '../ports';

/** Bytes of values by reference that are read to show what steps were given. */
const MOST_READ = 1024 * 1024;

/**
 * What steps were given. Nothing keeps that: it follows from the plan, the input, and the outputs of other steps, so it
 * is made again as the run made it. Steps that have not begun, that run for each element of a list, that are groups, or that read secrets
 * or large values, have none.
 */
export function createStepInputs(store: Pick<RunStore, 'getValue'>) {
  return async function inputsOf(
    plan: Plan,
    input: Value,
    steps: readonly StepView[],
    all: readonly StepView[],
  ): Promise<Map<string, Json>> {
    const templates = new Map(plan.steps.map((step) => [step.id, step]));
    const views = new Map(all.map((step) => [step.id, step]));
    const opened = new Map<string, Value>();
    let left = MOST_READ;
    const open = async (name: string, value: Value): Promise<Value> => {
      const known = opened.get(name);
      if (known || 'inline' in value || value.ref.bytes > left) return known ?? value;
      left -= value.ref.bytes;
      const inline: Value = { inline: await store.getValue(value.ref) };
      opened.set(name, inline);
      return inline;
    };
    const inputs = new Map<string, Json>();
    for (const { id, started_at } of steps) {
      const step = templates.get(id);
      if (!step || started_at === undefined || step.for_each !== undefined || step.kind === 'group') continue;
      const template = step.with ?? {};
      const read = references(template);
      const reads = read.flatMap(({ root, path }) => (root === 'steps' ? [views.get(String(path[0]))] : []));
      const scope: Scope = {
        input: read.some(({ root }) => root === 'input') ? await open('input', input) : input,
        steps: {},
      };
      for (const one of reads)
        if (one) {
          const { status, output = { inline: null }, error } = one;
          scope.steps[one.id] = { status, output: await open(`steps.${one.id}`, output), error };
        }
      const shown = rendered(template, scope);
      if (shown !== undefined) inputs.set(id, shown);
    }
    return inputs;
  };
}

function rendered(template: Json, scope: Scope): Json | undefined {
  try {
    return renderInline(template, scope)?.value;
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}
