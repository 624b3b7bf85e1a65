/** A model with the answers that a test wants, for tests of runs while it answers, or does not. */
import { setTimeout } from 'node:timers/promises';
import { ToolError } from '../../activities/tools/errors';
import type { Tool } from '../../activities/tools/tool';
import type { JsonObject } from '../../schemas/json';
import type { LlmAnswer, LlmQuestion } from '../../schemas/llm-call';
import type { Ref } from '../../schemas/refs';

/** Milliseconds before a model that was away is asked again. */
export const AWAY = 40_000;

/** Answers a question in a round and attempt. `away`: this attempt fails; `silence`: nothing comes. */
export type Saying = (asked: { task: string; round: number; attempt: number }) => Said | Promise<Said>;
type Said = JsonObject | 'away' | 'silence';

/** Replaces the tool that asks a model. Its answers are checked by the rules like any other. */
export function modelSaying(say: Saying): Tool {
  return {
    spec: {
      ...{ name: 'llm.structured', version: '1.0.0', description: 'says what a test wants' },
      ...{ input: { type: 'object' }, output: {}, effect: 'idempotent', timeout: 170_000 },
      retry: { attempts: 5, initialMs: AWAY, backoff: 1, maxMs: AWAY },
    },
    async run(input, { documents, signal, round, attempt }) {
      const { question } = input as unknown as { question: Ref };
      const { task, prompt } = (await documents.getValue(question)) as unknown as LlmQuestion;
      const said = await say({ task, round, attempt });
      if (said === 'away') throw new ToolError({ class: 'transient', type: 'test.away', message: 'not this time' });
      if (said === 'silence') await setTimeout(170_000, undefined, { signal });
      const value = await documents.putValue(said);
      const answer: LlmAnswer = {
        question,
        answer: value,
        value,
        prompt,
        model: 'test',
        tokens: null,
        cost: 'unknown',
      };
      return answer;
    },
  };
}
