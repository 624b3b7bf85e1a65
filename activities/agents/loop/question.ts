import type { Json } from '../../../schemas/json';
import type { ChatMessage } from '../../../schemas/llm';
import type { Prompt } from '../../../src/llm/prompt';
import type { ToolContext } from '../../tools/tool';
import type { ModelTask } from './port';

/** Prompts that agents ask a model with. */
export const agentPrompts = ['agent.task'] as const;
export type SolverPrompt = (typeof agentPrompts)[number];

/** Characters of a task that a model is shown: a larger one is done by the rules. */
const MOST = 60_000;

/** The first messages of a task; undefined where it is too large for a model. */
export function openingOf(
  { agent, task, description, given, draft, output }: ModelTask,
  prompt: Prompt,
  rework: ToolContext['rework'],
): ChatMessage[] | undefined {
  const again = rework && { previous: rework.previous, findings: rework.findings, instruction: rework.instruction };
  const facts = JSON.stringify({ agent, task, description, given, draft, rework: again, answer_schema: output });
  if (facts.length > MOST) return undefined;
  return [
    { role: 'system', content: prompt.text },
    { role: 'user', content: facts.toWellFormed() },
  ];
}

/** Why an answer is not accepted, without quoting it: this stands in histories. */
export function objectionTo(value: Json | undefined, { check }: ModelTask): string | undefined {
  if (value === undefined) return 'it is not JSON';
  const problems = check(value, 0).slice(0, 5);
  if (problems.length === 0) return undefined;
  return problems
    .map(({ pointer, message }) => `${pointer || 'the answer'} ${message.replace(/ \(.*\)$/, '')}`)
    .join('; ')
    .slice(0, 1_000);
}
