/** Simulations of workflow definitions, for a thread: nothing of what they name is reached. */
import { simulate as carryOut } from '../../../src/definition/simulation/simulate';
import type { SimulationThread } from '../../../src/runs/definition/simulation';
import { threadWork } from '../../../src/threads/work';
import { readyAgents } from '../../agents/found';
import { builtinTools } from '../../tools/builtin';
import { loadOwnTools } from '../../tools/own';
import { createToolChildren } from '../../tools/pure/apart';
import { createStage } from './stage';

const children = createToolChildren();
const platform = [...builtinTools, ...readyAgents()];
const names = new Set(platform.map(({ spec }) => spec.name));

/** Carries a definition out; `time`: milliseconds after which it is cut; `ownTools`: file of the user's own tools. */
export const simulate: SimulationThread['simulate'] = threadWork(async ({ order, time, ownTools }) => {
  const until = Date.now() + time;
  const others = [...order.tools, ...order.agents].some(({ name }) => !names.has(name));
  const tools = others ? [...platform, ...loadOwnTools(ownTools)] : platform;
  return await carryOut(order, createStage(tools, children), () => Date.now() > until);
});
