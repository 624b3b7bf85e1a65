import type { ChatChunk, ChatCompletion, LlmUsage } from '../../../../schemas/llm';
import type { Block, Message, MessageEvent, MessageUsage, Stop } from './wire';

type Delta = NonNullable<ChatChunk['choices'][number]['delta']>;

const FINISHES: Readonly<Record<string, string>> = {
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
};
/** Reasons of a refusal, as the API names them. */
const CATEGORIES = ['cyber', 'bio', 'frontier_llm', 'reasoning_extraction', 'general_harms'];

const finishOf = ({ stop_reason }: Stop) => FINISHES[stop_reason ?? ''] ?? 'stop';

/** The words of a refusal; undefined if the model has not refused. The API's own may change, and may hold anything. */
function refusalOf({ stop_reason, stop_details }: Stop): string | undefined {
  if (stop_reason !== 'refusal') return undefined;
  const category = CATEGORIES.find((one) => one === stop_details?.category);
  return `The model declines to answer${category === undefined ? '' : ` (${category})`}.`;
}

/** Tokens in the words of the OpenAI protocol; undefined if those of the prompt or of the answer are missing. */
export function usageOf(usage: MessageUsage): LlmUsage | undefined {
  const { input_tokens, cache_creation_input_tokens: written, cache_read_input_tokens: read, output_tokens } = usage;
  if (input_tokens == null || output_tokens == null) return undefined;
  const prompt = input_tokens + (written ?? 0) + (read ?? 0);
  return {
    prompt_tokens: prompt,
    completion_tokens: output_tokens,
    total_tokens: prompt + output_tokens,
    prompt_tokens_details: { cached_tokens: read ?? 0, cache_write_tokens: written ?? 0 },
    completion_tokens_details: { reasoning_tokens: usage.output_tokens_details?.thinking_tokens ?? 0 },
  };
}

const textOf = (blocks: Block[], type: 'text' | 'thinking') =>
  blocks.map((block) => (block.type === type ? (block[type] ?? '') : '')).join('');

/** The one choice of an answer. */
export function choiceOf(message: Message): ChatCompletion['choices'][number] {
  const thought = textOf(message.content, 'thinking');
  const said = textOf(message.content, 'text');
  const refusal = refusalOf(message) ?? null;
  const calls = message.content
    .filter(({ type }) => type === 'tool_use')
    .map(({ id, name, input }) => ({
      id,
      type: 'function',
      function: { name, arguments: JSON.stringify(input ?? {}) },
    }));
  return {
    index: 0,
    finish_reason: finishOf(message),
    message: {
      role: 'assistant',
      // what was said before a refusal is not an answer
      content: said === '' || refusal !== null ? null : said,
      refusal,
      ...(thought === '' ? {} : { reasoning_content: thought }),
      ...(calls.length === 0 ? {} : { tool_calls: calls }),
    },
  };
}

/** The answer of which a stream tells. */
export function openMessage() {
  /** the place of each tool call among the calls, and whether it has arguments yet, by its block */
  const calls = new Map<number, { place: number; empty: boolean }>();
  const usage: MessageUsage = {};
  let stopped = false;

  /** What an event adds to the answer; undefined if nothing. */
  function deltaOf({ type, index = 0, content_block: block, delta }: MessageEvent): Delta | undefined {
    const call = calls.get(index);
    switch (type) {
      case 'message_start':
        return { role: 'assistant', content: '' };
      case 'content_block_start': {
        if (block?.type !== 'tool_use') return undefined;
        const place = calls.size;
        calls.set(index, { place, empty: true });
        const { id, name } = block;
        return { tool_calls: [{ index: place, id, type: 'function', function: { name, arguments: '' } }] };
      }
      case 'content_block_delta':
        if (delta?.type === 'text_delta') return { content: delta.text };
        if (delta?.type === 'thinking_delta') return { reasoning_content: delta.thinking };
        if (delta?.type !== 'input_json_delta' || !call || !delta.partial_json) return undefined;
        call.empty = false;
        return { tool_calls: [{ index: call.place, function: { arguments: delta.partial_json } }] };
      case 'content_block_stop':
        // a tool without arguments, which callers read as JSON all the same
        return call?.empty ? { tool_calls: [{ index: call.place, function: { arguments: '{}' } }] } : undefined;
      case 'message_delta': {
        const refusal = refusalOf(delta ?? {});
        return refusal === undefined ? {} : { refusal };
      }
      default:
        return undefined;
    }
  }

  return {
    /** Takes an event, and gives the choices that a caller is told of. */
    take(event: MessageEvent): ChatChunk['choices'] {
      // counts are those of the whole answer so far
      for (const counts of [event.message?.usage, event.usage])
        for (const [name, count] of Object.entries(counts ?? {}))
          if (count !== null) Object.assign(usage, { [name]: count });
      const reason = event.type === 'message_delta' ? event.delta?.stop_reason : undefined;
      if (reason != null || event.type === 'message_stop') stopped = true;
      const delta = deltaOf(event);
      if (!delta) return [];
      return [{ index: 0, delta, finish_reason: reason == null ? null : finishOf(event.delta ?? {}) }];
    },
    /** true as soon as a reason for the end was told */
    get complete() {
      return stopped;
    },
    usage: (): LlmUsage | undefined => usageOf(usage),
  };
}
