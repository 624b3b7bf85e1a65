import { Type, type Static } from 'typebox';
import { Instant, nullable } from '../json';
import { PromptRef } from '../llm-call';

/** A call that an agent makes while a model does its task: of the model itself, or of a tool that the model asks for. */
export const AgentCall = Type.Object(
  {
    kind: Type.Enum(['model', 'tool']),
    name: Type.String({ description: 'the model that has answered, or the tool that was asked for' }),
    attempt: Type.Integer({ minimum: 1, description: 'of the step, within its round' }),
    at: Instant,
    milliseconds: Type.Optional(Type.Integer({ minimum: 0, description: 'absent while it is under way' })),
    outcome: Type.Enum(['begun', 'done', 'failed', 'refused', 'repeated'], {
      description:
        '`refused`: not made, as the step does not list the tool, the policy forbids it or its arguments do not fit; ' +
        '`repeated`: not made, as the same call was made before',
    }),
    error: Type.Optional(Type.String({ description: 'the type of the error, or why it was refused' })),
    tokens: Type.Optional(nullable(Type.Integer({ minimum: 0 }))),
    cost: Type.Optional(Type.String({ description: 'of a model: a decimal and its currency, or `unknown`' })),
  },
  { $id: 'AgentCall' },
);
export type AgentCall = Static<typeof AgentCall>;

/** How a model has done a task: what it was asked with, and what that has taken. */
export const AgentWork = Type.Object(
  {
    model: Type.String(),
    prompt: PromptRef,
    model_calls: Type.Integer({ minimum: 1 }),
    tool_calls: Type.Integer({ minimum: 0, description: 'calls that were made' }),
    tokens: nullable(Type.Integer({ minimum: 0 })),
    cost: Type.String({ description: 'a decimal and its currency, or `unknown`' }),
  },
  { additionalProperties: false },
);
export type AgentWork = Static<typeof AgentWork>;
