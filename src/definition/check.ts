import type { ToolCatalogue } from '../../core/plan/catalogue';
import { findNearest } from '../../core/nearest';
import { everyStep } from '../../core/plan/steps';
import { withWorstCase } from '../../core/worst-case';
import {
  DefinitionStep,
  stepTypes,
  WorkflowDefinition,
  type DefinitionContent,
  type DefinitionFault,
} from '../../schemas/definition/definition';
import type { Plan, Step } from '../../schemas/plan';
import type { ContractError } from '../contracts/errors';
import { validatorFor } from '../contracts/validators';
import { checkTypedPlan, preparePlanChecks, type TypedFault } from '../plans/check';
import { boundFaults } from './bounds';
import { compileDefinition, type CompiledDefinition } from './compile';
import { schemaFaults } from './input';
import { isGroup } from './steps';
import type { KnownWorkflows } from './workflows';

/** A definition that can be executed, and its plan. */
export interface CheckedDefinition {
  /** its name in addresses, where it says one */
  id?: string;
  content: DefinitionContent;
  plan: Plan;
}

/** Faults that are reported; and those of the plan that are looked at for them, since some are told already. */
const MOST_FAULTS = 200;
const MOST_LOOKED_AT = 1_000;

const validDefinition = validatorFor(WorkflowDefinition);
const validStep = validatorFor(DefinitionStep);

/** Compiles what checks definitions, so that the first one that comes does not wait for it. */
export function prepareDefinitionChecks(): void {
  for (const check of [validDefinition, validStep]) check(undefined);
  preparePlanChecks();
}

/** Checks everything about a definition that can be known before it is executed, and finds all faults at once. */
export function checkDefinition(
  value: unknown,
  catalogue: ToolCatalogue,
  workflows: KnownWorkflows = new Map(),
): CheckedDefinition | { faults: DefinitionFault[] } {
  const bounds = boundFaults(value);
  if (bounds.length > 0) return { faults: bounds };
  const valid = validDefinition(value);
  const written = (value ?? {}) as Partial<WorkflowDefinition>;
  const given = Array.isArray(written.steps) ? written.steps : [];
  const steps = given.flatMap((step, index) =>
    valid.ok || validStep(step).ok ? [{ step, at: `/steps/${index}` }] : [],
  );
  const compiled = compileDefinition(valid.ok ? valid.value : { name: 'with faults' }, steps, workflows);
  const schema = written.input_schema === undefined ? [] : schemaFaults(written.input_schema);
  const told = new Set(compiled.faults.map(({ pointer }) => pointer));
  const faults = [
    ...(valid.ok ? [] : valid.errors.map((error) => schemaFault(error, value))),
    ...schema,
    ...compiled.faults,
    ...planFaults(
      compiled,
      withWorkflows(catalogue, workflows),
      schema.length === 0 ? written : {},
      idsIn(given),
    ).filter(({ pointer }) => !told.has(pointer)),
  ];
  if (!valid.ok || faults.length > 0) return { faults: distinct(faults).slice(0, MOST_FAULTS) };
  const { $schema: _, id, ...rest } = valid.value;
  return { id, content: rest, plan: compiled.plan };
}

/** The catalogue, in which a workflow step is held against the input that its definition takes. */
const withWorkflows = (catalogue: ToolCatalogue, workflows: KnownWorkflows): ToolCatalogue => ({
  ...catalogue,
  of(step) {
    if (step.kind !== 'workflow') return catalogue.of(step);
    const [id = '', version] = (step.uses ?? '').split('@');
    const known = workflows.get(step.uses ?? '') ?? workflows.get(id);
    if (!known || known.version !== Number(version)) return undefined;
    const { input_schema = {} } = known;
    return withWorstCase({ name: id, version: String(version), description: '', input: input_schema, output: {} });
  },
});

/** Faults of the plan that a definition becomes, at the places of the definition that they come from. */
function planFaults(
  { plan, places }: CompiledDefinition,
  catalogue: ToolCatalogue,
  { input_schema }: Partial<WorkflowDefinition>,
  written: ReadonlyMap<string, string | undefined>,
): DefinitionFault[] {
  if (plan.steps.length === 0) return [];
  const checked = checkTypedPlan(plan, catalogue, { inputSchema: input_schema });
  if (!('faults' in checked)) return [];
  const compiled = new Set(everyStep(plan.steps).map(({ id }) => id));
  return checked.faults.slice(0, MOST_LOOKED_AT).flatMap((found) => {
    const [, name = ''] = /"([^"]*)"/.exec(found.message) ?? [];
    const of = written.get(name);
    // a step with faults of its own, which are told
    if (found.code === 'plan.unknown_step' && written.has(name) && !compiled.has(name) && of === undefined) return [];
    const hint =
      of === undefined || found.code !== 'plan.unknown_step'
        ? found.hint
        : `"${name}" is a step within "${of}": read \`steps.${of}.output\``;
    return [{ ...found, pointer: placeOf(found, name, plan, places), hint: hint === '' ? undefined : hint }];
  });
}

/** The place of a fault in the definition; of a dependency, the name itself. */
function placeOf(
  { pointer, code }: TypedFault,
  name: string,
  plan: Plan,
  places: CompiledDefinition['places'],
): string {
  const isStep = code === 'plan.unknown_step' && /\/steps\/\d+$/.test(pointer);
  const { depends_on = [] } = isStep ? (at(plan, pointer) as Step) : {};
  const nth = depends_on.indexOf(name);
  return nth < 0 ? places.of(pointer) : places.of(`${pointer}/depends_on/${nth}`);
}

/** Ids of all steps as they are written; of those within a group with its id. */
function idsIn(steps: readonly unknown[], group?: string): Map<string, string | undefined> {
  const ids = new Map<string, string | undefined>();
  for (const step of steps) {
    if (typeof step !== 'object' || step === null) continue;
    const { step_id, steps: inner } = step as DefinitionStep;
    if (typeof step_id === 'string') ids.set(step_id, group);
    if (Array.isArray(inner))
      for (const [id, of] of idsIn(inner, isGroup(step as DefinitionStep) ? step_id : group)) ids.set(id, of);
  }
  return ids;
}

function schemaFault({ pointer, message, keyword }: ContractError, value: unknown): DefinitionFault {
  const found = { pointer, code: 'definition.schema', message };
  const near = (given: unknown, names: readonly string[]): string | undefined => {
    const name = typeof given === 'string' ? findNearest(given.slice(0, 80), names) : undefined;
    return name === undefined ? undefined : `did you mean ${name}?`;
  };
  if (pointer.endsWith('/step_type') && keyword === 'enum')
    return {
      ...found,
      message: `there is no step type ${JSON.stringify(at(value, pointer))}`,
      hint: near(at(value, pointer), stepTypes),
    };
  if (keyword !== 'additionalProperties') return found;
  const names = pointer.startsWith('/steps/') ? DefinitionStep.properties : WorkflowDefinition.properties;
  return { ...found, hint: near(pointer.split('/').at(-1), Object.keys(names)) };
}

const at = (value: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((part, name) => (part as { [name: string]: unknown } | undefined)?.[name], value);

/** One thing may be found twice: by the plan, and by the rules of definitions. */
function distinct(faults: readonly DefinitionFault[]): DefinitionFault[] {
  const seen = new Set<string>();
  return faults.filter(({ pointer, message }) => {
    const key = `${pointer} ${message}`;
    return seen.has(key) ? false : seen.add(key);
  });
}
