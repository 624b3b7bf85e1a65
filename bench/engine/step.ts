import type { Tool } from '../../activities/tools/tool';
import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { StepInput, StepOutput } from '../workflows/stories';

/** The result of a step, which does no work: 200 bytes. */
const output: StepOutput = { text: 'x'.repeat(189) };

/** The step as an activity, for workflows by hand. */
export async function benchStep(_: StepInput): Promise<StepOutput> {
  return output;
}

const one = (name: string) => ({
  type: 'object',
  properties: { [name]: { type: 'string' } },
  required: [name],
  additionalProperties: false,
});

/** The step as a tool, for plans: short, and as an activity of its own. */
export const benchTools: Tool[] = [['bench.step', true] as const, ['bench.regular', false] as const].map(
  ([name, local]) => ({
    spec: {
      name,
      version: '1.0.0',
      description: 'does nothing',
      input: one('before'),
      output: one('text'),
      effect: 'none',
      risk: 'low',
      approval: false,
      timeout: 1_000,
      local,
    },
    run: async () => ({ ...output }),
  }),
);

/** A short step that leaves a line in a file, with its key and the moment: for what a killed worker costs. */
export const tracedTool: Tool = {
  spec: {
    name: 'bench.traced',
    version: '1.0.0',
    description: 'notes when it was done',
    input: { type: 'object', properties: { file: { type: 'string' }, after: {} }, required: ['file'] },
    output: {},
    effect: 'idempotent',
    risk: 'low',
    approval: false,
    timeout: 2_000,
    retry: { attempts: 3, initialMs: 100, backoff: 2, maxMs: 1_000 },
    local: true,
  },
  async run(input, { key }) {
    await setTimeout(50);
    appendFileSync((input as { file: string }).file, `${Date.now()} ${key}\n`);
    return null;
  },
};
