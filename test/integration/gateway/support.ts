import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI, { APIError } from 'openai';
import { loadConfig, type Env } from '../../../src/config';
import { startGateway, type RunningGateway } from '../../../src/gateway/server';
import { createLogger } from '../../../src/logging';
import { freePorts } from '../../../src/local/ports';
import { createMetrics } from '../../../src/telemetry/metrics';

export const PROVIDER_KEY = 'sk-provider-key-never-to-be-seen';
export const SECRET_WORDS = 'the invoice of Mrs Havisham';

export interface TestGateway extends RunningGateway {
  /** the official client, as a caller has it */
  client: OpenAI;
  dir: string;
  /** the log, as text */
  logged(): string;
  metrics(): Promise<string>;
}

const undo: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A gateway on a port and with a journal of its own. */
export async function testGateway(
  env: Env = {},
  at = mkdtempSync(join(tmpdir(), 'awe-gateway-')),
): Promise<TestGateway> {
  const [port = 0] = await freePorts(1);
  const config = loadConfig({ AWE_ENV: 'test', AWE_GATEWAY_PORT: String(port), AWE_STATE_DIR: at, ...env });
  let text = '';
  const log = createLogger(config, 'gateway', { write: (line: string) => void (text += line) });
  const metrics = createMetrics();
  const gateway = await startGateway(config, log, { metrics, secrets: { apiKey: PROVIDER_KEY }, handoverMs: 200 });
  let stopped = false;
  const stop = async () => {
    if (!stopped) await gateway.stop();
    stopped = true;
  };
  undo.push(() => rmSync(at, { recursive: true, force: true }), stop);
  return {
    ...gateway,
    stop,
    dir: at,
    client: clientOf(gateway.url),
    logged: () => text,
    metrics: async () => (await metrics.text()).body,
  };
}

export function clientOf(url: string, apiKey = 'caller-key', headers: Record<string, string> = {}): OpenAI {
  return new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0, defaultHeaders: headers, logLevel: 'off' });
}

/** A gateway in front of an upstream. */
export const inFrontOf = (baseUrl: string, env: Env = {}) =>
  testGateway({ LLM_PROVIDER: 'openai', OPENAI_BASE_URL: baseUrl, LLM_MODEL: 'gpt-4o-mini', ...env });

export interface RawServer {
  url: string;
  /** requests that have come, with their bodies */
  seen: { path: string; headers: IncomingMessage['headers']; body: string }[];
  /** connections that the other side has closed */
  hungUp: () => number;
}

/** A server that does exactly as instructed, right or wrong. */
export async function rawServer(answer: (res: ServerResponse, socket: Socket) => void): Promise<RawServer> {
  const seen: RawServer['seen'] = [];
  let hungUp = 0;
  const server = createServer((req, res) => {
    let body = '';
    req.on('data', (data) => (body += data));
    req.on('end', () => {
      seen.push({ path: req.url ?? '', headers: req.headers, body });
      answer(res, req.socket);
    });
    res.on('close', () => {
      if (!res.writableFinished) hungUp += 1;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  undo.push(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, seen, hungUp: () => hungUp };
}

/** The error that a call ended in. */
export async function failure(call: Promise<unknown>): Promise<APIError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof APIError) return error;
  throw new Error(`expected an APIError, got ${String(error)}`);
}

export const question = (content = SECRET_WORDS) => ({
  model: 'default',
  messages: [{ role: 'user' as const, content }],
  max_completion_tokens: 50,
});
