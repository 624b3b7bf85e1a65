import { checkPlan, type CheckedPlan } from '../../../core/plan/check';
import type { PlanFault } from '../../../core/plan/fault';
import { planOf } from '../../../core/plan/written';
import type { ToolCatalogue } from '../../../core/plan/catalogue';
import { jsonBytes } from '../../../core/identity';
import { findNearest } from '../../../core/nearest';
import type { Json } from '../../../schemas/json';
import { WrittenPlan, WrittenStep, type Plan, type Step } from '../../../schemas/plan';
import type { JsonSchema } from '../../../schemas/tool';
import { validatorFor } from '../../contracts/validators';
import { expressionFaults, type ArgumentFault } from './arguments';
import type { Names } from './infer';
import { ANY, schemaOfValue } from './kinds';
import { typeOfSteps } from './outputs';
import { stepFaults } from './steps';

/** Bytes of a plan, as JSON. */
const PLAN = 4 * 1024 * 1024;

/** Faults of links that are told: a plan of some hundred steps may have thousands of them. */
const TOLD = 1_000;

/** Faults that get a hint: each name that there is not is held against all that there are. */
const HINTS = 20;

/** A fault of a plan: its place (JSON Pointer into the plan), and a way to mend it, empty where the message says it. */
export type TypedFault = ArgumentFault;

export interface TypedCheckOptions {
  /** input of the run, where it is known: expressions that read it are held against it */
  input?: Json;
  /** the same where only its schema is known */
  inputSchema?: JsonSchema;
}

const validPlan = validatorFor(WrittenPlan);
const validStep = validatorFor(WrittenStep);

/** Compiles what checks plans, which is done at the first use otherwise. */
export function preparePlanChecks(): void {
  for (const check of [validPlan, validStep]) check(undefined);
}

/**
 * Checks everything about a plan that can be known before it runs: its schema and size, the closed list of tools, the
 * arguments against the schemas of the tools, references by the types of what they name, secrets, cycles.
 *
 * @returns the plan and its links, or all faults at once
 */
export function checkTypedPlan(
  value: unknown,
  catalogue: ToolCatalogue,
  options: TypedCheckOptions = {},
): CheckedPlan | { faults: TypedFault[] } {
  const bytes = jsonBytes(value);
  if (bytes > PLAN) return { faults: [tooLarge(bytes)] };
  const valid = validPlan(value);
  if (!valid.ok) {
    const faults = valid.errors.map(({ pointer, message }) => withHint({ pointer, code: 'plan.schema', message }));
    return { faults: [...faults, ...faultsOfValidSteps(value, catalogue, options)] };
  }
  const meant = planOf(valid.value);
  if ('faults' in meant) return { faults: meant.faults.map((found) => withHint(found)) };
  const { plan } = meant;
  const checked = checkPlan(plan, catalogue);
  const names = namesFor(plan.steps, catalogue, options);
  const faults = [
    ...('faults' in checked
      ? checked.faults
          .slice(0, TOLD)
          .map((found, n) => (n < HINTS ? withHint(found, plan, catalogue) : withHint(found)))
      : []),
    ...plan.steps.flatMap((step, index) => withheldFaults(step, `/steps/${index}`, catalogue)),
    ...plan.steps.flatMap((step, index) => stepFaults(step, `/steps/${index}`, names, catalogue)),
    ...expressionFaults(plan.result ?? {}, names, '/result'),
  ];
  return 'faults' in checked || faults.length > 0 ? { faults } : checked;
}

/** Tools that no new plan may use for now, in a step and those within it. Runs under way meet them at their steps. */
function withheldFaults(step: Step, at: string, catalogue: ToolCatalogue): TypedFault[] {
  const fault = (tool: string | undefined, pointer: string): TypedFault[] => {
    const { withheld } = catalogue.tool(tool ?? '') ?? {};
    return withheld ? [{ pointer, code: withheld.code, message: withheld.message, hint: '' }] : [];
  };
  return [
    ...(step.kind === 'tool' ? fault(step.uses, `${at}/uses`) : []),
    ...fault(step.until?.check, `${at}/until/check`),
    ...listedIn(step).flatMap((tool, index) => fault(tool, `${at}/with/tools/${index}`)),
    ...(step.steps ?? []).flatMap((inner, index) => withheldFaults(inner, `${at}/steps/${index}`, catalogue)),
  ];
}

/** Tools that a step lists for an agent with tasks. */
function listedIn({ kind, with: given }: Step): string[] {
  const tools = kind === 'agent' ? given?.['tools'] : undefined;
  return Array.isArray(tools) ? tools.map((tool) => (typeof tool === 'string' ? tool : '')) : [];
}

const namesFor = (
  steps: readonly Step[],
  catalogue: ToolCatalogue,
  { input, inputSchema = ANY }: TypedCheckOptions,
): Names =>
  new Map([
    ['steps', typeOfSteps(steps, catalogue)],
    ['input', input === undefined ? inputSchema : schemaOfValue(input)],
    ['secrets', { type: 'object', additionalProperties: { type: 'string' } }],
  ]);

const stepOf = (step: WrittenStep): Step | undefined => {
  const meant = planOf({ name: 'step', steps: [step] });
  return 'plan' in meant ? meant.plan.steps[0] : undefined;
};

/** Faults of those steps of a broken plan that are steps: a planner mends them in the same round. */
function faultsOfValidSteps(value: unknown, catalogue: ToolCatalogue, options: TypedCheckOptions): TypedFault[] {
  const written = (value as Partial<Plan> | null)?.steps;
  if (!Array.isArray(written)) return [];
  const steps = written.map((one) => validStep(one)).map((one) => (one.ok ? stepOf(one.value) : undefined));
  const names = namesFor(
    steps.filter((step) => step !== undefined),
    catalogue,
    options,
  );
  return steps.flatMap((step, index) => (step ? stepFaults(step, `/steps/${index}`, names, catalogue) : []));
}

function withHint(fault: PlanFault, plan?: Plan, catalogue?: ToolCatalogue): TypedFault {
  return { ...fault, hint: (plan && catalogue && hintOf(fault, plan, catalogue)) ?? '' };
}

/** Names that may have been meant by one that there is not. */
function hintOf({ code, pointer, message }: PlanFault, { steps }: Plan, catalogue: ToolCatalogue): string | undefined {
  const [, name = ''] = /"([^"]*)"/.exec(message) ?? [];
  if (code === 'plan.unknown_step') {
    const [, group] = /is within the group "([^"]*)"/.exec(message) ?? [];
    if (group !== undefined) return `read \`steps.${group}.output\``;
    const near = findNearest(
      name,
      steps.filter((_, index) => !pointer.startsWith(`/steps/${index}`)).map(({ id }) => id),
    );
    return near === undefined ? undefined : `did you mean ${near}?`;
  }
  if (code !== 'plan.unknown_tool' && code !== 'plan.unknown_agent') return undefined;
  const kind = code === 'plan.unknown_tool' ? 'tool' : 'agent';
  const near = catalogue.near(name, kind);
  return near.length === 0 ? `no ${kind} is like it` : `near it: ${near.join(', ')}`;
}

function tooLarge(bytes: number): TypedFault {
  const message = `the plan has ${bytes} bytes, and may have ${PLAN}`;
  return { pointer: '', code: 'plan.too_large', message, hint: 'use for_each for steps that are alike' };
}
