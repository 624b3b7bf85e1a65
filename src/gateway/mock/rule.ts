import type { Json, JsonObject } from '../../../schemas/json';
import type { ChatMessage, ResponseFormat } from '../../../schemas/llm';

/** The question to a rule. */
export interface Ask {
  /** the task by which the rule was found */
  task: string | undefined;
  messages: readonly ChatMessage[];
  responseFormat: ResponseFormat | undefined;
  /** the JSON Schema that a JSON answer has to satisfy, if the caller gave one */
  schema: JsonObject | undefined;
  /** 0 if the caller gave none */
  seed: number;
}

/**
 * Answers a task for the mock: with a text, or a JSON value that satisfies `schema` (checked). A pure function: the
 * same question always gets the same answer, and nothing that cannot be known from the question is made up.
 */
export type Rule = (ask: Ask) => string | Json;

/** The text of a message, without parts that are no text. */
export function textOf({ content }: ChatMessage): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map((part) => part.text ?? '').join('\n');
}

/** The text of the last user message; empty if there is none. */
export function lastUserText(messages: readonly ChatMessage[]): string {
  const last = messages.findLast(({ role }) => role === 'user');
  return last ? textOf(last) : '';
}
