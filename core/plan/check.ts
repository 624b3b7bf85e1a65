import type { Plan, Step } from '../../schemas/plan';
import type { Json } from '../../schemas/json';
import { check, condition, references } from './expressions';
import type { CompleteSpec } from '../worst-case';
import { fault, type PlanFault } from './fault';

/** The tools and agents that a plan may use. */
export interface Catalogue {
  tool(name: string): CompleteSpec | undefined;
  agent(name: string): CompleteSpec | undefined;
}

/** A step's place in the graph, found from its expressions besides its own declarations. */
export interface StepLinks {
  /** declared dependencies and those that expressions name */
  needs: string[];
  /** steps whose outputs its arguments and questions read */
  reads: string[];
}

/** A plan that can run, with the steps that each step waits for. */
export interface CheckedPlan {
  plan: Plan;
  links: Map<string, StepLinks>;
}

const roots = ['input', 'steps'];
/** of the arguments of a tool that takes secrets */
const secretRoots = ['secrets'];
/** of the arguments of a step that runs for each element of a list, and of its check */
const elementRoots = ['item', 'index'];

/**
 * Checks everything about a plan that can be known before it runs, beyond its schema. A plan with a fault is never
 * started.
 *
 * @returns the plan and its links, or all faults at once
 */
export function checkPlan(plan: Plan, catalogue: Catalogue): CheckedPlan | { faults: PlanFault[] } {
  const { steps, result } = plan;
  const faults: PlanFault[] = [];
  const ids = new Set<string>();
  const links = new Map<string, StepLinks>();
  steps.forEach((step, index) => {
    const at = `/steps/${index}`;
    if (ids.has(step.id)) faults.push(fault(`${at}/id`, 'plan.duplicate_id', `two steps are named "${step.id}"`));
    ids.add(step.id);
    faults.push(...shapeFaults(step, at, catalogue), ...expressionFaults(step, at, catalogue));
    links.set(step.id, linksOf(step));
  });
  if (result !== undefined) faults.push(...faultsBelow('/result', check(result, roots)));
  steps.forEach((step, index) => faults.push(...linkFaults(step, `/steps/${index}`, links, steps)));
  for (const { root, path } of result === undefined ? [] : references(result))
    if (root === 'steps' && !ids.has(String(path[0])))
      faults.push(fault('/result', 'plan.unknown_step', `there is no step "${String(path[0])}"`));
  faults.push(...cycleFaults(steps, links));
  return faults.length === 0 ? { plan, links } : { faults };
}

function shapeFaults(step: Step, at: string, catalogue: Catalogue): PlanFault[] {
  const faults: PlanFault[] = [];
  const checkUse = (name: string, pointer: string, kind: 'tool' | 'agent') => {
    if (!catalogue[kind](name))
      faults.push(fault(pointer, `plan.unknown_${kind}`, `there is no ${kind} named "${name}"`));
  };
  if (step.kind === 'tool' || step.kind === 'agent') {
    if (step.uses === undefined)
      faults.push(fault(`${at}/uses`, 'plan.missing', `a ${step.kind} step says what it uses`));
    else checkUse(step.uses, `${at}/uses`, step.kind);
  } else {
    for (const name of ['uses', 'until', 'retry', 'for_each'] as const)
      if (step[name] !== undefined)
        faults.push(fault(`${at}/${name}`, 'plan.misplaced', `a ${step.kind} step has no ${name}`));
  }
  if (step.until) checkUse(step.until.check, `${at}/until/check`, 'tool');
  if (step.parallel !== undefined && step.for_each === undefined)
    faults.push(
      fault(`${at}/parallel`, 'plan.misplaced', 'only a step with `for_each` has elements to run in parallel'),
    );
  if (step.until?.otherwise === 'ask' && step.for_each !== undefined)
    faults.push(fault(`${at}/until/otherwise`, 'plan.misplaced', 'nobody is asked about single elements of a list'));
  if ((step.kind === 'approval') !== (step.approval !== undefined))
    faults.push(
      fault(`${at}/approval`, 'plan.misplaced', 'an approval step says what it asks, and no other step does'),
    );
  if (step.kind === 'wait' && !step.with?.['for'] && !step.with?.['until'])
    faults.push(fault(`${at}/with`, 'plan.missing', 'a wait step says `for`, such as 15m, or `until`, an instant'));
  return faults;
}

function expressionFaults(step: Step, at: string, catalogue: Catalogue): PlanFault[] {
  const takesSecrets = step.kind === 'tool' && (catalogue.tool(step.uses ?? '')?.secrets ?? false);
  const own = step.for_each === undefined ? roots : [...roots, ...elementRoots];
  return [
    ...faultsBelow(`${at}/with`, check(step.with ?? {}, takesSecrets ? [...own, ...secretRoots] : own)),
    ...faultsBelow(`${at}/until/with`, check(step.until?.with ?? {}, own)),
    ...faultsBelow(`${at}/approval`, check(step.approval ?? {}, roots)),
    ...(['when', 'for_each'] as const).flatMap((name) => {
      const text = step[name];
      return text === undefined ? [] : faultsBelow(`${at}/${name}`, check(condition(text), roots));
    }),
  ];
}

function linksOf(step: Step): StepLinks {
  const reads = stepsIn([step.with ?? {}, step.approval ?? {}]);
  const checks = stepsIn(step.until?.with ?? {}).filter((id) => id !== step.id);
  const conditions = [step.when, step.for_each].flatMap((text) => (text === undefined ? [] : stepsIn(condition(text))));
  const needs = [...new Set([...(step.depends_on ?? []), ...reads, ...checks, ...conditions])];
  return { needs, reads: [...new Set([...reads, ...checks])] };
}

function stepsIn(value: Json): string[] {
  return references(value).flatMap(({ root, path }) => (root === 'steps' ? [String(path[0])] : []));
}

function linkFaults(step: Step, at: string, links: Map<string, StepLinks>, steps: Step[]): PlanFault[] {
  const faults: PlanFault[] = [];
  for (const need of links.get(step.id)?.needs ?? []) {
    if (need === step.id) faults.push(fault(at, 'plan.cycle', `step "${step.id}" depends on itself`));
    else if (!links.has(need)) faults.push(fault(at, 'plan.unknown_step', `there is no step "${need}" to depend on`));
  }
  if (typeof step.on_error !== 'object') return faults;
  const name = step.on_error.fallback;
  const fallback = steps.find(({ id }) => id === name);
  const pointer = `${at}/on_error/fallback`;
  if (!fallback) faults.push(fault(pointer, 'plan.unknown_step', `there is no step "${name}" to fall back on`));
  else if (fallback.kind !== 'tool' && fallback.kind !== 'agent')
    faults.push(fault(pointer, 'plan.misplaced', `a fallback is a tool or an agent step, "${name}" is not`));
  else if (fallback.when !== undefined || typeof fallback.on_error === 'object')
    faults.push(
      fault(pointer, 'plan.misplaced', `a fallback has no condition and no fallback of its own, "${name}" has`),
    );
  if (steps.some((other) => other !== step && typeof other.on_error === 'object' && other.on_error.fallback === name))
    faults.push(fault(pointer, 'plan.misplaced', `"${name}" is the fallback of two steps; each needs one of its own`));
  for (const other of steps)
    if (other.id !== step.id && links.get(other.id)?.needs.includes(name))
      faults.push(
        fault(pointer, 'plan.misplaced', `"${other.id}" depends on the fallback "${name}"; depend on "${step.id}"`),
      );
  return faults;
}

/**
 * Steps that wait for one another: those left over when every step that can run is taken away. Steps that there are
 * not, and a step that depends on itself, are other faults.
 */
function cycleFaults(steps: Step[], links: Map<string, StepLinks>): PlanFault[] {
  const needsOf = (id: string) => (links.get(id)?.needs ?? []).filter((need) => need !== id && links.has(need));
  const unmet = new Map(steps.map(({ id }) => [id, needsOf(id).length]));
  const dependents = new Map<string, string[]>();
  for (const id of unmet.keys())
    for (const need of needsOf(id)) dependents.set(need, [...(dependents.get(need) ?? []), id]);
  const free = steps.filter(({ id }) => unmet.get(id) === 0).map(({ id }) => id);
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    unmet.delete(id);
    for (const dependent of dependents.get(id) ?? []) {
      const left = (unmet.get(dependent) ?? 0) - 1;
      unmet.set(dependent, left);
      if (left === 0) free.push(dependent);
    }
  }
  if (unmet.size === 0) return [];
  const names = [...unmet.keys()].slice(0, 10).join(', ');
  const first = steps.findIndex(({ id }) => unmet.has(id));
  return [fault(`/steps/${first}`, 'plan.cycle', `these steps wait for one another, or for steps that do: ${names}`)];
}

function faultsBelow(pointer: string, faults: { pointer: string; code: string; message: string }[]): PlanFault[] {
  return faults.map((found) => fault(`${pointer}${found.pointer}`, found.code, found.message));
}
