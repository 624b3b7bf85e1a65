import { createCatalogue, type ToolCatalogue } from '../../../core/plan/catalogue';
import { checkPlan } from '../../../core/plan/check';
import { loadPlan } from '../../../core/plan/load';
import { jsonBytes } from '../../../core/identity';
import type { CompleteSpec } from '../../../core/worst-case';
import type { Simulation } from '../../../schemas/definition/simulation';
import type { Json } from '../../../schemas/json';
import type { LoadedPlan } from '../../../schemas/loaded-plan';
import { Agenda } from './agenda';
import { BOUNDS, Cut } from './bounds';
import type { FollowWithin } from './calling';
import { Following } from './following';
import { Given, givenFaults, type GivenFault, type GivenParts } from './given';
import { Outline } from './outline';
import type { FollowedEnd } from './play';
import { Report } from './report';
import { Rows } from './rows';
import type { Stage } from './stage';
import { World, type PlannedWorkflow, type SimulationSettings } from './world';

/** A simulation that is wanted, as plain data. */
export interface SimulationOrder extends GivenParts {
  workflow: PlannedWorkflow;
  /** sub-workflows, by `id@version`; those beyond the bound of depth are left out */
  workflows: { [uses: string]: PlannedWorkflow };
  /** it fits the `input_schema` */
  input: Json;
  /** UTC milliseconds */
  starts: number;
  /** what the definitions use */
  tools: CompleteSpec[];
  agents: CompleteSpec[];
  settings: SimulationSettings;
}

/** Result of a simulation, or faults of what it was given. */
export type Simulated = { simulation: Simulation } | { faults: GivenFault[] };

/**
 * Carries a definition out without touching anything, by the interpreter of executions: its calls are given, computed or
 * made up (`stage`), and its waits, pauses and questions end at once on a virtual clock.
 * @param isOutOfTime true where whoever waits has no more time
 */
export async function simulate(order: SimulationOrder, stage: Stage, isOutOfTime: () => boolean): Promise<Simulated> {
  const { workflow, input, starts, tools, agents, settings } = order;
  const catalogue = createCatalogue(tools, agents);
  const outline = new Outline(workflow.content.steps);
  const loaded = loadedPlan(workflow, catalogue, settings);
  const faults = [...('faults' in loaded ? loaded.faults : []), ...givenFaults(order, outline, catalogue, stage)];
  if ('faults' in loaded || faults.length > 0) return { faults };
  const agenda = new Agenda(starts);
  const report = new Report(() => agenda.now);
  const workflows = new Map(Object.entries(order.workflows));
  const world = new World(agenda, report, stage, catalogue, settings, workflows);
  let end: FollowedEnd | undefined;
  const about = { plan: loaded.plan, given: new Given(order), input, depth: 0 };
  const rows = new Rows(report, outline, '');
  const play = new Following(world, about, rows, within, (how) => (end = how));
  const cut = await run(
    world,
    () => play.start(),
    () => end !== undefined,
    isOutOfTime,
  );
  if (cut) play.stop();
  rows.pending(loaded.plan);
  return { simulation: simulationOf(order, world, cut ?? end) };
}

/** Follows a sub-workflow on the same clock. */
const within: FollowWithin = (play, step, input, ended) => {
  const { world, about } = play;
  const workflow = world.workflows.get(step.uses);
  const loaded = workflow && loadedPlan(workflow, world.catalogue, world.settings);
  if (!workflow || !loaded || 'faults' in loaded) {
    const message = loaded && 'faults' in loaded ? loaded.faults.map(({ detail }) => detail).join('; ') : 'it is gone';
    world.agenda.at(world.agenda.now, () => ended({ failed: { type: 'plan.invalid', message } }));
    return undefined;
  }
  const rows = new Rows(world.report, new Outline(workflow.content.steps), `${step.id}/`);
  const followed = { plan: loaded.plan, given: new Given({}), input, depth: about.depth + 1 };
  const following = new Following(world, followed, rows, within, ended);
  world.agenda.at(world.agenda.now, () => following.start());
  return following;
};

/** A plan that was sound when its definition was written may use what there is no longer. */
function loadedPlan(
  { plan }: PlannedWorkflow,
  catalogue: ToolCatalogue,
  { maxParallel }: SimulationSettings,
): { plan: LoadedPlan } | { faults: GivenFault[] } {
  const checked = checkPlan(plan, catalogue);
  if ('faults' in checked)
    return { faults: checked.faults.map(({ pointer, message }) => ({ pointer, detail: message })) };
  return { plan: loadPlan(checked, catalogue, { maxParallel }) };
}

/** Does what the agenda holds, until the end; gives the bound that was come to, if any. */
async function run(
  { agenda }: World,
  start: () => void,
  hasEnded: () => boolean,
  isOutOfTime: () => boolean,
): Promise<Cut | undefined> {
  const until = agenda.now + BOUNDS.virtual;
  try {
    start();
    while (!hasEnded()) {
      const { next } = agenda;
      if (next === undefined) throw new Error('a simulation goes on with nothing');
      if (next > until) throw new Cut('too_long', 'it would take over ten years');
      if (isOutOfTime()) throw new Cut('out_of_time', 'it took too long to compute: give outputs, or less input');
      await agenda.step();
    }
    return undefined;
  } catch (error) {
    if (error instanceof Cut) return error;
    throw error;
  }
}

function simulationOf(
  { workflow, starts }: SimulationOrder,
  world: World,
  end: FollowedEnd | Cut | undefined,
): Simulation {
  const { report, agenda } = world;
  const { id, version, content } = workflow;
  const output = end && 'output' in end ? end.output : undefined;
  const isShown = output !== undefined && jsonBytes(output) <= BOUNDS.result;
  const listed = report.listed();
  return {
    definition: { id, version, name: content.name },
    status: end instanceof Cut ? 'cut' : end && 'output' in end ? 'completed' : 'failed',
    result: isShown ? output : undefined,
    error: end instanceof Cut ? end.failure : end && 'failed' in end ? end.failed : undefined,
    starts_at: report.instant(starts),
    ends_at: report.instant(),
    virtual_ms: agenda.now - starts,
    ...listed,
    omitted: { ...listed.omitted, result: output !== undefined && !isShown },
  };
}
