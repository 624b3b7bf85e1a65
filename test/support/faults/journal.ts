/** A journal of calls that outlives the process that makes them: each is in it before its tool begins. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Tool } from '../../../activities/tools/tool';
import type { Json } from '../../../schemas/json';
import type { Effect } from '../../../schemas/tool';
import { groupBy } from '../../eval/scoring/group';

/** A call of a tool, an attempt of it. */
export interface Call {
  workflow: string;
  step: string;
  uses: string;
  round: number;
  key: string;
  effect: Effect;
  input: Json;
}

/** The tool, whose calls are written down. */
export const journaled = (file: string, tool: Tool): Tool => ({
  ...tool,
  run: async (input, context) => {
    const { workflow_id: workflow, step_id: step, round, key } = context;
    const { name: uses, effect = 'once' } = tool.spec;
    const call: Call = { workflow, step, uses, round, key, effect, input };
    appendFileSync(file, `${JSON.stringify(call)}\n`); // whole, or not at all
    return await tool.run(input, context);
  },
});

/** Every call, in the order of their beginnings. */
export function readJournal(file: string): Call[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Call);
}

/**
 * Faults of the calls, in words: a step whose effect cannot be repeated was called again; or calls under one key differ,
 * so that it does not stand for one effect.
 */
export function callFaults(calls: Call[]): string[] {
  return [...groupBy(calls, ({ key }) => key)].flatMap(([key, same]) => {
    const again = same.length > 1 && same.some(({ effect }) => effect === 'once');
    const differ = new Set(same.map((call) => JSON.stringify(call))).size > 1;
    return [
      ...(again ? [`${key}: its effect happens once, and it was called ${same.length} times`] : []),
      ...(differ ? [`${key}: its calls differ: ${JSON.stringify(same)}`] : []),
    ];
  });
}
