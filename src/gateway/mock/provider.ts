import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../../schemas/json';
import type { ChatChunk, ChatCompletion, ChatRequest, EmbeddingsRequest, LlmUsage } from '../../../schemas/llm';
import { CallerGone, GatewayError } from '../errors';
import type { Call, Provider } from '../provider';
import { unavailable } from '../upstream/classify';
import { estimateTokens } from '../usage';
import { encodeVector } from '../vectors';
import { embed } from './embedding';
import { generic } from './generic';
import { minimalValue, NoValue } from './minimal';
import { textOf, type Rule } from './rule';
import { rules as allRules } from './rules';
import { checkOf } from './schema';

export const MOCK_MODEL = 'mock-rules';
const FINGERPRINT = 'awe-mock';
/** The time of every answer, so that the same question gets the same answer, byte for byte. */
const CREATED = 0;

/** A provider that answers by rules: no model, no network, always the same. Every answer says so in `model`. */
export function createMock(rules: Readonly<Record<string, Rule>> = allRules): Provider {
  return {
    name: 'mock',
    models: ['default', MOCK_MODEL],
    model: () => MOCK_MODEL,
    addedTokens: () => 0,
    async chat(request, call) {
      if (call.signal.aborted) throw new CallerGone();
      return answer(rules, request, call);
    },
    async *stream(request, call) {
      const answered = answer(rules, request, call);
      for (const chunk of chunks(answered)) {
        if (call.signal.aborted) throw new CallerGone();
        yield chunk;
      }
      return answered.usage;
    },
    async embed(request) {
      const texts = textsOf(request);
      const prompt_tokens = texts.reduce((sum, text) => sum + estimateTokens(text), 0);
      return {
        object: 'list',
        model: MOCK_MODEL,
        data: texts.map((text, index) => ({
          object: 'embedding',
          index,
          embedding: encodeVector(embed(text, request.dimensions), request.encoding_format),
        })),
        usage: { prompt_tokens, total_tokens: prompt_tokens, estimated: true },
      };
    },
  };
}

function answer(rules: Readonly<Record<string, Rule>>, request: ChatRequest, { task }: Call): ChatCompletion {
  const id = `mock-${createHash('sha256')
    .update(JSON.stringify([task ?? null, request]))
    .digest('hex')
    .slice(0, 24)}`;
  const called = forcedTool(request);
  const text = called ? '' : applyRule(rules, request, task);
  const limit = request.max_completion_tokens ?? request.max_tokens ?? Infinity;
  const length = estimateTokens(called?.arguments ?? text);
  const cut = !called && length > limit;
  // cut at the estimated limit, which may be in the middle of a word, as with a model
  const content = cut
    ? Buffer.from(text)
        .subarray(0, limit * 4)
        .toString()
        .replace(/\uFFFD+$/, '')
    : text;
  const completion_tokens = cut ? limit : length;
  const prompt_tokens = estimateTokens(request.messages.map(textOf).join('\n'));
  const usage: LlmUsage = {
    prompt_tokens,
    completion_tokens,
    total_tokens: prompt_tokens + completion_tokens,
    estimated: true,
  };
  const message = called
    ? {
        role: 'assistant',
        content: null,
        refusal: null,
        tool_calls: [{ id: `call_${id.slice(5, 17)}`, type: 'function', function: called }],
      }
    : { role: 'assistant', content, refusal: null };
  const choice = { index: 0, message, logprobs: null, finish_reason: called ? 'tool_calls' : cut ? 'length' : 'stop' };
  return {
    id,
    object: 'chat.completion',
    created: CREATED,
    model: MOCK_MODEL,
    system_fingerprint: FINGERPRINT,
    choices: [choice],
    usage,
  } as ChatCompletion;
}

/** The answer of the task's rule, as text; JSON is checked against the schema that was asked for. */
function applyRule(rules: Readonly<Record<string, Rule>>, request: ChatRequest, task: string | undefined): string {
  const { messages, response_format: responseFormat } = request;
  const schema = responseFormat?.type === 'json_schema' ? (responseFormat.json_schema?.schema ?? {}) : undefined;
  const rule = task !== undefined && Object.hasOwn(rules, task) ? rules[task] : undefined;
  const ask = { task, messages, responseFormat, schema, seed: request.seed ?? 0 };
  const said = translateNoValue(() => (rule ?? generic)(ask));
  if (schema !== undefined && !checkOf(schema)(said)) {
    if (!rule) throw noValue('the smallest value found does not satisfy the schema');
    throw unavailable('mock_rule', `The mock’s rule for ${task} gives a value that the requested schema refuses.`);
  }
  const isJson = responseFormat !== undefined && responseFormat.type !== 'text';
  return isJson || typeof said !== 'string' ? JSON.stringify(said) : said;
}

/** A tool call with the smallest arguments, if the caller demands one. By itself the mock calls none. */
function forcedTool({ tools = [], tool_choice }: ChatRequest): { name: string; arguments: string } | undefined {
  const wanted = typeof tool_choice === 'object' ? (tool_choice.function as JsonObject | undefined)?.name : undefined;
  if (tool_choice !== 'required' && wanted === undefined) return undefined;
  const functions = tools.map((tool) => tool.function as JsonObject | undefined);
  const chosen = wanted === undefined ? functions[0] : functions.find((one) => one?.name === wanted);
  if (typeof chosen?.name !== 'string')
    throw new GatewayError('bad_request', 'tool_choice asks for a tool that is not among the tools.');
  return {
    name: chosen.name,
    arguments: JSON.stringify(translateNoValue(() => minimalValue(chosen.parameters ?? {}) ?? {})),
  };
}

function translateNoValue(work: () => string | Json): string | Json {
  try {
    return work();
  } catch (error) {
    throw error instanceof NoValue ? noValue(error.message) : error;
  }
}

const noValue = (why: string) =>
  new GatewayError('bad_request', `The mock has no rule for this task, and cannot make up a value: ${why}.`, {
    reason: 'mock_schema',
  });

/** An answer as a stream, word by word. */
function* chunks({ choices, usage: _, ...rest }: ChatCompletion): Generator<ChatChunk> {
  const head = { ...rest, object: 'chat.completion.chunk' };
  const chunk = (delta: JsonObject, finish_reason: string | null = null) =>
    ({ ...head, choices: [{ index: 0, delta, finish_reason }] }) as ChatChunk;
  const [choice] = choices;
  const { content, tool_calls } = choice?.message ?? {};
  yield chunk({ role: 'assistant', content: tool_calls ? null : '' });
  if (tool_calls) yield chunk({ tool_calls: tool_calls.map((call, index) => ({ index, ...call })) });
  for (const word of content?.match(/\s*\S+|\s+/g) ?? []) yield chunk({ content: word });
  yield chunk({}, choice?.finish_reason ?? 'stop');
}

/** The texts to embed. Tokens mean nothing here, so their numbers are taken as words. */
function textsOf({ input }: EmbeddingsRequest): string[] {
  if (typeof input === 'string') return [input];
  if (input.every((item) => typeof item === 'number')) return [input.join(' ')];
  return input.map((item) => (Array.isArray(item) ? item.join(' ') : String(item)));
}
