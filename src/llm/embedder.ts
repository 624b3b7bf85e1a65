import { llmHeaders } from '../../schemas/llm';
import { openaiAt, type CallOptions, type GatewayPlace } from './client';

/** Vectors of texts, by the model of the gateway. Throws the errors of the `openai` package. */
export interface Embedder {
  embed(text: string, options: CallOptions): Promise<{ vector: number[]; model: string }>;
}

/** The purpose that the gateway accounts for. */
const TASK = 'memory.embed';

export function createEmbedder(gateway: GatewayPlace): Embedder {
  const openai = openaiAt(gateway);
  return {
    async embed(text, { run, signal, timeout }) {
      const { data, model } = await openai.embeddings.create(
        { model: 'default', input: text, encoding_format: 'float' },
        { signal, timeout, headers: { [llmHeaders.task]: TASK, [llmHeaders.run]: run } },
      );
      return { vector: data[0]?.embedding ?? [], model };
    },
  };
}
