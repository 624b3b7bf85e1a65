import type { ToolCatalogue } from '../../../core/plan/catalogue';
import { everyStep } from '../../../core/plan/steps';
import type { CompleteSpec } from '../../../core/worst-case';
import type { StoredVersion } from '../../../schemas/definition/run';
import type { GivenParts } from '../../definition/simulation/given';
import { BOUNDS } from '../../definition/simulation/bounds';
import type { Simulated, SimulationOrder } from '../../definition/simulation/simulate';
import type { PlannedWorkflow, SimulationSettings } from '../../definition/simulation/world';
import type { Json } from '../../../schemas/json';
import type { Plan, Step } from '../../../schemas/plan';
import { DocumentError } from '../../documents/errors';
import type { ValueFiles, ValueStore } from '../../documents/values';
import type { DefinitionStore } from '../../documents/definitions';
import type { ThreadsOf } from '../../threads/pool';
import type { ThreadWork } from '../../threads/work';
import { RunError } from '../errors';

/** What `activities/definition/simulation/thread.ts` has threads do. */
export interface SimulationThread {
  simulate: ThreadWork<{ order: SimulationOrder; time: number; ownTools?: string }, Simulated>;
}

/** Where that module lies in the build. */
export const SIMULATION_THREAD = 'activities/definition/simulation/thread';

export interface SimulatorParts {
  threads: ThreadsOf<SimulationThread>;
  definitions: Pick<DefinitionStore, 'readVersion'>;
  values: Pick<ValueStore, 'getValue'>;
  settings: SimulationSettings;
  /** file of the user's own tools, where the API has it too */
  ownTools?: string;
}

/** A simulation that somebody wants. */
export interface WantedSimulation extends GivenParts {
  workflow: PlannedWorkflow;
  /** it fits the `input_schema` */
  input: Json;
  /** UTC milliseconds */
  starts: number;
  catalogue: ToolCatalogue;
}

/** Milliseconds that a simulation computes before it is cut, and before its thread is ended, its place in the queue counted. */
const TIME = { soft: 15_000, hard: 25_000 };

/** Simulations under way or waiting: who comes then is told to come back. */
const MOST_WAITING = 16;

/** Sub-workflows that are read for one simulation. */
const MOST_WORKFLOWS = 50;

/** A thread that simulates has no document store. */
const nothing = () => Promise.reject(new DocumentError('unavailable', 'a simulation reaches no document'));
const NO_FILES: ValueFiles = { create: nothing, read: nothing, stat: nothing, replace: nothing };

export type Simulator = (wanted: WantedSimulation) => Promise<Simulated>;

/**
 * Simulates definitions in threads. Sub-workflows are read before; nothing is reached from then on.
 * @throws RunError `unavailable` where too many are under way, or one does not end
 */
export function createSimulator({ threads, definitions, values, settings, ownTools }: SimulatorParts): Simulator {
  let waiting = 0;

  /** Sub-workflows that a plan executes, and those within them; what there is not is left out. */
  async function workflowsOf(plan: Plan): Promise<Map<string, PlannedWorkflow>> {
    const found = new Map<string, PlannedWorkflow>();
    let plans = [plan];
    for (let depth = 0; depth < BOUNDS.depth && plans.length > 0; depth++) {
      const named = new Set(plans.flatMap(({ steps }) => workflowsIn(steps)).filter((uses) => !found.has(uses)));
      const wanted = [...named].slice(0, MOST_WORKFLOWS - found.size);
      const read = await Promise.all(wanted.map(async (uses) => ({ uses, workflow: await plannedBy(uses) })));
      for (const { uses, workflow } of read) if (workflow) found.set(uses, workflow);
      plans = read.flatMap(({ workflow }) => (workflow ? [workflow.plan] : []));
    }
    return found;
  }

  async function plannedBy(uses: string): Promise<PlannedWorkflow | undefined> {
    const [id = '', version] = uses.split('@');
    const stored = await definitions.readVersion(id, Number(version));
    return stored && (await plannedOf(stored, values));
  }

  return async function simulate({ workflow, catalogue, ...given }) {
    if (waiting >= MOST_WAITING) throw busy(`${waiting} simulations are under way.`);
    waiting += 1;
    try {
      const workflows = await workflowsOf(workflow.plan);
      const used = usedBy([workflow, ...workflows.values()], catalogue);
      const order: SimulationOrder = {
        ...given,
        ...used,
        workflow,
        settings,
        workflows: Object.fromEntries(workflows),
      };
      const signal = AbortSignal.timeout(TIME.hard);
      try {
        const given = { order, time: TIME.soft, ownTools };
        return await threads.run('simulate', given, { documents: { files: NO_FILES }, signal });
      } catch (error) {
        if (!signal.aborted) throw error;
        throw busy('The simulation did not end in time.');
      }
    } finally {
      waiting -= 1;
    }
  };
}

/** A version with its plan; undefined for one that was deleted. */
export async function plannedOf(
  { id, version, content, plan }: StoredVersion,
  values: Pick<ValueStore, 'getValue'>,
): Promise<PlannedWorkflow | undefined> {
  return content && plan && { id, version, content, plan: await values.getValue(plan) };
}

const busy = (why: string): RunError =>
  new RunError('unavailable', `${why} Try again in a few seconds.`, { retryAfter: 5 });

const workflowsIn = (steps: readonly Step[]): string[] =>
  everyStep(steps).flatMap(({ kind, uses }) => (kind === 'workflow' && uses !== undefined ? [uses] : []));

/** Specifications of the tools and agents that definitions use, under the names that they use. */
function usedBy(
  workflows: readonly PlannedWorkflow[],
  catalogue: ToolCatalogue,
): { tools: CompleteSpec[]; agents: CompleteSpec[] } {
  const tools = new Set<CompleteSpec>();
  const agents = new Set<CompleteSpec>();
  for (const step of workflows.flatMap(({ plan }) => everyStep(plan.steps))) {
    const spec = catalogue.of(step);
    if (spec) (step.kind === 'agent' ? agents : tools).add(spec);
    const check = step.until && catalogue.tool(step.until.check);
    if (check) tools.add(check);
  }
  return { tools: [...tools], agents: [...agents] };
}
