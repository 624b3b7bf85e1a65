import { Type } from 'typebox';
import type { CompleteSpec } from '../../core/worst-case';
import { JsonValue } from '../../schemas/json';
import type { LlmQuestion } from '../../schemas/llm-call';
import { refTo } from '../../schemas/refs';
import { planQuestion } from '../../src/job/model';
import { planByRules } from '../../src/job/planner';
import type { Prompts } from '../../src/llm/prompt';
import { defineTool } from '../tools/define';
import type { Tool } from '../tools/tool';

/** Prompts that jobs ask a model with. */
export const jobPrompts = ['job.plan'] as const;

/** The tool that asks a model for a plan. `toolsNow`: those that it may plan with. */
export function createJobTools(
  prompts: Prompts<(typeof jobPrompts)[number]>,
  toolsNow: () => readonly CompleteSpec[],
): Tool[] {
  return [
    defineTool({
      name: 'job.plan_question',
      version: '1.0.0',
      description: 'Makes the question by which a model is asked for the plan of a goal',
      input: Type.Object({ goal: Type.String(), context: JsonValue }),
      output: Type.Object({ question: refTo<LlmQuestion>() }),
      effect: 'none',
      risk: 'low',
      approval: false,
      timeout: 10_000,
      retry: { attempts: 3, initialMs: 500, backoff: 2, maxMs: 5_000 },
      async run({ goal, context }, { documents }) {
        const tools = toolsNow();
        const planned = planByRules({ goal, context, tools });
        const language = 'reading' in planned ? planned.reading.language : 'en';
        const draft = 'plan' in planned ? planned.plan : undefined;
        const question = planQuestion({ goal, context, tools, draft }, prompts('job.plan', language));
        return { question: await documents.putValue(question) };
      },
    }),
  ];
}
