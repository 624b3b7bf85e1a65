import type { TSchema, Static } from 'typebox';
import {
  ChatChunk,
  ChatCompletion,
  EmbeddingsAnswer,
  type ChatRequest,
  type EmbeddingsRequest,
} from '../../../schemas/llm';
import { validatorFor } from '../../contracts/validators';
import { GatewayError } from '../errors';
import type { Provider } from '../provider';
import { unavailable } from '../upstream/classify';
import { createUpstream } from '../upstream/upstream';
import { encodeVector } from '../vectors';

export interface OpenAiOptions {
  baseUrl: string;
  /** undefined: the server asks for none, as those on one's own machine */
  apiKey: string | undefined;
  /** the model behind the name `default` */
  model: string;
  embeddingModel: string;
  /** further names of models */
  aliases: Readonly<Record<string, string>>;
  /** for a whole answer; in a stream for the first chunk, and between chunks */
  timeoutMs: number;
  /** the parameter for the limit of an answer: servers know one or the other */
  limitParameter: 'max_completion_tokens' | 'max_tokens';
}

const MiB = 1024 * 1024;
/** Bytes of an answer. Vectors are much longer than words. */
const LIMITS = { chat: 8 * MiB, embeddings: 32 * MiB };

/** Any server that speaks the OpenAI protocol. */
export function createOpenAi(options: OpenAiOptions): Provider {
  const { baseUrl, apiKey, timeoutMs, limitParameter, model, embeddingModel, aliases } = options;
  const upstream = createUpstream({
    baseUrl,
    headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
    secrets: apiKey === undefined ? [] : [apiKey],
    timeoutMs,
  });

  function chatBody(request: ChatRequest) {
    const { max_tokens, max_completion_tokens, ...rest } = request;
    return { ...rest, [limitParameter]: max_completion_tokens ?? max_tokens };
  }

  return {
    name: 'openai',
    models: [...new Set(['default', ...Object.keys(aliases), model, ...Object.values(aliases), embeddingModel])],
    model(name, of) {
      if (name === 'default') return of === 'chat' ? model : embeddingModel;
      return Object.hasOwn(aliases, name) ? (aliases[name] as string) : name;
    },
    async chat(request, call) {
      const body = { ...chatBody(request), stream: false };
      return checkForm(ChatCompletion, await upstream.ask('/chat/completions', body, call, LIMITS.chat));
    },
    async *stream(request, call) {
      const body = { ...chatBody(request), stream: true, stream_options: { include_usage: true } };
      const answer = openAnswer(request.n ?? 1);
      let usage: unknown;
      try {
        for await (const { data, cut } of upstream.stream('/chat/completions', body, call)) {
          if (data.startsWith('[DONE]')) {
            answer.end();
            break;
          }
          if (cut && !isJson(data)) break;
          const { usage: reported, ...chunk } = checkForm(ChatChunk, upstream.read(data));
          usage = reported ?? usage;
          answer.take(chunk);
          if (chunk.choices.length > 0) yield chunk;
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
      const answer = checkForm(EmbeddingsAnswer, await upstream.ask('/embeddings', body, call, LIMITS.embeddings));
      const data = answer.data.map((one) => ({
        ...one,
        embedding: encodeVector(one.embedding, request.encoding_format),
      }));
      return { ...answer, data };
    },
  };
}

/** The answer of which a stream tells: complete when the stream says that it is done, or all choices are finished. */
function openAnswer(choices: number) {
  const finished = new Set<number>();
  let begun = false;
  let ended = false;
  return {
    take(chunk: ChatChunk): void {
      for (const { index, finish_reason } of chunk.choices) {
        begun = true;
        // some servers send one more chunk after it, without a reason
        if (finish_reason != null) finished.add(index);
      }
    },
    end: () => void (ended = true),
    get complete() {
      return begun && (ended || finished.size >= choices);
    },
  };
}

/** True if nothing more came, for whatever reason: an answer that was complete stays complete. */
const isLoss = (error: unknown) =>
  error instanceof GatewayError && ['connection_dropped', 'timeout'].includes(error.more.reason ?? '');

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Checks the form of an answer. @throws GatewayError `broken_answer` */
function checkForm<S extends TSchema>(schema: S, answer: unknown): Static<S> {
  const checked = validatorFor(schema)(answer);
  if (checked.ok) return checked.value;
  const { pointer, message } = checked.errors[0] ?? { pointer: '', message: 'is wrong' };
  throw unavailable(
    'broken_answer',
    `The model’s answer does not have the form of the protocol: ${pointer} ${message}.`,
    {
      charged: true,
    },
  );
}
