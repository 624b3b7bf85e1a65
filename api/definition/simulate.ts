import { DraftSimulationRequest, type SimulationRequest, type Simulation } from '../../schemas/definition/simulation';
import { JsonObjectValue } from '../../schemas/json';
import { validatorFor } from '../../src/contracts/validators';
import type { ValueStore } from '../../src/documents/values';
import { plannedOf, type Simulator } from '../../src/runs/definition/simulation';
import type { PlannedWorkflow } from '../../src/definition/simulation/world';
import type { Content } from '../../src/runs/definition/library';
import { checked } from '../http';
import type { Call } from '../part';
import { HttpProblem } from '../problem';
import { assertInput } from './input';
import { readOffered, readSound, type ReadingParts } from './read';

export interface SimulationDependencies extends ReadingParts {
  simulate: Simulator;
  values: Pick<ValueStore, 'getValue'>;
}

type Request = Pick<SimulationRequest, 'input_data' | 'outputs' | 'decisions' | 'starts_at'>;

/** The request without its definition, which is checked as definitions are. */
const validRequest = validatorFor({
  ...DraftSimulationRequest,
  $id: undefined,
  properties: { ...DraftSimulationRequest.properties, definition: JsonObjectValue },
});

/** Simulates a version of a definition. */
export async function simulateStored(request: SimulationRequest, stored: Content, deps: SimulationDependencies) {
  const workflow = await plannedOf(stored, deps.values);
  if (!workflow) throw new HttpProblem('not-found', `Workflow ${stored.id} has nothing to simulate.`);
  return await simulate(workflow, request, deps);
}

/** Simulates a definition that is not kept; its faults have the pointers of the request. */
export async function simulateDraft({ body }: Pick<Call, 'body'>, deps: SimulationDependencies) {
  const { definition, ...request } = checked(body, validRequest) as DraftSimulationRequest;
  const { id, content, plan } = await readSound({ body: definition }, deps, '/definition');
  return await simulate({ id, content, plan }, request, deps);
}

async function simulate(
  workflow: PlannedWorkflow,
  { input_data: input = {}, outputs, decisions, starts_at }: Request,
  deps: SimulationDependencies,
): Promise<Simulation> {
  assertInput(workflow.content, input);
  const starts = starts_at === undefined ? Date.now() : Date.parse(starts_at);
  const catalogue = await readOffered(deps);
  const answer = await deps.simulate({ workflow, input, outputs, decisions, starts, catalogue });
  if ('simulation' in answer) return answer.simulation;
  throw new HttpProblem('invalid', 'The simulation cannot begin; see errors.', { errors: answer.faults });
}
