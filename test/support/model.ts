/** A model with the answers that a test wants, for tests of runs while it answers, or does not. */
import { setTimeout } from 'node:timers/promises';
import { Type } from 'typebox';
import { defineTool } from '../../activities/tools/define';
import { ToolError } from '../../activities/tools/errors';
import type { Tool } from '../../activities/tools/tool';
import type { JsonObject } from '../../schemas/json';
import { LlmAnswer, type LlmQuestion } from '../../schemas/llm-call';
import { refTo } from '../../schemas/refs';

/** Milliseconds before a model that was away is asked again. */
export const AWAY = 40_000;

/** Answers a question in a round and attempt. `away`: this attempt fails; `silence`: nothing comes. */
export type Saying = (asked: { task: string; round: number; attempt: number }) => Said | Promise<Said>;
type Said = JsonObject | 'away' | 'silence';

/** Replaces the tool that asks a model. Its answers are checked by the rules like any other. */
export function modelSaying(say: Saying): Tool {
  return defineTool({
    name: 'llm.structured',
    version: '1.0.0',
    description: 'says what a test wants',
    input: Type.Object({ question: refTo<LlmQuestion>() }),
    output: LlmAnswer,
    effect: 'idempotent',
    timeout: 170_000,
    retry: { attempts: 5, initialMs: AWAY, backoff: 1, maxMs: AWAY },
    async run({ question }, { documents, signal, round, attempt }) {
      const { task, prompt } = await documents.getValue(question);
      const said = await say({ task, round, attempt });
      if (said === 'away') throw new ToolError({ class: 'transient', type: 'test.away', message: 'not this time' });
      if (said === 'silence') await setTimeout(170_000, undefined, { signal });
      const value = await documents.putValue(said);
      return { question, answer: value, value, prompt, model: 'test', tokens: null, cost: 'unknown' };
    },
  });
}
