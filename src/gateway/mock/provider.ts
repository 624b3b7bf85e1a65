import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../../schemas/json';
import type { ChatChunk, ChatCompletion, ChatRequest, EmbeddingsRequest, LlmUsage } from '../../../schemas/llm';
import { CallerGone, GatewayError } from '../errors';
import type { Call, Provider } from '../provider';
import { unavailable } from '../providers/classify';
import { estimateTokens } from '../usage';
import { inFormat } from '../vectors';
import { embed } from './embedding';
import { generic } from './generic';
import { minimalValue, NoValue } from './minimal';
import { textOf, type Rule } from './rule';
import { rules as allRules } from './rules';
import { checkOf } from './schema';

export const MOCK_MODEL = 'mock-rules';
const FINGERPRINT = 'awe-mock';
/** One moment for every answer: the same question gets the same answer, byte for byte. */
const CREATED = 0;

/** Answers by rules: no model, no network, the same for ever. Every answer says so in `model`. */
export function createMock(rules: Readonly<Record<string, Rule>> = allRules): Provider {
  return {
    name: 'mock',
    models: ['default', MOCK_MODEL],
    model: () => MOCK_MODEL,
    async chat(request, call) {
      if (call.signal.aborted) throw new CallerGone();
      return answer(rules, request, call);
    },
    async *stream(request, call) {
      for (const chunk of chunks(answer(rules, request, call))) {
        if (call.signal.aborted) throw new CallerGone();
        yield chunk;
      }
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
          embedding: inFormat(embed(text, request.dimensions), request.encoding_format),
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
  const text = called ? '' : spoken(rules, request, task);
  const limit = request.max_completion_tokens ?? request.max_tokens ?? Infinity;
  const length = estimateTokens(called?.arguments ?? text);
  const cut = !called && length > limit;
  // cut where the estimate says that the limit is, as a model would be in the middle of a word
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

/** What the task's rule says, as text; JSON is checked against the schema that was asked for. */
function spoken(rules: Readonly<Record<string, Rule>>, request: ChatRequest, task: string | undefined): string {
  const { messages, response_format: responseFormat } = request;
  const schema = responseFormat?.type === 'json_schema' ? (responseFormat.json_schema?.schema ?? {}) : undefined;
  const rule = task !== undefined && Object.hasOwn(rules, task) ? rules[task] : undefined;
  const ask = { task, messages, responseFormat, schema, seed: request.seed ?? 0 };
  const said = made(() => (rule ?? generic)(ask));
  if (schema !== undefined && !checkOf(schema)(said)) {
    if (!rule) throw noValue('the smallest value that was found does not keep it');
    throw unavailable('mock_rule', `The mock’s rule for ${task} gives a value that the asked schema refuses.`);
  }
  const isJson = responseFormat !== undefined && responseFormat.type !== 'text';
  return isJson || typeof said !== 'string' ? JSON.stringify(said) : said;
}

/** A call of a tool with the smallest arguments, where the caller asks for one. By itself the mock calls none. */
function forcedTool({ tools = [], tool_choice }: ChatRequest): { name: string; arguments: string } | undefined {
  const wanted = typeof tool_choice === 'object' ? (tool_choice.function as JsonObject | undefined)?.name : undefined;
  if (tool_choice !== 'required' && wanted === undefined) return undefined;
  const functions = tools.map((tool) => tool.function as JsonObject | undefined);
  const chosen = wanted === undefined ? functions[0] : functions.find((one) => one?.name === wanted);
  if (typeof chosen?.name !== 'string')
    throw new GatewayError('bad_request', 'tool_choice asks for a tool that is not among the tools.');
  return { name: chosen.name, arguments: JSON.stringify(made(() => minimalValue(chosen.parameters ?? {}) ?? {})) };
}

function made(work: () => string | Json): string | Json {
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

/** An answer as a stream: word by word. */
function* chunks({ choices, usage, ...rest }: ChatCompletion): Generator<ChatChunk> {
  const head = { ...rest, object: 'chat.completion.chunk' };
  const chunk = (delta: JsonObject, finish_reason: string | null = null) =>
    ({ ...head, choices: [{ index: 0, delta, finish_reason }] }) as ChatChunk;
  const [choice] = choices;
  const { content, tool_calls } = choice?.message ?? {};
  yield chunk({ role: 'assistant', content: tool_calls ? null : '' });
  if (tool_calls) yield chunk({ tool_calls: tool_calls.map((call, index) => ({ index, ...call })) });
  for (const word of content?.match(/\s*\S+|\s+/g) ?? []) yield chunk({ content: word });
  yield chunk({}, choice?.finish_reason ?? 'stop');
  yield { ...head, choices: [], usage };
}

/** What is to be embedded, as texts. Tokens are nobody's words here: their numbers are taken for words. */
function textsOf({ input }: EmbeddingsRequest): string[] {
  if (typeof input === 'string') return [input];
  if (input.every((item) => typeof item === 'number')) return [input.join(' ')];
  return input.map((item) => (Array.isArray(item) ? item.join(' ') : String(item)));
}
