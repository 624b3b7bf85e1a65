/** Goal jobs: the time in which the rules make a plan of a goal. */
import { builtinTools } from '../activities/tools/builtin';
import { specsOf } from '../activities/tools/registry';
import { planByRules } from '../src/job/planner';

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
