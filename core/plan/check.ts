import type { Plan, Step } from '../../schemas/plan';
import type { Json } from '../../schemas/json';
import { check, condition, references } from './expressions';
import { everyStep } from './steps';
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

const roots: readonly string[] = ['input', 'steps'];
/** of the arguments of a tool that takes secrets */
const secretRoots = ['secrets'];
/** of the arguments of a step that runs for each element of a list, of its check, and of the steps within it */
const elementRoots = ['item', 'index'];

/** Steps that stand side by side: those of the plan, or of a group. */
interface Body {
  steps: readonly Step[];
  ids: ReadonlySet<string>;
  /** JSON Pointer of what they stand in */
  at: string;
  /** roots of their expressions */
  roots: readonly string[];
  /** those around them, which have ended before them */
  around?: Body;
}

/** True for a step that the steps of a body may name, or that is around them. */
const sees = ({ ids, around }: Body, id: string): boolean => ids.has(id) || (around !== undefined && sees(around, id));

/** What is known of the whole plan. */
interface Known {
  catalogue: Catalogue;
  links: Map<string, StepLinks>;
  /** the groups around each step within one, the nearest last */
  groups: Map<string, readonly string[]>;
}

/**
 * Checks everything about a plan that can be known before it runs, beyond its schema. A plan with a fault is never
 * started.
 *
 * @returns the plan and its links, those of steps within groups too, or all faults at once
 */
export function checkPlan(plan: Plan, catalogue: Catalogue): CheckedPlan | { faults: PlanFault[] } {
  const { steps, result } = plan;
  const known: Known = { catalogue, links: new Map(), groups: new Map() };
  const ids = new Set(steps.map(({ id }) => id));
  const faults = [...idFaults(steps, '', known, []), ...bodyFaults({ steps, ids, at: '', roots }, known)];
  if (result !== undefined) faults.push(...faultsBelow('/result', check(result, [...roots])));
  for (const id of result === undefined ? [] : stepsIn(result))
    if (!ids.has(id)) faults.push(fault('/result', 'plan.unknown_step', unknown(id, 'to read', known)));
  return faults.length === 0 ? { plan, links: known.links } : { faults };
}

/** The links of the steps of a plan that has been checked before; none where it cannot run any more. */
export function linksOf(plan: Plan, catalogue: Catalogue): CheckedPlan['links'] {
  const checked = checkPlan(plan, catalogue);
  return 'links' in checked ? checked.links : new Map<string, StepLinks>();
}

/** The links of all steps of a plan, those within groups too, whether its tools are known or not. */
export function linksBetween({ steps }: Plan): CheckedPlan['links'] {
  const links: CheckedPlan['links'] = new Map();
  for (const step of everyStep(steps).reverse()) links.set(step.id, withThoseWithin(step, named(step), links));
  return links;
}

/** Ids that are given twice, wherever; notes where each stands. */
function idFaults(steps: readonly Step[], at: string, known: Known, around: readonly string[]): PlanFault[] {
  return steps.flatMap((step, index) => {
    const here = `${at}/steps/${index}`;
    const twice = known.groups.has(step.id)
      ? [fault(`${here}/id`, 'plan.duplicate_id', `two steps are named "${step.id}"`)]
      : [];
    known.groups.set(step.id, around);
    return [...twice, ...idFaults(step.steps ?? [], here, known, [...around, step.id])];
  });
}

function bodyFaults(body: Body, known: Known): PlanFault[] {
  const faults: PlanFault[] = [];
  const placed = body.steps.map((step, index) => ({ step, own: named(step), at: `${body.at}/steps/${index}` }));
  for (const { step, own, at } of placed) {
    faults.push(...shapeFaults(step, at, known.catalogue), ...expressionFaults(step, at, body.roots, known.catalogue));
    if (step.steps) faults.push(...bodyFaults(bodyOf(step, step.steps, at, body), known));
    known.links.set(step.id, withThoseWithin(step, own, known.links));
  }
  for (const { step, own, at } of placed) faults.push(...linkFaults(step, own, at, body, known));
  faults.push(...cycleFaults(body, known.links));
  return faults;
}

function bodyOf({ for_each, until }: Step, steps: readonly Step[], at: string, around: Body): Body {
  const { roots: own } = around;
  const ids = new Set(steps.map(({ id }) => id));
  const roots = for_each !== undefined ? withElement(own) : until ? [...new Set([...own, 'index'])] : own;
  return { steps, ids, at, roots, around };
}

const withElement = (own: readonly string[]): string[] => [...new Set([...own, ...elementRoots])];

/** Words for a step that there is not, or not here. */
function unknown(id: string, what: string, { groups }: Known): string {
  const group = groups.get(id)?.at(-1);
  if (group === undefined) return `there is no step "${id}" ${what}`;
  return `"${id}" is within the group "${group}"`;
}

function shapeFaults(step: Step, at: string, catalogue: Catalogue): PlanFault[] {
  const faults: PlanFault[] = [];
  const checkUse = (name: string, pointer: string, kind: 'tool' | 'agent') => {
    if (!catalogue[kind](name))
      faults.push(fault(pointer, `plan.unknown_${kind}`, `there is no ${kind} named "${name}"`));
  };
  const surplus = (names: readonly (keyof Step)[]) => {
    for (const name of names)
      if (step[name] !== undefined)
        faults.push(fault(`${at}/${name}`, 'plan.misplaced', `a ${step.kind} step has no ${name}`));
  };
  if (step.kind === 'tool' || step.kind === 'agent') {
    if (step.uses === undefined)
      faults.push(fault(`${at}/uses`, 'plan.missing', `a ${step.kind} step says what it uses`));
    else checkUse(step.uses, `${at}/uses`, step.kind);
  } else if (step.kind === 'workflow') {
    if (!/^[^@\s]+@[1-9][0-9]*$/.test(step.uses ?? ''))
      faults.push(fault(`${at}/uses`, 'plan.missing', 'a workflow step says the version that it executes, as `id@3`'));
    surplus(['retry']);
  } else surplus(['uses', 'retry', ...(step.kind === 'group' ? [] : (['until', 'for_each'] as const))]);
  if (step.kind !== 'group') surplus(['steps', 'result']);
  else {
    surplus(['with', 'timeout']);
    if (!step.steps) faults.push(fault(`${at}/steps`, 'plan.missing', 'a group says its steps'));
    if (step.for_each !== undefined && step.until !== undefined)
      faults.push(
        fault(`${at}/until`, 'plan.misplaced', 'a group for each element has no until: put a group with until in it'),
      );
  }
  if (step.kind === 'agent') faults.push(...listedFaults(step, at, catalogue));
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

/** Faults of the tools that a step lists for an agent with tasks: names, written out, of tools that there are. */
function listedFaults(step: Step, at: string, catalogue: Catalogue): PlanFault[] {
  const listed = step.with?.['tools'];
  if (listed === undefined || !catalogue.agent(step.uses ?? '')?.tasks) return [];
  const written = 'tools are listed by their names: no expression chooses them';
  if (!Array.isArray(listed)) return [fault(`${at}/with/tools`, 'plan.argument', written)];
  return listed.flatMap((name, index) => {
    const pointer = `${at}/with/tools/${index}`;
    if (typeof name !== 'string' || name.includes('${{')) return [fault(pointer, 'plan.argument', written)];
    if (catalogue.tool(name)) return [];
    return [fault(pointer, 'plan.unknown_tool', `there is no tool named "${name}"`)];
  });
}

function expressionFaults(step: Step, at: string, around: readonly string[], catalogue: Catalogue): PlanFault[] {
  const takesSecrets = step.kind === 'tool' && (catalogue.tool(step.uses ?? '')?.secrets ?? false);
  const own = step.for_each === undefined ? [...around] : withElement(around);
  return [
    ...faultsBelow(`${at}/with`, check(step.with ?? {}, takesSecrets ? [...own, ...secretRoots] : own)),
    ...faultsBelow(`${at}/until/with`, check(step.until?.with ?? {}, own)),
    ...faultsBelow(`${at}/result`, check(step.result ?? {}, own)),
    ...faultsBelow(`${at}/approval`, check(step.approval ?? {}, [...around])),
    ...(['when', 'for_each'] as const).flatMap((name) => {
      const text = step[name];
      return text === undefined ? [] : faultsBelow(`${at}/${name}`, check(condition(text), [...around]));
    }),
  ];
}

/** Steps that a step names: those whose outputs it reads, and all that it waits for. A group's own, not those of its steps. */
function named(step: Step): StepLinks {
  const reads = stepsIn([step.with ?? {}, step.approval ?? {}]);
  const checks = stepsIn(step.until?.with ?? {}).filter((id) => id !== step.id);
  const conditions = [step.when, step.for_each].flatMap((text) => (text === undefined ? [] : stepsIn(condition(text))));
  const within = new Set(step.steps?.map(({ id }) => id));
  const gives = stepsIn(step.result ?? {}).filter((id) => !within.has(id));
  const needs = [...(step.depends_on ?? []), ...reads, ...checks, ...conditions, ...gives];
  return { needs: [...new Set(needs)], reads: [...new Set([...reads, ...checks])] };
}

/** A group waits for what its steps need around it, too. */
function withThoseWithin(step: Step, { needs, reads }: StepLinks, links: ReadonlyMap<string, StepLinks>): StepLinks {
  const within = new Set(step.steps?.map(({ id }) => id));
  const theirs = [...within].flatMap((id) => links.get(id)?.needs ?? []).filter((id) => !within.has(id));
  return { needs: [...new Set([...needs, ...theirs])], reads };
}

/** Ids of the steps that expressions in a value read. */
export function stepsIn(value: Json): string[] {
  return references(value).flatMap(({ root, path }) => (root === 'steps' ? [String(path[0])] : []));
}

function linkFaults(step: Step, { needs }: StepLinks, at: string, body: Body, known: Known): PlanFault[] {
  const faults: PlanFault[] = [];
  const { links } = known;
  const { steps } = body;
  for (const need of needs) {
    if (need === step.id) faults.push(fault(at, 'plan.cycle', `step "${step.id}" depends on itself`));
    else if (known.groups.get(step.id)?.includes(need))
      faults.push(fault(at, 'plan.cycle', `step "${step.id}" waits for "${need}", which it is a part of`));
    else if (!sees(body, need)) faults.push(fault(at, 'plan.unknown_step', unknown(need, 'to depend on', known)));
  }
  if (typeof step.on_error !== 'object') return faults;
  const name = step.on_error.fallback;
  const fallback = steps.find(({ id }) => id === name);
  const pointer = `${at}/on_error/fallback`;
  if (!fallback) faults.push(fault(pointer, 'plan.unknown_step', `there is no step "${name}" to fall back on`));
  else if (!['tool', 'agent', 'workflow'].includes(fallback.kind))
    faults.push(
      fault(pointer, 'plan.misplaced', `a fallback is a tool, an agent or a workflow step, "${name}" is not`),
    );
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
function cycleFaults({ steps, ids, at }: Body, links: Map<string, StepLinks>): PlanFault[] {
  const needsOf = (id: string) => (links.get(id)?.needs ?? []).filter((need) => need !== id && ids.has(need));
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
  return [
    fault(`${at}/steps/${first}`, 'plan.cycle', `these steps wait for one another, or for steps that do: ${names}`),
  ];
}

function faultsBelow(pointer: string, faults: { pointer: string; code: string; message: string }[]): PlanFault[] {
  return faults.map((found) => fault(`${pointer}${found.pointer}`, found.code, found.message));
}
