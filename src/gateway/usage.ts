import { LlmUsage, type ChatRequest, type EmbeddingsRequest } from '../../schemas/llm';
import { trimmerFor } from '../contracts/validators';

/** Tokens of a call; those read from the provider's cache, and those written to it, are among those of the prompt. */
export interface Tokens {
  prompt: number;
  cached: number;
  written: number;
  completion: number;
}

/** Usage as a provider reports it. */
export interface Reported extends Tokens {
  estimated: boolean;
  /** in the words of the protocol */
  usage: LlmUsage;
}

const check = trimmerFor(LlmUsage);

/** The usage that a provider reports; undefined if it makes no sense. */
export function readUsage(told: unknown): Reported | undefined {
  const checked = check(told);
  if (!checked.ok) return undefined;
  const usage = checked.value;
  const { prompt_tokens: prompt, completion_tokens, total_tokens, prompt_tokens_details, estimated } = usage;
  const completion = completion_tokens ?? 0;
  const { cached_tokens: cached = 0, cache_write_tokens: written = 0 } = prompt_tokens_details ?? {};
  if (![prompt, completion, total_tokens].every(Number.isSafeInteger)) return undefined;
  // an empty prompt, or more cached tokens than there are: unfit for accounting
  if (prompt === 0 || cached + written > prompt) return undefined;
  // some providers count thinking only in the total
  return {
    prompt,
    cached,
    written,
    completion: Math.max(completion, total_tokens - prompt),
    estimated: estimated === true,
    usage,
  };
}

/** Tokens that a message needs besides its text, in every known chat template; generous. */
const AROUND_A_MESSAGE = 16;

/**
 * The most tokens that a prompt may have, with those that its provider adds: tokenizers over bytes make at most one token of each byte, and all that is
 * sent to the model counts. Undefined if there is no bound: pictures, sound and files are not counted by bytes.
 */
export function promptBound(request: ChatRequest, added = 0): number | undefined {
  let bytes = added;
  for (const { content, ...rest } of request.messages) {
    bytes += AROUND_A_MESSAGE + Buffer.byteLength(JSON.stringify(rest));
    if (typeof content === 'string') bytes += Buffer.byteLength(content);
    for (const part of Array.isArray(content) ? content : []) {
      if (part.type !== 'text' && part.type !== 'refusal') return undefined;
      bytes += Buffer.byteLength(JSON.stringify(part));
    }
  }
  for (const more of [request.tools, request.tool_choice, request.response_format]) {
    if (more !== undefined) bytes += AROUND_A_MESSAGE + Buffer.byteLength(JSON.stringify(more));
  }
  return bytes;
}

/** The most tokens of the texts to embed; input given as tokens is counted. */
export function inputBound({ input }: EmbeddingsRequest): number {
  const boundOf = (item: string | number | number[]): number =>
    typeof item === 'string' ? Buffer.byteLength(item) + 2 : Array.isArray(item) ? item.length : 1;
  return typeof input === 'string' ? boundOf(input) : input.reduce((sum: number, item) => sum + boundOf(item), 0);
}

/** An estimate for the mock: about four bytes per token. */
export const estimateTokens = (text: string): number => Math.max(1, Math.ceil(Buffer.byteLength(text) / 4));
