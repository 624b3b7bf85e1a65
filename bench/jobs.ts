/** Goal jobs: the time in which the rules make a plan of a goal, and that of whole jobs until they work and are simulated. */
import { builtinTools } from '../activities/tools/builtin';
import { specsOf } from '../activities/tools/registry';
import { planByRules } from '../src/job/planner';
import type { BenchStack } from './engine/stack';

const goals = [
  'Fetch data from https://api.example.com/users and save to output/users.json',
  'Fetch https://api.example.com/orders, keep those whose userId is 1, group by city, save as CSV and insert them into table totals, then post the total to https://hooks.example.com/in',
  'Récupère https://api.example.com/clients, garde ceux dont le pays est FR, puis enregistre-les dans clients.csv',
  'Generate an implementation checklist and artifact summary',
  'Read invoices.csv, sort by amount, and save the first 10 to top.json',
  'Reconcile the ledgers and tell everybody',
];

/** Times that each goal is planned; the first ones warm up and do not count. */
const TIMES = { warm: 20, counted: 100 };

/** Jobs of each kind, one after the other; the first ones warm up and do not count. */
const JOBS = { warm: 3, counted: 20 };

/** A goal whose steps are short and need nothing outside, and one that a simulation keeps from the outside. */
const RUN = 'Generate an implementation checklist and artifact summary';
const SIMULATED = 'Fetch data from https://api.example.com/users and save to output/users.json';

/** The time below which 95 of 100 plans are made, in milliseconds. */
export function measurePlanning(): number {
  const tools = specsOf(builtinTools);
  const took: number[] = [];
  for (let time = 0; time < TIMES.warm + TIMES.counted; time++) {
    for (const goal of goals) {
      const began = performance.now();
      planByRules({ goal, context: {}, tools });
      if (time >= TIMES.warm) took.push(performance.now() - began);
    }
  }
  return took.sort((a, b) => a - b)[Math.floor(took.length * 0.95)] ?? 0;
}

/** Milliseconds of each job: from its start to its first step, and of a simulation from its start to its report. */
export async function measureJobs(stack: BenchStack): Promise<{ first: number[]; simulated: number[] }> {
  const first: number[] = [];
  const simulated: number[] = [];
  for (let n = 0; n < JOBS.warm + JOBS.counted; n++) {
    const began = Date.now();
    const events = await stack.eventsOf(await stack.startJob(RUN, 'run'));
    const step = events.find(({ event_type }) => event_type === 'TASK.STARTED');
    if (!step) throw new Error(`a job has no step: ${events.map(({ event_type }) => event_type).join(', ')}`);
    const begins = performance.now();
    await stack.eventsOf(await stack.startJob(SIMULATED, 'simulate'));
    if (n < JOBS.warm) continue;
    first.push(Date.parse(step.occurred_at) - began);
    simulated.push(performance.now() - begins);
  }
  return { first, simulated };
}
