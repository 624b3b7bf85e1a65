/** Orders on real servers: an API, a worker whose reader takes semicolons unless told otherwise, and a folder of their own. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApi } from '../../../api/server';
import type { OrderDetail } from '../../../schemas/order/api';
import type { Config, Env } from '../../../src/config';
import { openFilesystemStore } from '../../../src/documents/filesystem';
import { verifyLedgers } from '../../../src/ledger/verify';
import { freePorts } from '../../../src/local/ports';
import { createLogger } from '../../../src/logging';
import { startWorker, type RunningWorker } from '../../../workers/main';
import { testConfig, workflowBundle } from '../../setup/servers';
import { plainReader } from '../../support/order-reader';
import { until } from '../../support/until';

type Body = Record<string, unknown>;

export interface Answer<T = Body> {
  status: number;
  headers: Headers;
  body: T;
}

export type Http = ReturnType<typeof client>;

/** A form as a person would fill it in; what is `undefined` is left out. */
export interface Letter {
  [field: string]: string | undefined;
}

export const good: Letter = {
  from_email: 'user@example.com',
  subject: 'New order',
  delivery_address: '123 Example St',
  delivery_date: '2999-01-02',
};

export const lines = 'Reference;Quantity\nA-1;2\nA-2;3\n';

export function formOf(
  letter: Letter = good,
  files: [string, Uint8Array | string][] = [['order.csv', lines]],
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(letter)) if (value !== undefined) form.set(name, value);
  for (const [name, bytes] of files) form.append('files', new Blob([bytes]), name);
  return form;
}

function client(url: string) {
  async function call<T>(method: string, path: string, init: RequestInit = {}): Promise<Answer<T>> {
    const answer = await fetch(url + path, { method, ...init });
    const text = await answer.text();
    const json = answer.headers.get('content-type')?.includes('json') ?? false;
    return { status: answer.status, headers: answer.headers, body: (json ? JSON.parse(text) : text) as T };
  }
  return {
    url,
    call,
    get: <T = OrderDetail>(path: string) => call<T>('GET', path),
    post: (path: string, body: object, headers: Record<string, string> = {}) =>
      call<Body>('POST', path, {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      }),
    inbox: (form: FormData, headers: Record<string, string> = {}) =>
      call<Body>('POST', '/orders/inbox', { body: form, headers }),
  };
}

export interface OrderStack {
  config: Config;
  http: Http;
  worker: RunningWorker;
  /** Sends an order in, and waits until it needs a person. */
  pending(letter?: Letter, files?: [string, string][]): Promise<string>;
  reaches(id: string, status: string): Promise<OrderDetail>;
  /** Every file of the document store. */
  documents(): string[];
  /** Contents of the folder of uploads. */
  uploads(): string[];
  ledger(): ReturnType<typeof verifyLedgers>;
  stop(): Promise<void>;
}

export async function startOrders({
  env = {},
  worker: wanted = true,
  tools = plainReader,
}: { env?: Env; worker?: boolean; tools?: typeof plainReader } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'awe-orders-'));
  const [port] = await freePorts(1);
  const [storage, state] = [join(dir, 'storage'), join(dir, 'state')];
  const config = testConfig({ AWE_PORT: String(port), ARTIFACTS_DIR: storage, AWE_STATE_DIR: state, ...env });
  const bundlePath = workflowBundle().codePath;
  const worker = await startWorker(config, createLogger(config, 'worker'), { bundlePath, tools });
  if (!wanted) await worker.stop();
  const api = await startApi(config, createLogger(config, 'api'));
  const http = client(api.url);
  const filesIn = (folder: string) => readdirSync(folder, { recursive: true }).map(String).sort();

  const reaches = async (id: string, status: string) => {
    let order: OrderDetail | undefined;
    await until(async () => {
      const answer = await http.get(`/orders/${id}`);
      order = answer.body;
      return answer.status === 200 && order.status === status && (status !== 'pending_validation' || !!order.question);
    }, 60_000);
    return order!;
  };
  const stack: OrderStack = {
    config,
    http,
    worker,
    reaches,
    async pending(letter, files) {
      const { body } = await http.inbox(formOf(letter, files));
      await reaches(String(body['order_id']), 'pending_validation');
      return String(body['order_id']);
    },
    documents: () => filesIn(storage),
    uploads: () => filesIn(join(state, 'uploads')),
    ledger: async () => await verifyLedgers(await openFilesystemStore({ root: storage }), []),
    async stop() {
      await api.stop();
      if (wanted) await worker.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return stack;
}

/** Number of answers by status. */
export function counted(answers: Answer<unknown>[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

export const times = <T>(count: number, make: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => make(i)));
