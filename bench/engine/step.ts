import type { Tool } from '../../activities/tools/tool';
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
