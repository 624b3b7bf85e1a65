import OpenAI from 'openai';
import type { JsonObject } from '../../schemas/json';
import { llmHeaders } from '../../schemas/llm';
import type { LlmQuestion } from '../../schemas/llm-call';
import type { PolicyLimits } from '../../schemas/policy';
import { tracedFetch } from '../telemetry/trace';

/** Options of a call besides the question. */
export interface CallOptions {
  /** the workflow id whose budget pays */
  run: string;
  /** limits of that workflow in tokens and money, which the gateway holds it to */
  limits?: PolicyLimits;
  /** ends the call, at the gateway and at its provider too */
  signal: AbortSignal;
  /** milliseconds for the answer */
  timeout: number;
}

/** A tool that a model may ask for. `parameters`: the JSON Schema of its arguments. */
export interface OfferedTool {
  name: string;
  description: string;
  parameters: JsonObject;
}

/** A call that a model asks for. Nothing of it is checked: `arguments` is text that may be no JSON. */
export interface AskedCall {
  id: string;
  name: string;
  arguments: string;
}

/** A question for a model, with the tools that it may ask for before it answers. */
export interface Question extends Pick<LlmQuestion, 'task' | 'messages' | 'schema' | 'max_tokens'> {
  tools?: readonly OfferedTool[];
  /** false: it has to answer now, without a further call */
  may_call?: boolean;
  /** false for a schema that strict structured output cannot take, such as one with optional members; true if left out */
  strict?: boolean;
  /** the model by its name at the gateway; the one that is configured there, unless given */
  model?: string;
  seed?: number;
  temperature?: number;
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
  /** calls of tools that it wants to have made before it answers */
  calls: AskedCall[];
}

/** A client of the gateway. Throws the errors of the `openai` package; see `faults.ts`. */
export interface LlmClient {
  ask(question: Question, options: CallOptions): Promise<Said>;
}

/** Place of the gateway, with the caller's `key` if it needs one. */
export interface GatewayPlace {
  url: string;
  key: string | undefined;
}

/** The official client, at the gateway. It never retries: Temporal does. */
export const openaiAt = ({ url, key }: GatewayPlace): OpenAI =>
  new OpenAI({ baseURL: url, apiKey: key ?? 'none', maxRetries: 0, logLevel: 'off', fetch: tracedFetch });

export function createLlmClient(gateway: GatewayPlace): LlmClient {
  const openai = openaiAt(gateway);
  return {
    async ask(
      { task, messages, schema, max_tokens, tools = [], may_call = true, strict = true, model = 'default', ...more },
      { run, limits, signal, timeout },
    ) {
      const { data, response } = await openai.chat.completions
        .create(
          {
            ...{ model, ...more },
            messages: messages as OpenAI.ChatCompletionMessageParam[],
            max_completion_tokens: max_tokens,
            response_format: {
              type: 'json_schema',
              json_schema: { name: task.replaceAll('.', '_'), strict, schema },
            },
            ...(tools.length === 0 ? {} : { tools: tools.map(functionOf), tool_choice: may_call ? 'auto' : 'none' }),
          },
          { signal, timeout, headers: { [llmHeaders.task]: task, [llmHeaders.run]: run, ...budgetOf(limits) } },
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
        calls: (choice?.message.tool_calls ?? []).flatMap((call) =>
          call.type === 'function'
            ? [{ id: call.id, name: call.function.name, arguments: call.function.arguments }]
            : [],
        ),
      };
    },
  };
}

const functionOf = ({ name, description, parameters }: OfferedTool): OpenAI.ChatCompletionTool => ({
  type: 'function',
  function: { name, description, parameters },
});

function budgetOf({ tokens, money }: PolicyLimits = {}): Record<string, string> {
  return {
    ...(tokens === undefined ? {} : { [llmHeaders.runTokens]: String(tokens) }),
    ...(money === undefined ? {} : { [llmHeaders.runMoney]: `${decimal(money.amount)} ${money.currency}` }),
  };
}

/** An amount without an exponent; what is finer than prices are is not spent. */
const decimal = (amount: number): string => amount.toFixed(12).replace(/\.?0+$/, '');
