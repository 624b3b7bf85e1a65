import type { DefinitionFault, DefinitionStep, StepType } from '../../schemas/definition/definition';
import { fault } from './fault';

/** A step, and where it stands. */
export interface PlacedStep {
  step: DefinitionStep;
  /** JSON Pointer into the definition */
  at: string;
  /** the parallel steps around it, the nearest last */
  within: PlacedStep[];
}

/**
 * True for a parallel step with a fallback. Its steps end together, and then the fallback stands for all of them; so it is
 * a group of the plan, as a loop is.
 */
export const endsTogether = ({ step_type, on_error }: DefinitionStep): boolean =>
  step_type === 'parallel' && typeof on_error === 'object';

/** True for a step whose steps stand in a plan of their own: nothing outside reads them. */
export const isGroup = (step: DefinitionStep): boolean => step.step_type === 'loop' || endsTogether(step);

/** Every step that becomes one of the plan: those at the top and in parallel steps, but not those of loops and other groups. */
export function flatten(steps: readonly PlacedStep[]): PlacedStep[] {
  return steps.flatMap((placed) => {
    const { step, at, within } = placed;
    if (step.step_type !== 'parallel' || endsTogether(step)) return [placed];
    const inner = (step.steps ?? []).map((one, index) => ({
      step: one,
      at: `${at}/steps/${index}`,
      within: [...within, placed],
    }));
    return [...flatten(inner), placed];
  });
}

type Member = keyof DefinitionStep;

const everywhere: readonly Member[] = ['step_id', 'name', 'step_type', 'depends_on', 'when', 'on_error'];
const tried: readonly Member[] = ['timeout', 'retry', 'output'];

/** Members of each kind of step: those that it must have, and those that it may have. */
const members: Record<StepType, { must: readonly Member[]; may: readonly Member[] }> = {
  agent_task: { must: ['agent_type', 'task'], may: ['parameters', 'tools', ...tried] },
  tool: { must: ['tool'], may: ['parameters', ...tried] },
  api_call: { must: ['parameters'], may: tried },
  condition: { must: ['condition'], may: ['then', 'else'] },
  loop: { must: ['steps'], may: ['items', 'max_parallel', 'while', 'until', 'max_iterations', 'every'] },
  parallel: { must: ['steps'], may: [] },
  transform: { must: ['parameters'], may: [] },
  wait: { must: ['parameters'], may: [] },
  approval: { must: ['approval'], may: [] },
  sub_workflow: { must: ['workflow'], may: ['version', 'parameters', 'timeout', 'output'] },
};

/** Kinds of steps that are one call, and that can stand in for a step that fails. */
export const isSingle = ({ step_type }: DefinitionStep): boolean =>
  ['agent_task', 'tool', 'api_call', 'transform', 'sub_workflow'].includes(step_type);

/** Faults of a step by itself: members that it lacks, and that steps of its kind do not have. */
export function memberFaults({ step, at }: PlacedStep): DefinitionFault[] {
  const { step_type } = step;
  const { must, may } = members[step_type];
  const known = new Set([...everywhere, ...must, ...may]);
  const missing = must.filter((name) => step[name] === undefined);
  const surplus = (Object.keys(step) as Member[]).filter((name) => step[name] !== undefined && !known.has(name));
  const words = `it has ${[...must, ...may].join(', ')}`;
  return [
    ...missing.map((name) => fault(`${at}/${name}`, 'missing', `a step of type ${step_type} says ${name}`)),
    ...surplus.map((name) => fault(`${at}/${name}`, 'misplaced', `a step of type ${step_type} has no ${name}`, words)),
    ...(step_type === 'loop' ? loopFaults(step, at) : []),
  ];
}

/** True for a loop around one call, which is then that call, for each element or in rounds; others are groups. */
export function isAroundOne({ steps: [inner, ...more] = [] }: DefinitionStep): boolean {
  if (!inner || more.length > 0 || !isSingle(inner) || typeof inner.on_error === 'object') return false;
  return inner.depends_on === undefined && inner.when === undefined && inner.output === undefined;
}

function loopFaults(step: DefinitionStep, at: string): DefinitionFault[] {
  const kinds = (['items', 'while', 'until'] as const).filter((name) => step[name] !== undefined);
  const faults: DefinitionFault[] = [];
  if (kinds.length !== 1)
    faults.push(fault(at, 'loop', 'a loop says one of items, while and until', 'items goes through a list'));
  const bounded = step.items === undefined;
  if (bounded && kinds.length > 0 && step.max_iterations === undefined)
    faults.push(fault(`${at}/max_iterations`, 'missing', 'a loop with while or until says max_iterations'));
  const others = bounded ? (['max_parallel'] as const) : (['max_iterations', 'every'] as const);
  for (const name of others)
    if (step[name] !== undefined) {
      const kind = bounded ? 'while or until' : 'items';
      faults.push(fault(`${at}/${name}`, 'misplaced', `a loop with ${kind} has no ${name}`));
    }
  return faults;
}
