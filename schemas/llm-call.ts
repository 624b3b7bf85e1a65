import { Type, type Static } from 'typebox';
import { JsonObjectValue, JsonValue, nullable, type Json } from './json';
import { ChatMessage } from './llm';
import { refTo } from './refs';

/** Questions of agents to a model, and its answers. Both are in the document store; histories hold references alone. */

/** A prompt's file: its name, its language, its version, and the SHA-256 of its text. */
export const PromptRef = Type.Object(
  {
    name: Type.String({ maxLength: 80 }),
    language: Type.Enum(['en', 'fr']),
    version: Type.Integer({ minimum: 1 }),
    hash: Type.String({ pattern: '^sha256:[0-9a-f]{64}$' }),
  },
  { additionalProperties: false },
);
export type PromptRef = Static<typeof PromptRef>;

/** Origin of the choice among a document's sentences: the rules, or a model that was asked with a prompt. */
export const Wording = Type.Object(
  {
    by: Type.Enum(['rules', 'llm']),
    model: Type.Optional(Type.String({ maxLength: 200 })),
    prompt: Type.Optional(PromptRef),
    /** reason why the model's choice was not taken */
    declined: Type.Optional(Type.String({ maxLength: 300 })),
  },
  { additionalProperties: false },
);
export type Wording = Static<typeof Wording>;

/** A question for a model. `facts` check its answer besides the schema; the model does not see them. */
export const LlmQuestion = Type.Object(
  {
    task: Type.String({ pattern: '^[a-z]+(\\.[a-z]+)*$', maxLength: 80 }),
    prompt: PromptRef,
    messages: Type.Array(ChatMessage, { minItems: 1, maxItems: 20 }),
    schema: JsonObjectValue,
    max_tokens: Type.Integer({ minimum: 1, maximum: 100_000 }),
    facts: JsonValue,
  },
  { additionalProperties: false },
);
export type LlmQuestion = Static<typeof LlmQuestion>;

/** The model's answer. `value` is the answer as JSON, if it is JSON; nothing else has been checked yet. */
export const LlmAnswer = Type.Object(
  {
    question: refTo<LlmQuestion>(),
    answer: refTo<Json>(),
    value: nullable(refTo<Json>()),
    model: Type.String({ maxLength: 200 }),
    prompt: PromptRef,
    tokens: nullable(Type.Integer({ minimum: 0 })),
    cost: Type.String({ maxLength: 60, description: 'a decimal and its currency, or `unknown`' }),
  },
  { additionalProperties: false },
);
export type LlmAnswer = Static<typeof LlmAnswer>;
