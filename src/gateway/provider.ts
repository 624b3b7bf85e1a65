import type { ChatChunk, ChatCompletion, ChatRequest, EmbeddingsAnswer, EmbeddingsRequest } from '../../schemas/llm';

/** Facts for a provider besides the request. */
export interface Call {
  /** the purpose of the call; undefined if the caller does not say */
  task: string | undefined;
  /** aborted when the caller is gone */
  signal: AbortSignal;
}

/**
 * A source of answers. Requests come checked, with the provider's own name of the model. Every method throws
 * `GatewayError`, or `CallerGone` when the signal was aborted; an answer has the form of its schema.
 */
export interface Provider {
  name: 'mock' | 'openai' | 'anthropic';
  /** the names that callers may count on */
  models: readonly string[];
  /** the provider's own name for the model that a caller names */
  model(name: string, of: 'chat' | 'embeddings'): string;
  /** the most tokens that it adds to a prompt of its own */
  addedTokens(request: ChatRequest): number;
  chat(request: ChatRequest, call: Call): Promise<ChatCompletion>;
  /** Chunks as they come, without usage. Returns the usage of the whole answer, if the provider reports one. */
  stream(request: ChatRequest, call: Call): AsyncGenerator<ChatChunk, unknown>;
  embed(request: EmbeddingsRequest, call: Call): Promise<EmbeddingsAnswer>;
}
