import type { CompleteSpec } from '../../core/worst-case';
import type { Policy } from '../../schemas/policy';
import { judgePlan } from '../../src/job/model';
import { loadPolicy } from '../../src/policy/load';
import type { Process } from '../process';
import { builtinTools } from '../tools/builtin';
import { ToolError } from '../tools/errors';
import { loadOwnTools } from '../tools/own';
import { specsOf } from '../tools/registry';
import { createJobActivities } from './activities';
import { createDrafter } from './draft';
import { createSimulationActivities } from './simulation';
import { createJobTools, jobPrompts } from './tools';

/** The tools that goals are planned with: those that belong to no process, and the user's own. */
const toolsWith = (ownTools: string | undefined): CompleteSpec[] =>
  specsOf([...builtinTools, ...loadOwnTools(ownTools)]);

/** Jobs: goals that become plans. */
export const job = {
  activities: ({ config, documents, catalogue, effects, pastRuns }) => ({
    ...createJobActivities({
      documents,
      catalogue,
      retries: config.tasks.retries,
      deadLetters: config.tasks.deadLetters,
      drafter: createDrafter({
        ...{ documents, catalogue, pastRuns, tools: toolsWith(config.ownTools), model: config.llm.plans },
        maxParallel: config.engine.maxParallelSteps,
        policy: () => policyOf(config.policy.file),
      }),
    }),
    ...createSimulationActivities({ documents, effects }),
  }),
  tools: ({ config, prompts }) => createJobTools(prompts, toolsWith(config.ownTools)),
  judges: { 'job.plan': judgePlan },
  prompts: jobPrompts,
} satisfies Process;

/** The policy of a file. Without one that can be read nothing is planned. */
async function policyOf(file: string): Promise<Policy> {
  try {
    return await loadPolicy(file);
  } catch (error) {
    throw new ToolError({
      class: 'permanent',
      type: 'policy.invalid',
      message: (error as Error).message,
      cause: error,
    });
  }
}
