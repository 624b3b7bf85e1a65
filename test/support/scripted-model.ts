/** A model behind the OpenAI protocol that says what a test has written down for it, in that order. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../../schemas/json';
import type { ChatMessage } from '../../schemas/llm';

/** A turn: calls of tools, an answer (text, or JSON), or a status that is no answer. */
export type Turn = { call: string; with: JsonObject | string }[] | string | JsonObject | number;

/** A request as it came. */
export interface Asked {
  messages: ChatMessage[];
  tools?: { function: { name: string } }[];
  tool_choice?: string;
}

export interface ScriptedModel {
  url: string;
  /** requests that have come */
  asked: Asked[];
  /** Writes down what comes next. */
  says(...turns: Turn[]): void;
  stop(): Promise<void>;
}

/** Starts one. Whatever it is asked beyond its script is answered with 500. */
export async function scriptedModel(): Promise<ScriptedModel> {
  const turns: Turn[] = [];
  const asked: Asked[] = [];
  const server = createServer((req, res) => {
    let body = '';
    req.on('data', (data) => (body += data));
    req.on('end', () => {
      asked.push(JSON.parse(body) as Asked);
      const turn = turns.shift() ?? 500;
      const status = typeof turn === 'number' ? turn : 200;
      res.writeHead(status, { 'content-type': 'application/json' });
      res.end(JSON.stringify(typeof turn === 'number' ? { error: { message: 'no' } } : completion(turn, asked.length)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    says: (...more) => void turns.push(...more),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function completion(turn: Exclude<Turn, number>, n: number): object {
  const calls = Array.isArray(turn)
    ? turn.map(({ call, with: args }, index) => ({
        id: `call_${n}_${index}`,
        type: 'function',
        function: { name: call, arguments: typeof args === 'string' ? args : JSON.stringify(args) },
      }))
    : undefined;
  const content = calls ? null : typeof turn === 'string' ? turn : JSON.stringify(turn);
  return {
    id: `scripted-${n}`,
    object: 'chat.completion',
    created: 0,
    model: 'scripted-model',
    choices: [
      {
        index: 0,
        finish_reason: calls ? 'tool_calls' : 'stop',
        message: { role: 'assistant', content, refusal: null, ...(calls ? { tool_calls: calls } : {}) },
        logprobs: null,
      },
    ],
    usage: { prompt_tokens: 80, completion_tokens: 20, total_tokens: 100 },
  };
}
