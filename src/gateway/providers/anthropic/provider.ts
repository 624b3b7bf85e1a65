import { randomUUID } from 'node:crypto';
import { GatewayError } from '../../errors';
import type { Provider } from '../../provider';
import { isLoss, unavailable } from '../../upstream/classify';
import { isCutOff } from '../../../http/server-events';
import { formOf } from '../../upstream/form';
import { createUpstream } from '../../upstream/upstream';
import { answeringModel, modelsOf, type ModelNames } from '../names';
import { choiceOf, openMessage, usageOf } from './answer';
import { toMessagesRequest } from './request';
import { Message, MessageEvent } from './wire';

export interface AnthropicOptions extends ModelNames {
  baseUrl: string;
  apiKey: string;
  /** for a whole answer; in a stream for the first event, and between events */
  timeoutMs: number;
}

const PATH = '/v1/messages';
const ANSWER_LIMIT = 8 * 1024 * 1024;
/** The most tokens that the API adds to a prompt: a page of its own for tools, and one for a form. */
const ADDED = 1_000;

const messageOf = formOf(Message);
const eventOf = formOf(MessageEvent);

/** Anthropic's Messages API. Its OpenAI-compatible one leaves out in silence what this one keeps or refuses. */
export function createAnthropic(options: AnthropicOptions): Provider {
  const upstream = createUpstream({
    baseUrl: options.baseUrl,
    headers: { 'x-api-key': options.apiKey, 'anthropic-version': '2023-06-01' },
    timeoutMs: options.timeoutMs,
  });
  const head = () => ({ id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1_000) });

  return {
    name: 'anthropic',
    ...modelsOf(options),
    addedTokens: ({ tools, response_format }) => (tools || response_format?.type === 'json_schema' ? ADDED : 0),
    async chat(request, call) {
      const answer = messageOf(await upstream.ask(PATH, toMessagesRequest(request), call, ANSWER_LIMIT));
      return {
        ...head(),
        object: 'chat.completion',
        model: answeringModel(answer.model, request),
        choices: [choiceOf(answer)],
        usage: usageOf(answer.usage),
      };
    },
    async *stream(request, call) {
      const body = { ...toMessagesRequest(request), stream: true };
      const message = openMessage();
      const common = { ...head(), object: 'chat.completion.chunk' } as const;
      let { model } = request;
      try {
        for await (const told of upstream.stream(PATH, body, call)) {
          if (isCutOff(told)) break;
          const event = eventOf(upstream.read(told.data));
          model = answeringModel(event.message?.model, { model });
          const choices = message.take(event);
          if (choices.length > 0) yield { ...common, model, choices };
          if (event.type === 'message_stop') break;
        }
      } catch (error) {
        if (!message.complete || !isLoss(error)) throw error;
      }
      if (!message.complete)
        throw unavailable('stream_incomplete', 'The model’s stream ended before its answer did.', { charged: true });
      return message.usage();
    },
    async embed() {
      throw new GatewayError('bad_request', 'Anthropic has no embeddings: ask a gateway with another provider.', {
        reason: 'unsupported',
      });
    },
  };
}
