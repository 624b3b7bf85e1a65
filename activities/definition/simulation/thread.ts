/** Simulations of workflow definitions, for a thread: nothing of what they name is reached. */
import { simulate as carryOut } from '../../../src/definition/simulation/simulate';
import type { SimulationThread } from '../../../src/runs/definition/simulation';
import { threadWork } from '../../../src/threads/work';
import { readyAgents } from '../../agents/found';
import { builtinTools } from '../../tools/builtin';
import { createToolChildren } from '../../tools/pure/apart';
import { createStage } from './stage';

const children = createToolChildren();
const tools = [...builtinTools, ...readyAgents()];

/** Carries a definition out; `time`: milliseconds after which it is cut. */
export const simulate: SimulationThread['simulate'] = threadWork(async ({ order, time }) => {
  const until = Date.now() + time;
  return await carryOut(order, createStage(tools, children), () => Date.now() > until);
});
