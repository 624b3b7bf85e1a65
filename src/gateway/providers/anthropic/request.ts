import type { JsonObject } from '../../../../schemas/json';
import type { ChatMessage, ChatRequest } from '../../../../schemas/llm';
import { GatewayError } from '../../errors';
import { strictSchema } from './strict-schema';

type Turn = { role: 'user' | 'assistant'; content: JsonObject[] };
type Part = Extract<ChatMessage['content'], unknown[]>[number] & { image_url?: unknown; refusal?: unknown };

/** Parameters that Anthropic does not have, and the values at which they say nothing. */
const FOREIGN: Readonly<Record<string, unknown>> = {
  n: 1,
  presence_penalty: 0,
  frequency_penalty: 0,
  logit_bias: undefined,
  logprobs: false,
  top_logprobs: 0,
  seed: undefined,
  verbosity: 'medium',
};
const EPHEMERAL = { type: 'ephemeral' };

/**
 * A chat as a request of the Messages API. What has no counterpart there is refused by its name, not left out; labels
 * without an effect on the answer (`metadata`, `name`) are. @throws GatewayError `bad_request`
 */
export function toMessagesRequest(request: ChatRequest): JsonObject {
  assertKnown(request);
  const { model, messages, max_completion_tokens, max_tokens, stop, temperature, top_p, prompt_cache_key } = request;
  const cached = prompt_cache_key !== undefined;
  const user = request.safety_identifier ?? request.user;
  const body: Record<string, unknown> = {
    model,
    max_tokens: max_completion_tokens ?? max_tokens,
    system: systemOf(messages, cached),
    messages: turnsOf(messages),
    // the mark moves on with the conversation
    cache_control: cached ? EPHEMERAL : undefined,
    stop_sequences: typeof stop === 'string' ? [stop] : stop,
    temperature,
    top_p,
    service_tier: request.service_tier === 'default' ? 'standard_only' : undefined,
    metadata: user === undefined ? undefined : { user_id: user },
    tools: request.tools?.map(toolOf),
    tool_choice: toolChoiceOf(request),
    thinking: request.reasoning_effort === 'none' ? { type: 'disabled' } : undefined,
    output_config: outputOf(request),
  };
  // without the members that are undefined
  return JSON.parse(JSON.stringify(body)) as JsonObject;
}

function assertKnown(request: ChatRequest): void {
  for (const [name, nothing] of Object.entries(FOREIGN)) {
    const value = request[name as keyof ChatRequest];
    if (value !== undefined && value !== nothing)
      throw refusal(`Anthropic’s models have no ${name}: leave it out, or ask another provider.`);
  }
}

const refusal = (message: string) => new GatewayError('bad_request', message, { reason: 'unsupported' });

/** The instructions of all places, because only some models take them between other messages. */
function systemOf(messages: ChatMessage[], cached: boolean): JsonObject[] | undefined {
  const parts = messages.filter(({ role }) => role === 'system' || role === 'developer').flatMap(blocksOf);
  const last = parts.at(-1);
  if (!last) return undefined;
  return cached ? [...parts.slice(0, -1), { ...last, cache_control: EPHEMERAL }] : parts;
}

/** Messages in turns of two: results of tools are said by the user, and all of them in the turn after their calls. */
function turnsOf(messages: ChatMessage[]): Turn[] {
  const turns: Turn[] = [];
  for (const message of messages) {
    if (message.role === 'system' || message.role === 'developer') continue;
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const content = message.role === 'tool' ? [resultOf(message)] : [...blocksOf(message), ...callsOf(message)];
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...content);
    else if (content.length > 0) turns.push({ role, content });
  }
  return turns;
}

function blocksOf({ content }: ChatMessage): JsonObject[] {
  const parts: Part[] = typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? []);
  return parts.map(blockOf).filter((block) => block.text !== ''); // empty ones are refused
}

function blockOf({ type, text = '', refusal: refused, image_url }: Part): JsonObject {
  if (type === 'text') return { type: 'text', text };
  if (type === 'refusal' && typeof refused === 'string') return { type: 'text', text: refused };
  const url = (image_url as { url?: unknown } | undefined)?.url;
  if (type !== 'image_url' || typeof url !== 'string')
    throw refusal(`A part of the kind ${type.slice(0, 40)} is not taken for Anthropic: send text or image_url.`);
  const [, media_type, data] = /^data:(image\/[a-z]+);base64,(.+)$/s.exec(url) ?? [];
  const source: JsonObject =
    data === undefined ? { type: 'url', url } : { type: 'base64', media_type: media_type ?? '', data };
  return { type: 'image', source };
}

const resultOf = (message: ChatMessage): JsonObject => ({
  type: 'tool_result',
  tool_use_id: message.tool_call_id ?? '',
  content: blocksOf(message),
});

function callsOf({ tool_calls = [] }: ChatMessage): JsonObject[] {
  return tool_calls.map((call) => {
    const { name, arguments: given } = (call.function ?? {}) as { name?: string; arguments?: string };
    return { type: 'tool_use', id: call.id ?? '', name: name ?? '', input: argumentsOf(given ?? '') };
  });
}

function argumentsOf(text: string): JsonObject {
  try {
    const value: unknown = text.trim() === '' ? {} : JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // as below
  }
  throw refusal('The arguments of a tool call are not a JSON object.');
}

interface FunctionTool {
  name?: string;
  description?: string;
  parameters?: JsonObject;
  strict?: boolean | null;
}

function toolOf(tool: JsonObject): object {
  if (tool.type !== 'function') throw refusal('Tools for Anthropic are of the type function.');
  const { name, description, parameters = { type: 'object', properties: {} }, strict } = tool.function as FunctionTool;
  if (strict !== true) return { name, description, input_schema: parameters };
  return { name, description, input_schema: strictSchema(parameters), strict };
}

function toolChoiceOf({ tools, tool_choice = 'auto', parallel_tool_calls }: ChatRequest): object | undefined {
  if (!tools) return undefined;
  if (tool_choice === 'none') return { type: 'none' };
  const single = parallel_tool_calls === false ? { disable_parallel_tool_use: true } : {};
  if (tool_choice === 'auto') return parallel_tool_calls === false ? { type: 'auto', ...single } : undefined;
  if (tool_choice === 'required') return { type: 'any', ...single };
  const { name } = (tool_choice.function ?? {}) as { name?: string };
  if (name === undefined) throw refusal('tool_choice is none, auto, required, or a function by its name.');
  return { type: 'tool', name, ...single };
}

const EFFORTS: Readonly<Record<string, string>> = { minimal: 'low' };

function outputOf({ response_format: format, reasoning_effort: effort }: ChatRequest): object | undefined {
  if (format?.type === 'json_object')
    throw refusal('Anthropic has no json_object: name the form of the answer as json_schema.');
  const schema = format?.json_schema?.schema;
  if (format?.type === 'json_schema' && schema === undefined)
    throw new GatewayError('bad_request', '/response_format/json_schema/schema is missing.', { reason: 'schema' });
  const output = {
    effort: effort === 'none' || effort === undefined ? undefined : (EFFORTS[effort] ?? effort),
    format: schema === undefined ? undefined : { type: 'json_schema', schema: strictSchema(schema) },
  };
  return output.effort === undefined && output.format === undefined ? undefined : output;
}
