import { createStage } from '../../../../activities/definition/simulation/stage';
import { readyAgents } from '../../../../activities/agents/found';
import { builtinTools } from '../../../../activities/tools/builtin';
import type { Children } from '../../../../activities/tools/pure/apart';
import { createToolRegistry } from '../../../../activities/tools/registry';
import { createCatalogue } from '../../../../core/plan/catalogue';
import type { Simulation, SimulatedStep } from '../../../../schemas/definition/simulation';
import type { DefinitionStep, WorkflowDefinition } from '../../../../schemas/definition/definition';
import type { Json } from '../../../../schemas/json';
import { checkDefinition } from '../../../../src/definition/check';
import type { GivenFault, GivenParts } from '../../../../src/definition/simulation/given';
import { simulate } from '../../../../src/definition/simulation/simulate';
import type { PlannedWorkflow } from '../../../../src/definition/simulation/world';

const tools = [...builtinTools, ...readyAgents()];
const registry = createToolRegistry(tools);
const [toolSpecs, agentSpecs] = [registry.catalogue('tool'), registry.catalogue('agent')];
const catalogue = createCatalogue(toolSpecs, agentSpecs);

/** Children that a test starts none of. */
const NO_CHILDREN: Children = {
  evaluate: () => Promise.reject(new Error('no child evaluates')),
  readTable: () => Promise.reject(new Error('no child reads')),
  close: () => undefined,
};
const stage = createStage(tools, NO_CHILDREN);

export const STARTS = Date.parse('2026-03-02T08:00:00.000Z');

export interface Wanted extends GivenParts {
  input?: Json;
  /** sub-workflows, by their ids: all at version 1 */
  workflows?: { [id: string]: WorkflowDefinition };
  isOutOfTime?: () => boolean;
}

function planned(definition: WorkflowDefinition, known: ReadonlyMap<string, { version: number }>): PlannedWorkflow {
  const checked = checkDefinition(definition, catalogue, known);
  if ('faults' in checked) throw new Error(JSON.stringify(checked.faults, null, 1));
  return { content: checked.content, plan: checked.plan };
}

async function attempt(definition: WorkflowDefinition, { input = {}, workflows = {}, isOutOfTime, ...given }: Wanted) {
  const known = new Map(Object.keys(workflows).map((id) => [id, { version: 1 }]));
  const subs = Object.entries(workflows).map(([id, one]) => [`${id}@1`, { id, version: 1, ...planned(one, known) }]);
  const order = {
    ...{ workflow: planned(definition, known), workflows: Object.fromEntries(subs) as Record<string, PlannedWorkflow> },
    ...{ input, starts: STARTS, tools: toolSpecs, agents: agentSpecs, ...given },
    settings: { maxParallel: 16, expireAfter: 7 * 86_400_000 },
  };
  // as it travels between threads
  return await simulate(JSON.parse(JSON.stringify(order)) as typeof order, stage, isOutOfTime ?? (() => false));
}

/** The simulation of a definition without faults. */
export async function simulated(definition: WorkflowDefinition, wanted: Wanted = {}): Promise<Simulation> {
  const answer = await attempt(definition, wanted);
  if ('faults' in answer) throw new Error(JSON.stringify(answer.faults));
  return JSON.parse(JSON.stringify(answer.simulation)) as Simulation;
}

/** Faults of what a simulation is given. */
export async function refused(definition: WorkflowDefinition, wanted: Wanted): Promise<GivenFault[]> {
  const answer = await attempt(definition, wanted);
  return 'faults' in answer ? answer.faults : [];
}

export function stepOf({ steps }: Simulation, id: string): SimulatedStep {
  const found = steps.find(({ step_id }) => step_id === id);
  if (!found) throw new Error(`no ${id} among ${steps.map(({ step_id }) => step_id).join(', ')}`);
  return found;
}

/** Milliseconds from the start to an instant. */
export const since = (instant: string | undefined): number => Date.parse(instant ?? '') - STARTS;

export const give = (step_id: string, parameters: Record<string, Json>, more: Partial<DefinitionStep> = {}) =>
  ({ step_id, step_type: 'transform', parameters, ...more }) satisfies DefinitionStep;

export const definitionOf = (...steps: DefinitionStep[]): WorkflowDefinition => ({ name: 'test', steps });
