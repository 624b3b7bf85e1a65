import { Type, type Static } from 'typebox';
import { JsonObjectValue, JsonValue, nullable } from './json';

/**
 * Messages between callers and the LLM gateway: the OpenAI protocol, narrowed to parts that can be accounted for, and
 * the headers, errors and usage that the gateway adds.
 */

/** Headers of a request and of its answer. */
export const llmHeaders = {
  /** purpose of the call, such as `audit.wording`; the mock chooses its rule by it */
  task: 'x-awe-task',
  /** the workflow id whose budget pays */
  run: 'x-awe-run',
  /** the most that the run may spend, besides the gateway's own budgets: tokens; money as `2.50 USD` */
  runTokens: 'x-awe-run-tokens',
  runMoney: 'x-awe-run-money',
  requestId: 'x-awe-request-id',
  /** money as a decimal, or `unknown`; not with a stream, whose last usage chunk carries it as `awe` */
  cost: 'x-awe-cost',
  currency: 'x-awe-cost-currency',
  /** source of the accounted usage: see `LlmAccount` */
  usage: 'x-awe-usage',
} as const;

/** Faults that callers can tell apart, each with its HTTP status. */
export const llmErrorCodes = [
  'bad_request',
  'unauthorized',
  'budget_exceeded',
  'context_too_long',
  'refused',
  'rate_limited',
  'unavailable',
] as const;
export type LlmErrorCode = (typeof llmErrorCodes)[number];

/** The body of every error, and the data of an `error` event in a stream. */
export const LlmError = Type.Object(
  {
    error: Type.Object({
      message: Type.String({ description: 'for people' }),
      type: Type.String({ description: 'the kind in OpenAI’s words, such as `invalid_request_error`' }),
      code: Type.Enum([...llmErrorCodes]),
      param: Type.Null(),
      reason: Type.Optional(Type.String({ description: 'which case of the code, such as `timeout`, `broken_json`' })),
      retry_after_ms: Type.Optional(Type.Integer({ minimum: 0, description: 'before that another try is in vain' })),
    }),
  },
  { $id: 'LlmError' },
);
export type LlmError = Static<typeof LlmError>;

/** Only what is named here is taken from an answer of a provider and passed on. */
const closed = { additionalProperties: false } as const;

const Used = Type.Integer({ minimum: 0 });

/** Tokens of one answer. `estimated`: counted by the gateway, not by a model's tokenizer. */
export const LlmUsage = Type.Object(
  {
    prompt_tokens: Used,
    completion_tokens: Type.Optional(Used),
    total_tokens: Used,
    prompt_tokens_details: Type.Optional(
      nullable(
        Type.Object(
          {
            cached_tokens: Type.Optional(Used),
            /** written to the cache of the provider, which costs more than reading */
            cache_write_tokens: Type.Optional(Used),
            audio_tokens: Type.Optional(Used),
          },
          closed,
        ),
      ),
    ),
    completion_tokens_details: Type.Optional(
      nullable(Type.Object({ reasoning_tokens: Type.Optional(Used), audio_tokens: Type.Optional(Used) }, closed)),
    ),
    estimated: Type.Optional(Type.Literal(true)),
  },
  closed,
);
export type LlmUsage = Static<typeof LlmUsage>;

/** Cost of an answer: in the headers, and as `awe` in the usage chunk of a stream. */
export interface LlmAccount {
  /** decimal, or `unknown` if no price is known */
  cost: string;
  currency: string;
  /** `reported` by the provider, `estimated` by the mock, or, if nothing was reported, the reserved `bound` */
  usage: 'reported' | 'estimated' | 'bound';
}

const TextPart = Type.Object({ type: Type.String(), text: Type.Optional(Type.String()) });

export const ChatMessage = Type.Object({
  role: Type.Enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: Type.Optional(Type.Union([Type.Null(), Type.String(), Type.Array(TextPart, { maxItems: 1_000 })])),
  name: Type.Optional(Type.String({ maxLength: 200 })),
  tool_calls: Type.Optional(Type.Array(JsonObjectValue, { maxItems: 200 })),
  tool_call_id: Type.Optional(Type.String({ maxLength: 200 })),
});
export type ChatMessage = Static<typeof ChatMessage>;

export const ResponseFormat = Type.Object({
  type: Type.Enum(['text', 'json_object', 'json_schema']),
  json_schema: Type.Optional(
    Type.Object({
      name: Type.String({ minLength: 1, maxLength: 64 }),
      description: Type.Optional(Type.String()),
      schema: Type.Optional(JsonObjectValue),
      strict: Type.Optional(Type.Union([Type.Null(), Type.Boolean()])),
    }),
  ),
});
export type ResponseFormat = Static<typeof ResponseFormat>;

const Model = Type.String({ minLength: 1, maxLength: 200, pattern: '^[A-Za-z0-9][A-Za-z0-9._:/@-]*$' });
const Tokens = Type.Integer({ minimum: 1, maximum: 10_000_000 });

/** `POST /v1/chat/completions`, without nulls. Other members are refused by name: their cost is unknown. */
export const ChatRequest = Type.Object(
  {
    model: Model,
    messages: Type.Array(ChatMessage, { minItems: 1, maxItems: 1_000 }),
    stream: Type.Optional(Type.Boolean()),
    stream_options: Type.Optional(
      Type.Object(
        { include_usage: Type.Optional(Type.Boolean()), include_obfuscation: Type.Optional(Type.Boolean()) },
        { additionalProperties: false },
      ),
    ),
    max_tokens: Type.Optional(Tokens),
    max_completion_tokens: Type.Optional(Tokens),
    n: Type.Optional(Type.Integer({ minimum: 1, maximum: 8 })),
    response_format: Type.Optional(ResponseFormat),
    tools: Type.Optional(Type.Array(JsonObjectValue, { maxItems: 128 })),
    tool_choice: Type.Optional(Type.Union([Type.Enum(['none', 'auto', 'required']), JsonObjectValue])),
    parallel_tool_calls: Type.Optional(Type.Boolean()),
    seed: Type.Optional(Type.Integer()),
    temperature: Type.Optional(Type.Number()),
    top_p: Type.Optional(Type.Number()),
    presence_penalty: Type.Optional(Type.Number()),
    frequency_penalty: Type.Optional(Type.Number()),
    stop: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String(), { maxItems: 4 })])),
    logit_bias: Type.Optional(JsonObjectValue),
    logprobs: Type.Optional(Type.Boolean()),
    top_logprobs: Type.Optional(Type.Integer({ minimum: 0, maximum: 20 })),
    reasoning_effort: Type.Optional(Type.String({ maxLength: 40 })),
    verbosity: Type.Optional(Type.String({ maxLength: 40 })),
    service_tier: Type.Optional(Type.Literal('default')),
    metadata: Type.Optional(JsonObjectValue),
    user: Type.Optional(Type.String({ maxLength: 200 })),
    safety_identifier: Type.Optional(Type.String({ maxLength: 200 })),
    prompt_cache_key: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { $id: 'LlmChatRequest', additionalProperties: false },
);
export type ChatRequest = Static<typeof ChatRequest>;

/** `POST /v1/embeddings`, without nulls. Numbers are tokens. */
export const EmbeddingsRequest = Type.Object(
  {
    model: Model,
    input: Type.Union([
      Type.String({ minLength: 1 }),
      Type.Array(
        Type.Union([
          Type.String(),
          Type.Integer({ minimum: 0 }),
          Type.Array(Type.Integer({ minimum: 0 }), { minItems: 1, maxItems: 100_000 }),
        ]),
        { minItems: 1, maxItems: 100_000 },
      ),
    ]),
    encoding_format: Type.Optional(Type.Enum(['float', 'base64'])),
    dimensions: Type.Optional(Type.Integer({ minimum: 1, maximum: 8_192 })),
    user: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { $id: 'LlmEmbeddingsRequest', additionalProperties: false },
);
export type EmbeddingsRequest = Static<typeof EmbeddingsRequest>;

const Text = Type.Optional(nullable(Type.String()));
const Word = Type.String({ pattern: '^[A-Za-z_]{0,40}$' });
const FinishReason = nullable(Word);

const ToolCall = Type.Object(
  {
    index: Type.Optional(Type.Integer()),
    id: Text,
    type: Type.Optional(nullable(Word)),
    function: Type.Optional(nullable(Type.Object({ name: Text, arguments: Text }, closed))),
    custom: Type.Optional(nullable(Type.Object({ name: Text, input: Text }, closed))),
  },
  closed,
);

/** What a model says, or a part of it. Some servers tell what it thought as `reasoning`, others as `reasoning_content`. */
const Said = {
  content: Text,
  refusal: Text,
  reasoning: Text,
  reasoning_content: Text,
  tool_calls: Type.Optional(nullable(Type.Array(ToolCall))),
};

const token = {
  token: Type.String(),
  logprob: nullable(Type.Number()),
  bytes: Type.Optional(nullable(Type.Array(Type.Integer()))),
};
const Logprobs = Type.Optional(
  nullable(
    Type.Array(
      Type.Object({ ...token, top_logprobs: Type.Optional(nullable(Type.Array(Type.Object(token, closed)))) }, closed),
    ),
  ),
);
const ChoiceLogprobs = Type.Optional(nullable(Type.Object({ content: Logprobs, refusal: Logprobs }, closed)));

/** The answer to a chat. */
export const ChatCompletion = Type.Object(
  {
    object: Type.Literal('chat.completion'),
    created: Type.Integer(),
    model: Type.String(),
    choices: Type.Array(
      Type.Object(
        {
          index: Type.Integer(),
          finish_reason: FinishReason,
          message: Type.Object({ role: Word, ...Said }, closed),
          logprobs: ChoiceLogprobs,
        },
        closed,
      ),
      { minItems: 1 },
    ),
    usage: Type.Optional(JsonValue),
  },
  closed,
);
export type ChatCompletion = Static<typeof ChatCompletion> & { id: string };

/** A chunk of a stream. Its usage comes to callers once, at the end. */
export const ChatChunk = Type.Object(
  {
    model: Type.Optional(nullable(Type.String())),
    choices: Type.Array(
      Type.Object(
        {
          index: Type.Integer(),
          delta: Type.Optional(Type.Object({ role: Type.Optional(nullable(Word)), ...Said }, closed)),
          finish_reason: Type.Optional(FinishReason),
          logprobs: ChoiceLogprobs,
        },
        closed,
      ),
    ),
    usage: Type.Optional(JsonValue),
  },
  closed,
);
export type ChatChunk = Static<typeof ChatChunk> & { id: string; object: 'chat.completion.chunk'; created: number };

export const EmbeddingsAnswer = Type.Object(
  {
    object: Type.Literal('list'),
    model: Type.String(),
    data: Type.Array(
      Type.Object(
        {
          object: Type.Optional(Word),
          index: Type.Integer(),
          embedding: Type.Union([Type.String(), Type.Array(Type.Number())]),
        },
        closed,
      ),
      { minItems: 1 },
    ),
    usage: Type.Optional(JsonValue),
  },
  closed,
);
export type EmbeddingsAnswer = Static<typeof EmbeddingsAnswer>;

const Decimal = Type.String({ pattern: '^\\d{1,9}(\\.\\d{1,6})?$' });

/** Prices per million tokens. Absent ones are unknown. Strings, because money is not a floating-point number. */
export const LlmPrices = Type.Object(
  {
    as_of: Type.String({ format: 'date' }),
    source: Type.Optional(Type.String()),
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
    models: Type.Record(
      Type.String(),
      Type.Object(
        {
          input: Decimal,
          output: Type.Optional(Decimal),
          cached: Type.Optional(Decimal),
          written: Type.Optional(Decimal),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { $id: 'LlmPrices', additionalProperties: false },
);
export type LlmPrices = Static<typeof LlmPrices>;

const Count = Type.Integer({ minimum: 1, maximum: 1_000_000_000_000 });

/** The file of callers' keys. Only hashes are kept. */
export const LlmKeys = Type.Object(
  {
    keys: Type.Array(
      Type.Object(
        {
          name: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' }),
          sha256: Type.String({ pattern: '^[0-9a-fA-F]{64}$' }),
          budget: Type.Optional(
            Type.Object(
              {
                per: Type.Enum(['day', 'ever']),
                money: Type.Optional(Decimal),
                tokens: Type.Optional(Count),
              },
              { additionalProperties: false },
            ),
          ),
          rate: Type.Optional(
            Type.Object(
              { requests: Type.Optional(Count), tokens: Type.Optional(Count) },
              { additionalProperties: false, description: 'per minute' },
            ),
          ),
          parallel: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, description: 'calls under way at once' })),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 1_000 },
    ),
  },
  { $id: 'LlmKeys', additionalProperties: false },
);
export type LlmKeys = Static<typeof LlmKeys>;
