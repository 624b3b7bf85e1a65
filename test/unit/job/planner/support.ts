import { builtinTools } from '../../../../activities/tools/builtin';
import { createToolRegistry } from '../../../../activities/tools/registry';
import { checkPlan } from '../../../../core/plan/check';
import type { CompleteSpec } from '../../../../core/worst-case';
import type { Json, JsonObject } from '../../../../schemas/json';
import { Plan, type Step } from '../../../../schemas/plan';
import { validatorFor } from '../../../../src/contracts/validators';
import { planByRules, type Planned } from '../../../../src/job/planner';
import type { Refused } from '../../../../src/job/planner/refusal';

const registry = createToolRegistry(builtinTools);

const specOf = (name: string): CompleteSpec | undefined => registry.get(name)?.spec;

const validPlan = validatorFor(Plan);

export function plan(goal: string, context: Json = {}): Planned {
  return planByRules({ goal, context, tools: registry.catalogue() });
}

/** The plan of a goal, held against the checks of every plan. */
export function planned(goal: string, context: Json = {}): Exclude<Planned, { refused: Refused[] }> {
  const found = plan(goal, context);
  if ('refused' in found) throw new Error(found.refused.map(({ part, message }) => `${part}: ${message}`).join('\n'));
  expect(validPlan(found.plan)).toMatchObject({ ok: true });
  const checked = checkPlan(found.plan, { tool: specOf, agent: () => undefined });
  expect('faults' in checked ? checked.faults : []).toEqual([]);
  for (const step of found.plan.steps) expect(argumentFaults(step)).toEqual([]);
  return found;
}

export function refusals(goal: string, context: Json = {}): Refused[] {
  const found = plan(goal, context);
  if (!('refused' in found)) throw new Error(`planned: ${JSON.stringify(found.plan.steps)}`);
  for (const { part, from, to } of found.refused) expect(goal.slice(from, to)).toBe(part);
  return found.refused;
}

/** Literal arguments that do not fit the schema of their tool; what an expression gives is not known yet. */
function argumentFaults({ uses = '', with: args = {} }: Step): string[] {
  const problems = registry.get(uses)?.checkInput(args, 0) ?? [];
  return problems
    .filter(({ pointer }) => !isExpression(valueAt(args, pointer)))
    .map(({ pointer, message }) => `${uses}${pointer}: ${message}`);
}

const isExpression = (value: unknown): boolean => typeof value === 'string' && value.includes('${{');

const valueAt = (args: JsonObject, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (value as JsonObject | undefined)?.[key], args);

/** Steps as a table shows them: tool, arguments, and what else was said of them. */
export function stepsOf(goal: string, context: Json = {}): { [id: string]: unknown[] } {
  return Object.fromEntries(
    planned(goal, context).plan.steps.map(({ id, kind, uses, with: args, name: _, ...more }) => [
      id,
      [uses ?? kind, ...(args ? [args] : []), ...(Object.keys(more).length > 0 ? [more] : [])],
    ]),
  );
}

/** A goal, and the steps that it becomes: id, tool, arguments, and what else is said of a step. */
export type GoalCase = [goal: string, steps: { [id: string]: unknown[] }];

const CONTEXT = {
  users: [{ id: 1 }],
  email: 'a@b.c',
  user: { id: 1 },
  orders: [{ id: 1 }],
  utilisateurs: [{ id: 1 }],
  commandes: [{ id: 1 }],
};

/** Tests that each goal becomes its steps; `"GOAL"` stands for the goal itself. */
export function itPlans(goals: GoalCase[], context: Json = CONTEXT): void {
  it.each(goals)('%s', (goal, steps) => {
    expect(stepsOf(goal, context)).toEqual(
      JSON.parse(JSON.stringify(steps).replaceAll('"GOAL"', JSON.stringify(goal))),
    );
  });
}

/** Steps in short: the tool, its literal arguments, and the circumstances; what comes from other steps is `…`. */
export const outline = (goal: string, context: Json = {}): string[] =>
  planned(goal, context).plan.steps.map(({ uses, kind, with: args = {}, when, for_each, until, on_error }) =>
    [
      uses ?? kind,
      ...Object.entries(args)
        .filter(([name]) => !['max_rows', 'secret', 'title', 'expect'].includes(name))
        .map(([name, value]) => `${name}=${shortened(value)}`),
      ...(when === undefined ? [] : [`if ${when.replace(/steps\.\w+\.output\./g, '')}`]),
      ...(for_each === undefined ? [] : ['each']),
      ...(until === undefined ? [] : [`until ${until.every ?? ''} ${shortened(until.with['ok'] ?? '')}`]),
      ...(on_error === undefined ? [] : [on_error]),
    ].join(' '),
  );

function shortened(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/\$\{\{ (?:default\()?(?:\[?\{?"?)(?:steps|input|item)\b[^}]*\}\}/g, (whole) =>
    /[<>=!]/.test(whole) ? whole.replace(/steps\.\w+\.output\.|\$\{\{ | \}\}/g, '') : '…',
  );
}
