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
  /** names of models by what callers call them; a name that is not there is the provider's own */
  models: ReadonlyMap<string, string>;
  /** the one that is meant by `default` at `/v1/embeddings` */
  embeddingModel: string;
  chat(request: ChatRequest, call: Call): Promise<ChatCompletion>;
  /** Chunks as they come. The last ones carry the usage, where the provider reports it. */
  stream(request: ChatRequest, call: Call): AsyncIterable<ChatChunk>;
  embed(request: EmbeddingsRequest, call: Call): Promise<EmbeddingsAnswer>;
}

/** The provider's own name of a model. */
export const modelOf = (provider: Provider, name: string): string => provider.models.get(name) ?? name;
