import type { CompleteSpec } from '../../core/worst-case';
import type { Policy } from '../../schemas/policy';
import { judgePlan } from '../../src/job/model';
import { loadPolicy } from '../../src/policy/load';
import type { Process } from '../process';
import { builtinTools } from '../tools/builtin';
import { ToolError } from '../tools/errors';
import { loadOwnTools } from '../tools/own';
import { specsOf } from '../tools/registry';
import type { McpTools } from '../mcp/tools';
import { withStore } from '../engine/values';
import { createJobActivities } from './activities';
import { createDrafter } from './draft';
import { withKeptDrafts } from './kept-drafts';
import { createSimulationActivities } from './simulation';
import { createJobTools, jobPrompts } from './tools';

/**
 * The tools that goals are planned with: those that belong to no process, the user's own, and those of MCP servers that
 * somebody has accepted.
 */
function toolsWith(ownTools: string | undefined, mcp: Pick<McpTools, 'specs'>): () => CompleteSpec[] {
  const own = specsOf([...builtinTools, ...loadOwnTools(ownTools)]);
  return () => [...own, ...mcp.specs().filter(({ withheld }) => !withheld)];
}

/** The same activities, each on the catalogue as it is when it begins. */
function withFreshCatalogue<T extends object>(activities: T, { refresh }: Pick<McpTools, 'refresh'>): T {
  const fresh = Object.entries(activities).map(([name, work]: [string, (...given: unknown[]) => Promise<unknown>]) => [
    name,
    async (...given: unknown[]) => {
      await withStore(refresh);
      return await work(...given);
    },
  ]);
  return Object.fromEntries(fresh) as T;
}

/** Jobs: goals that become plans. */
export const job = {
  activities: ({ config, documents, catalogue, mcp, effects, pastRuns, recordings }) => ({
    ...withFreshCatalogue(
      createJobActivities({
        documents,
        catalogue,
        retries: config.tasks.retries,
        deadLetters: config.tasks.deadLetters,
        drafter: withKeptDrafts(
          createDrafter({
            ...{ documents, catalogue, pastRuns, tools: toolsWith(config.ownTools, mcp), model: config.llm.plans },
            maxParallel: config.engine.maxParallelSteps,
            policy: () => policyOf(config.policy.file),
          }),
          recordings,
        ),
      }),
      mcp,
    ),
    ...createSimulationActivities({ documents, effects }),
  }),
  tools: ({ config, prompts, mcp }) => createJobTools(prompts, toolsWith(config.ownTools, mcp)),
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
