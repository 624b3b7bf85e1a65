import OpenAI from 'openai';
import { llmHeaders } from '../../schemas/llm';
import type { LlmQuestion } from '../../schemas/llm-call';
import { tracedFetch } from '../telemetry/trace';

/** Options of a call besides the question. */
export interface CallOptions {
  /** the workflow id whose budget pays */
  run: string;
  /** ends the call, at the gateway and at its provider too */
  signal: AbortSignal;
  /** milliseconds for the answer */
  timeout: number;
}

/** The answer of a model, unchecked. */
export interface Said {
  /** empty if it said nothing */
  text: string;
  refusal: string | null;
  finish: string | null;
  model: string;
  tokens: number | null;
  /** a decimal and its currency, or `unknown` */
  cost: string;
}

/** A client of the gateway. Throws the errors of the `openai` package; see `faults.ts`. */
export interface LlmClient {
  ask(question: Pick<LlmQuestion, 'task' | 'messages' | 'schema' | 'max_tokens'>, options: CallOptions): Promise<Said>;
}

/** Makes a client of the gateway at `url`, with the caller's `key` if it needs one. It never retries: Temporal does. */
export function createLlmClient({ url, key }: { url: string; key: string | undefined }): LlmClient {
  const openai = new OpenAI({
    baseURL: url,
    apiKey: key ?? 'none',
    maxRetries: 0,
    logLevel: 'off',
    fetch: tracedFetch,
  });
  return {
    async ask({ task, messages, schema, max_tokens }, { run, signal, timeout }) {
      const { data, response } = await openai.chat.completions
        .create(
          {
            model: 'default',
            messages: messages as OpenAI.ChatCompletionMessageParam[],
            max_completion_tokens: max_tokens,
            response_format: {
              type: 'json_schema',
              json_schema: { name: task.replaceAll('.', '_'), strict: true, schema },
            },
          },
          { signal, timeout, headers: { [llmHeaders.task]: task, [llmHeaders.run]: run } },
        )
        .withResponse();
      const choice = data.choices[0];
      const [cost, currency] = [response.headers.get(llmHeaders.cost), response.headers.get(llmHeaders.currency)];
      return {
        text: choice?.message.content ?? '',
        refusal: choice?.message.refusal ?? null,
        finish: choice?.finish_reason ?? null,
        model: data.model.slice(0, 200),
        tokens: data.usage?.total_tokens ?? null,
        cost: cost === null || cost === 'unknown' ? 'unknown' : `${cost} ${currency ?? ''}`.trim().slice(0, 60),
      };
    },
  };
}
