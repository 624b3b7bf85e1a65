/**
 * A load generated from our own OpenAPI document, with the key of each role: whatever is valid by the document is
 * answered as the document says.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { startApi, type RunningApi } from '../../api/server';
import { roles, type Role } from '../../schemas/access';
import { freePorts } from '../../src/local/ports';
import { createLogger } from '../../src/logging';
import { startWorker, type RunningWorker } from '../../workers/main';
import { testConfig, workflowBundle } from '../setup/servers';
import { sample, valuesOf, type Schema, type Schemas } from '../support/generated';
import { keyOf, writeKeys } from '../support/keys';
import { until } from '../support/until';

/** Addresses whose answer needs the gateway, which does not run here. */
const NEEDS_GATEWAY = ['/ready', '/costs'];

/** Requests of each role to each address. */
const SEEDS = Array.from({ length: Number(process.env['AWE_TEST_SEEDS'] ?? 1) }, (_, seed) => seed + 1);

interface Operation {
  description: string;
  parameters?: { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Schemas };
}

const dir = mkdtempSync(join(tmpdir(), 'awe-load-'));
let api: RunningApi;
let worker: RunningWorker;
let document: Document;
/** Ids of things that exist, by the name of the parameter. */
let known: Record<string, string>;

const as = (role: Role) => ({ authorization: `Bearer ${keyOf(role)}` });
const json = async (path: string, init: RequestInit) => (await (await fetch(api.url + path, init)).json()) as never;

beforeAll(async () => {
  const file = writeKeys(Object.fromEntries(roles.map((role) => [role, [role]])), join(dir, 'keys.json'));
  const [port] = await freePorts(1);
  const config = testConfig({
    AWE_PORT: String(port),
    AWE_API_KEYS_FILE: file,
    ARTIFACTS_DIR: join(dir, 'storage'),
    AWE_STATE_DIR: join(dir, 'state'),
  });
  worker = await startWorker(config, createLogger(config, 'worker'), { bundlePath: workflowBundle().codePath });
  api = await startApi(config, createLogger(config, 'api'));
  document = await json('/openapi.json', {});
  const { project_id, workflow_id }: Record<'project_id' | 'workflow_id', string> = await json('/initial-request', {
    method: 'POST',
    body: JSON.stringify({ request_text: 'a project without rows' }),
    headers: { ...as('requester'), 'content-type': 'application/json' },
  });
  known = { project_id, workflow_id, clarification_id: 'rows' };
  const asks = async () => {
    const { clarifications = [] } = (await json(`/projects/${String(project_id)}/clarifications`, {
      headers: as('auditor'),
    })) as { clarifications?: unknown[] };
    return clarifications.length > 0;
  };
  await until(asks);
});
afterAll(async () => {
  await api?.stop();
  await worker?.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** A request that the document allows. */
function requestOf(path: string, method: string, operation: Operation, role: Role, seed: number) {
  const { schemas } = document.components;
  const parameters = (operation.parameters ?? []).map(({ name, in: place, required, schema }, i) => {
    const real = place === 'path' && seed % 2 === 1 ? known[name] : undefined;
    const sent = required || (seed + i) % 2 === 0;
    return { name, place, text: sent ? String(real ?? sample(valuesOf(schema, schemas), seed * 100 + i)) : undefined };
  });
  const of = (place: string) => parameters.filter((one) => one.place === place && one.text !== undefined);
  const address = of('path').reduce(
    (at, { name, text = '' }) => at.replace(`{${name}}`, encodeURIComponent(text)),
    path,
  );
  const query = new URLSearchParams(
    Object.fromEntries(of('query').map(({ name, text = '' }) => [name, text])),
  ).toString();
  const headers = Object.fromEntries(of('header').map(({ name, text = '' }) => [name, text]));
  const [type, { schema = {} } = {}] = Object.entries(operation.requestBody?.content ?? {}).at(seed % 2) ??
    Object.entries(operation.requestBody?.content ?? {})[0] ?? [undefined];
  const value = type === undefined ? undefined : sample(valuesOf(schema, schemas), seed);
  // JSON is YAML, too
  const isText = type !== undefined && /json|yaml/.test(type);
  return {
    url: `${api.url}${address}${query && `?${query}`}`,
    init: {
      method: method.toUpperCase(),
      headers: { ...headers, ...as(role), ...(isText ? { 'content-type': type } : {}) },
      body: isText ? JSON.stringify(value) : type && formOf(value as Record<string, unknown>),
    },
  };
}

function formOf(fields: Record<string, unknown>): FormData {
  const form = new FormData();
  const csv = new Blob(['category,minutes,text,Reference,Quantity\na,1,b,A-1,2\n']);
  for (const [name, value] of Object.entries(fields)) {
    if (Array.isArray(value)) value.slice(0, 3).forEach((_, i) => form.append(name, csv, `${i}.csv`));
    else if (name === 'file') form.append(name, csv, 'rows.csv');
    else if (name === 'work_context') form.append(name, '{}');
    else form.append(name, String(value));
  }
  return form;
}

test('whatever the document allows is answered as it says, to every role', async () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'api', components: document.components });
  const wrong: string[] = [];
  let requests = 0;
  for (const [path, operations] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(operations))
      for (const role of roles)
        for (const seed of SEEDS) {
          const { url, init } = requestOf(path, method, operation, role, seed);
          const abort = new AbortController();
          const answer = await fetch(url, { ...init, signal: abort.signal });
          requests += 1;
          const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
          const body: unknown = type.endsWith('json') ? await answer.json() : undefined;
          abort.abort();
          const said = operation.responses[answer.status];
          const schema = said?.content?.[type]?.schema;
          const asIs = JSON.parse(JSON.stringify(schema ?? {}).replaceAll('"#/', '"api#/')) as object;
          const faults = [
            said ? undefined : 'this status is not in the document',
            [400, 415].includes(answer.status) ? 'what the document allows is not understood' : undefined,
            answer.status >= 500 && !(answer.status === 503 && NEEDS_GATEWAY.includes(path)) ? 'it failed' : undefined,
            schema && body !== undefined && !ajv.validate(asIs, body) ? ajv.errorsText() : undefined,
            (answer.status === 403) === operation.description.includes('Roles:') &&
            answer.status === 403 &&
            // what says that a person has approved is for approvers, whoever may ask
            !/"human_approved":true/.test(String(init.body)) &&
            new RegExp(`Roles:.*\\b${role}\\b`).test(operation.description)
              ? 'the role is refused, though the document names it'
              : undefined,
          ].filter((fault) => fault !== undefined);
          for (const fault of faults)
            wrong.push(`${method} ${url} as ${role}, seed ${seed}: ${answer.status}, ${fault} ${JSON.stringify(body)}`);
        }
  expect(wrong).toEqual([]);
  expect(requests).toBeGreaterThan(300);
});
