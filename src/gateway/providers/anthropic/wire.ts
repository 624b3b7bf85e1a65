import { Type, type Static } from 'typebox';
import { JsonObjectValue, nullable } from '../../../../schemas/json';

/**
 * Answers of Anthropic's Messages API, version 2023-06-01, as far as they are read. Kinds of blocks, deltas and events
 * that are not known are left out: the API may add some at any time.
 */

const closed = { additionalProperties: false } as const;
const Word = Type.String({ maxLength: 60 });
const Text = Type.Optional(Type.String());
const Count = Type.Optional(nullable(Type.Integer({ minimum: 0 })));

/** Tokens. Those of the prompt are the sum of `input_tokens` and the two of the cache. */
export const MessageUsage = Type.Object(
  {
    input_tokens: Count,
    cache_creation_input_tokens: Count,
    cache_read_input_tokens: Count,
    output_tokens: Count,
    output_tokens_details: Type.Optional(nullable(Type.Object({ thinking_tokens: Count }, closed))),
  },
  closed,
);
export type MessageUsage = Static<typeof MessageUsage>;

/** `text`, `thinking` or `tool_use`; others have nothing that is read. */
const Block = Type.Object(
  { type: Word, text: Text, thinking: Text, id: Text, name: Text, input: Type.Optional(JsonObjectValue) },
  closed,
);
export type Block = Static<typeof Block>;

const Stop = {
  stop_reason: Type.Optional(nullable(Word)),
  stop_details: Type.Optional(nullable(Type.Object({ category: Type.Optional(nullable(Word)) }, closed))),
};
export type Stop = Static<ReturnType<typeof Type.Object<typeof Stop>>>;

/** An answer in one piece. */
export const Message = Type.Object(
  { type: Type.Literal('message'), model: Type.String(), content: Type.Array(Block), ...Stop, usage: MessageUsage },
  closed,
);
export type Message = Static<typeof Message>;

/** An event of a stream. */
export const MessageEvent = Type.Object(
  {
    type: Word,
    index: Type.Optional(Type.Integer()),
    message: Type.Optional(Type.Object({ model: Type.String(), usage: MessageUsage }, closed)),
    content_block: Type.Optional(Block),
    delta: Type.Optional(
      Type.Object({ type: Type.Optional(Word), text: Text, thinking: Text, partial_json: Text, ...Stop }, closed),
    ),
    usage: Type.Optional(MessageUsage),
  },
  closed,
);
export type MessageEvent = Static<typeof MessageEvent>;
