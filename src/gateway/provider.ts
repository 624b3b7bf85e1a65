import type { ChatChunk, ChatCompletion, ChatRequest, EmbeddingsAnswer, EmbeddingsRequest } from '../../schemas/llm';

/** What a provider is told beside the request. */
export interface Call {
  /** what the call is for; undefined where the caller does not say */
  task: string | undefined;
  /** aborted when the caller is gone */
  signal: AbortSignal;
}

/**
 * Somebody who answers. Requests come checked, with the provider's own name of the model. Every method throws
 * `GatewayError`, or `CallerGone` when the signal was aborted; an answer has the form of its schema.
 */
export interface Provider {
  name: 'mock' | 'openai';
  /** the names that callers may count on */
  models: readonly string[];
  /** the provider's own name of what a caller calls a model */
  model(name: string, of: 'chat' | 'embeddings'): string;
  chat(request: ChatRequest, call: Call): Promise<ChatCompletion>;
  /** Chunks as they come. The last ones carry the usage, where the provider reports it. */
  stream(request: ChatRequest, call: Call): AsyncIterable<ChatChunk>;
  embed(request: EmbeddingsRequest, call: Call): Promise<EmbeddingsAnswer>;
}
