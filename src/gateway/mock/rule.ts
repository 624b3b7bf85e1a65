import type { Json, JsonObject } from '../../../schemas/json';
import type { ChatMessage, ResponseFormat } from '../../../schemas/llm';

/** What a rule is asked. */
export interface Ask {
  /** the task by which the rule was found */
  task: string | undefined;
  messages: readonly ChatMessage[];
  responseFormat: ResponseFormat | undefined;
  /** the JSON Schema that a JSON answer has to satisfy, where the caller gave one */
  schema: JsonObject | undefined;
  /** 0 where the caller gave none */
  seed: number;
}

/**
 * What the mock answers for a task: a text, or a JSON value that satisfies `schema` (checked). A pure function: the
 * same question gets the same answer for ever, and what cannot be known from the question is not made up.
 */
export type Rule = (ask: Ask) => string | Json;

/** The text of a message; parts that are no text are left out. */
export function textOf({ content }: ChatMessage): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map((part) => part.text ?? '').join('\n');
}

/** The text of the last message of a user; empty where there is none. */
export function lastUserText(messages: readonly ChatMessage[]): string {
  const last = messages.findLast(({ role }) => role === 'user');
  return last ? textOf(last) : '';
}
