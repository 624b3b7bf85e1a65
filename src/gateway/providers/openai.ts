import { randomUUID } from 'node:crypto';
import {
  ChatChunk,
  ChatCompletion,
  EmbeddingsAnswer,
  type ChatRequest,
  type EmbeddingsRequest,
} from '../../../schemas/llm';
import type { Provider } from '../provider';
import { isLoss, unavailable } from '../upstream/classify';
import { isCutOff } from '../../http/server-events';
import { formOf } from '../upstream/form';
import { createUpstream } from '../upstream/upstream';
import { encodeVector } from '../vectors';
import { answeringModel, modelsOf, type ModelNames } from './names';

export interface OpenAiOptions extends ModelNames {
  baseUrl: string;
  /** undefined: the server asks for none, as those on one's own machine */
  apiKey: string | undefined;
  /** for a whole answer; in a stream for the first chunk, and between chunks */
  timeoutMs: number;
  /** the parameter for the limit of an answer: servers know one or the other */
  limitParameter: 'max_completion_tokens' | 'max_tokens';
}

const MiB = 1024 * 1024;
const CHAT_LIMIT = 8 * MiB;

/** Bytes of an answer: the longest vectors have 8,192 numbers of some 20 digits. */
const embeddingsLimit = ({ input }: EmbeddingsRequest) =>
  Math.min(32 * MiB, MiB + (Array.isArray(input) ? input.length : 1) * (MiB / 4));

const completionOf = formOf(ChatCompletion);
const chunkOf = formOf(ChatChunk);
const embeddingsOf = formOf(EmbeddingsAnswer);

/** Any server that speaks the OpenAI protocol. */
export function createOpenAi(options: OpenAiOptions): Provider {
  const { baseUrl, apiKey, timeoutMs, limitParameter } = options;
  const upstream = createUpstream({
    baseUrl,
    headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
    timeoutMs,
  });

  function chatBody(request: ChatRequest) {
    const { max_tokens, max_completion_tokens, ...rest } = request;
    return { ...rest, [limitParameter]: max_completion_tokens ?? max_tokens };
  }

  return {
    name: 'openai',
    ...modelsOf(options),
    addedTokens: () => 0,
    async chat(request, call) {
      const body = { ...chatBody(request), stream: false };
      const answer = completionOf(await upstream.ask('/chat/completions', body, call, CHAT_LIMIT));
      return { ...answer, id: newId(), model: answeringModel(answer.model, request) };
    },
    async *stream(request, call) {
      const body = { ...chatBody(request), stream: true, stream_options: { include_usage: true } };
      const answer = openAnswer(request.n ?? 1);
      const created = Math.floor(Date.now() / 1_000);
      const head = { id: newId(), object: 'chat.completion.chunk', created } as const;
      let usage: unknown;
      try {
        for await (const event of upstream.stream('/chat/completions', body, call)) {
          if (event.data.startsWith('[DONE]')) {
            answer.end();
            break;
          }
          if (isCutOff(event)) break;
          const { usage: reported, ...chunk } = chunkOf(upstream.read(event.data));
          usage = reported ?? usage;
          answer.take(chunk.choices);
          if (chunk.choices.length > 0) yield { ...head, ...chunk, model: answeringModel(chunk.model, request) };
        }
      } catch (error) {
        if (!answer.complete || !isLoss(error)) throw error;
      }
      if (!answer.complete)
        throw unavailable('stream_incomplete', 'The model’s stream ended before its answer did.', { charged: true });
      return usage;
    },
    async embed(request: EmbeddingsRequest, call) {
      // named explicitly, because not every server knows base64
      const body = { ...request, encoding_format: 'float' };
      const answer = embeddingsOf(await upstream.ask('/embeddings', body, call, embeddingsLimit(request)));
      const data = answer.data.map((one) => ({
        ...one,
        embedding: encodeVector(one.embedding, request.encoding_format),
      }));
      return { ...answer, model: answeringModel(answer.model, request), data };
    },
  };
}

/** Ids are our own: those of a provider tell a caller nothing. */
const newId = () => `chatcmpl-${randomUUID()}`;

/** The answer of which a stream tells: complete when the stream says that it is done, or all choices are finished. */
function openAnswer(wanted: number) {
  const finished = new Set<number>();
  let begun = false;
  let ended = false;
  return {
    take(choices: ChatChunk['choices']): void {
      for (const { index, finish_reason } of choices) {
        begun = true;
        // some servers send one more chunk after it, without a reason; some say an empty one until then
        if (finish_reason) finished.add(index);
      }
    },
    end: () => void (ended = true),
    get complete() {
      return begun && (ended || finished.size >= wanted);
    },
  };
}
