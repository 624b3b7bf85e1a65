import OpenAI from 'openai';
import type { TSchema, Static } from 'typebox';
import {
  ChatChunk,
  ChatCompletion,
  EmbeddingsAnswer,
  type ChatRequest,
  type EmbeddingsRequest,
} from '../../../schemas/llm';
import { validatorFor } from '../../contracts/validators';
import { tracedFetch } from '../../telemetry/trace';
import { CallerGone } from '../errors';
import type { Call, Provider } from '../provider';
import { encodeVector } from '../vectors';
import { classify, timeout, unavailable } from './classify';

export interface OpenAiOptions {
  baseUrl: string;
  apiKey: string;
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

/** Bytes of an answer. The longest answers of models have some hundred thousand tokens. */
const MAX_ANSWER = 32 * 1024 * 1024;
/** A stream may take this many times as long as an answer in one piece. */
const STREAM_TIMES = 10;

/** Any server that speaks the OpenAI protocol. */
export function createOpenAi(options: OpenAiOptions): Provider {
  const { timeoutMs, limitParameter, model, embeddingModel, aliases } = options;
  const client = new OpenAI({
    baseURL: options.baseUrl,
    apiKey: options.apiKey,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0, // callers retry, by Temporal
    timeout: timeoutMs,
    logLevel: 'off', // it would log answers that are not JSON
    fetch: boundedFetch,
    fetchOptions: { redirect: 'error' }, // the key goes to the configured server and no other
  });
  const fault = (error: unknown) => classify(error, [options.apiKey]);

  /** Runs a call within a time limit of its own: the client's ends when the headers arrive. */
  async function runWithin<T>(call: Call, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const watch = watchdog(call, timeoutMs);
    try {
      return await work(watch.signal);
    } catch (error) {
      throw watch.why() ?? fault(error);
    } finally {
      watch.stop();
    }
  }

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
      const body = { ...chatBody(request), stream: false } as unknown as OpenAI.ChatCompletionCreateParamsNonStreaming;
      const answer = await runWithin(call, (signal) => client.chat.completions.create(body, { signal }));
      return checkForm(ChatCompletion, answer);
    },
    async *stream(request, call) {
      const body = {
        ...chatBody(request),
        stream: true,
        stream_options: { include_usage: true },
      } as unknown as OpenAI.ChatCompletionCreateParamsStreaming;
      const watch = watchdog(call, timeoutMs, timeoutMs * STREAM_TIMES);
      let chunks = 0;
      const unfinished = new Set<number>();
      try {
        const stream = await client.chat.completions.create(body, { signal: watch.signal });
        for await (const raw of stream) {
          const chunk = checkForm(ChatChunk, raw);
          chunks += 1;
          for (const { index, finish_reason } of chunk.choices) {
            if (finish_reason == null) unfinished.add(index);
            else unfinished.delete(index);
          }
          watch.pause();
          yield chunk;
          watch.beat();
        }
        // the client ends an aborted stream without an error
        const why = watch.why();
        if (why) throw why;
      } catch (error) {
        throw watch.why() ?? fault(error);
      } finally {
        watch.stop();
      }
      if (chunks === 0 || unfinished.size > 0)
        throw unavailable('stream_incomplete', 'The model’s stream ended before its answer did.', { charged: true });
    },
    async embed(request: EmbeddingsRequest, call) {
      // named explicitly: the client would ask for base64, which not every server knows
      const body = { ...request, encoding_format: 'float' } as OpenAI.EmbeddingCreateParams;
      const answer = checkForm(
        EmbeddingsAnswer,
        await runWithin(call, (signal) => client.embeddings.create(body, { signal })),
      );
      const data = answer.data.map((one) => ({
        ...one,
        embedding: encodeVector(one.embedding, request.encoding_format),
      }));
      return { ...answer, data };
    },
  };
}

/** Checks the form of an answer. @throws GatewayError `broken_answer` */
function checkForm<S extends TSchema>(schema: S, answer: unknown): Static<S> {
  // the client gives a string if the server does not declare JSON
  const value = typeof answer === 'string' ? parseAnswer(answer) : answer;
  const checked = validatorFor(schema)(value);
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

function parseAnswer(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unavailable('broken_json', 'The model’s server answered something that is not JSON.', { charged: true });
  }
}

/** One signal for everything that may end a call, and the reason why it was ended. */
function watchdog(call: Call, silenceMs: number, totalMs = silenceMs) {
  const abort = new AbortController();
  let late = false;
  const bark = () => {
    late = true;
    abort.abort();
  };
  const gone = () => abort.abort();
  if (call.signal.aborted) gone();
  call.signal.addEventListener('abort', gone, { once: true });
  const total = setTimeout(bark, totalMs);
  let silence = setTimeout(bark, silenceMs);
  return {
    signal: abort.signal,
    /** Stops the clock while the caller reads: the model is not silent then. */
    pause: () => clearTimeout(silence),
    beat() {
      clearTimeout(silence);
      silence = setTimeout(bark, silenceMs);
    },
    why(): Error | undefined {
      if (call.signal.aborted) return new CallerGone();
      return late ? timeout(`The model did not answer within ${silenceMs} ms.`) : undefined;
    },
    stop() {
      clearTimeout(total);
      clearTimeout(silence);
      call.signal.removeEventListener('abort', gone);
    },
  };
}

/** A `fetch` that stops reading an answer without end. */
const boundedFetch: typeof fetch = async (input, init) => {
  const response = await tracedFetch(input, init);
  if (!response.body) return response;
  let bytes = 0;
  const bounded = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.byteLength;
        if (bytes > MAX_ANSWER)
          controller.error(unavailable('answer_too_large', 'The model’s answer has no end.', { charged: true }));
        else controller.enqueue(chunk);
      },
    }),
  );
  return new Response(bounded, { status: response.status, statusText: response.statusText, headers: response.headers });
};
