import { brotliCompressSync, gzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020';
import { contractList } from '../../../api/parts';
import { createRates } from '../../../api/middleware/rates';
import { openApiDocument } from '../../../api/openapi';
import { disposition } from '../../../api/files';
import { openDoor } from './door';

const refused = async () => Promise.reject(new Error('secret of the house'));

/** An application of which nothing behind the door is there. */
const door = (more: object = {}) =>
  openDoor({
    isOurs: () => true,
    workflowIdOf: (_process: string, name: string) => name,
    uiUrl: () => undefined,
    runs: new Proxy({}, { get: () => refused }),
    follower: { count: () => 0, follow: refused },
    ...more,
  });

describe('the API and its description', () => {
  test('show an example of every body, and one that would be taken', () => {
    const ajv = new Ajv2020({ strict: false, logger: false });
    for (const { id, body } of contractList) {
      if (!body) continue;
      expect([id, body.example]).toEqual([id, expect.any(Object)]);
      if (body.json) expect([id, ajv.validate(body.json, body.example), ajv.errors]).toEqual([id, true, null]);
    }
  });

  test('are made of the same table: every operation is answered, and with a status that is described', async () => {
    const { url, close } = await door();
    const { paths } = openApiDocument(contractList, '0') as {
      paths: Record<string, Record<string, { responses: object }>>;
    };
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, { responses }] of Object.entries(methods)) {
        if (['/health', '/ready'].includes(path)) continue;
        const sample = path
          .replace('{control}', 'pause')
          .replace('{artifact_id}', 'a'.repeat(64))
          .replaceAll(/\{\w+\}/g, 'x');
        const answer = await fetch(url + sample, {
          method: method.toUpperCase(),
          ...(method === 'post' ? { body: '{"x":1}', headers: { 'content-type': 'application/json' } } : {}),
        });
        const known = [...Object.keys(responses), '500'];
        expect([path, known.includes(String(answer.status)), await answer.text()]).toEqual([
          path,
          true,
          expect.not.stringContaining('secret of the house'),
        ]);
      }
    }
    close();
  });

  test('takes so many requests in a minute, tells what is left, and says when to come again', async () => {
    const { url, close } = await door({ rates: createRates({ requests: 5, changes: 2 }) });
    const post = () => fetch(`${url}/runs/x/cancel`, { method: 'POST' });
    const statuses = [await post(), await post(), await post()].map(({ status }) => status);
    expect(statuses).toEqual([500, 500, 429]);
    const get = await fetch(`${url}/projects/x`);
    expect([get.status, get.headers.get('ratelimit')]).toEqual([500, '"requests";r=1;t=0']);
    await fetch(`${url}/projects/x`);
    const refused = await fetch(`${url}/projects/x`);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '12']);
    expect(await refused.json()).toMatchObject({ type: 'urn:awe:problem:too-many-requests' });
    // an address has an allowance of its own
    expect((await fetch(`${url}/openapi.json`)).status).toBe(200);
    close();
  });

  test('is OpenAPI 3.1 whose references lead somewhere, and whose schemas are JSON Schema', () => {
    const document = openApiDocument(contractList, '0') as { components: { schemas: Record<string, object> } };
    const text = JSON.stringify(document);
    for (const [, name] of text.matchAll(/#\/components\/schemas\/(\w+)/g)) {
      expect(Object.keys(document.components.schemas)).toContain(name);
    }
    expect(text).not.toContain('$id');
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const schema of Object.values(document.components.schemas)) {
      expect(ajv.validateSchema(schema)).toBe(true);
    }
  });

  test('have no address twice, and no name', () => {
    expect(new Set(contractList.map(({ method, path }) => `${method} ${path}`)).size).toBe(contractList.length);
    expect(new Set(contractList.map(({ id }) => id)).size).toBe(contractList.length);
  });
});

describe('at the door', () => {
  let url: string;
  let close: () => void;
  beforeAll(async () => ({ url, close } = await door()));
  afterAll(() => close());
  const raw = (path: string, init: RequestInit = {}) => fetch(url + path, init);
  const json = { 'content-type': 'application/json' };
  const problem = async (answer: Response) => ({
    ...((await answer.json()) as { errors?: { pointer: string }[] }),
    status: answer.status,
  });

  test.each<[string, string, RequestInit, number]>([
    ['an unknown address', '/nothing', {}, 404],
    ['an unknown method', '/projects', { method: 'DELETE' }, 405],
    [
      'another kind of body',
      '/initial-request',
      { method: 'POST', body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
    ],
    ['text that says it is JSON', '/initial-request', { method: 'POST', body: '{', headers: json }, 400],
    ['no body', '/initial-request', { method: 'POST' }, 400],
    [
      'a body that is too large',
      '/initial-request',
      { method: 'POST', body: JSON.stringify({ request_text: 'x'.repeat(2_000) }), headers: json },
      413,
    ],
    ['a body that is not valid', '/initial-request', { method: 'POST', body: '{"x":1}', headers: json }, 422],
    [
      'a body that is deep',
      '/initial-request',
      { method: 'POST', body: `${'['.repeat(400)}${']'.repeat(400)}`, headers: json },
      422,
    ],
    ['a parameter that is unknown', '/projects?page=1', {}, 400],
    ['a parameter twice', '/projects?limit=1&limit=2', {}, 400],
    ['a limit beyond the limit', '/projects?limit=1000', {}, 400],
    ['a position that is none', '/projects/x/events?after=-1', {}, 400],
    ['an id that climbs', '/projects/..%2f..%2fetc', {}, 404],
    ['a path that climbs', '/artifacts/download?path=..%2F..%2Fetc%2Fpasswd', {}, 404],
    ['a path of the platform', '/artifacts/download?path=idempotency%2Fx.json', {}, 404],
    ['an address that cannot be decoded', '/projects/%ff', {}, 400],
    ['a fault inside', '/projects/x', {}, 500],
  ])('%s is a problem that tells nothing of the house', async (_, path, init, status) => {
    const answer = await raw(path, init);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    const body = await problem(answer);
    expect(body).toMatchObject({
      type: expect.stringMatching(/^urn:awe:problem:[a-z-]+$/),
      status,
      request_id: answer.headers.get('x-request-id'),
    });
    expect(JSON.stringify(body)).not.toMatch(/secret of the house|node_modules|\.ts/);
  });

  test('405 names what is allowed, 422 says where, 415 what is taken', async () => {
    expect((await raw('/projects', { method: 'PUT' })).headers.get('allow')).toBe('GET, HEAD');
    expect((await raw('/initial-request')).headers.get('allow')).toBe('POST');
    const wrong = { project_id: '../x', request_text: '', work_context: { hourly_rate: -1, rows: [{ text: 5 }] } };
    const answer = await problem(
      await raw('/initial-request', { method: 'POST', body: JSON.stringify(wrong), headers: json }),
    );
    expect(answer.errors?.map((e: { pointer: string }) => e.pointer).sort()).toEqual(
      expect.arrayContaining([
        '/project_id',
        '/request_text',
        '/work_context/hourly_rate',
        '/work_context/rows/0/text',
      ]),
    );
  });

  test('415 refuses bodies in encodings that are not unpacked, and takes gzip', async () => {
    const post = (encoding: string, body: Buffer) =>
      raw('/initial-request', { method: 'POST', body, headers: { ...json, 'content-encoding': encoding } });
    for (const encoding of ['br', 'gzip, br', 'zstd']) {
      const answer = await post(encoding, brotliCompressSync('{}'));
      expect([answer.status, answer.headers.get('accept-encoding')]).toEqual([415, expect.stringContaining('gzip')]);
      expect(JSON.stringify(await problem(answer))).toMatch(/encoding (br|zstd) is not taken/);
    }
    expect((await post('gzip', gzipSync('{}'))).status).toBe(422);
  });

  test('a request id is taken over when it is one, and made otherwise', async () => {
    expect((await raw('/', { headers: { 'x-request-id': 'mine-1' } })).headers.get('x-request-id')).toBe('mine-1');
    expect((await raw('/', { headers: { 'x-request-id': 'a b<script>' } })).headers.get('x-request-id')).toMatch(
      /^[0-9a-f-]{36}$/,
    );
  });

  test('a page of another site gets nothing done, nor does a name that is not ours', async () => {
    const post = (headers: Record<string, string>) => raw('/projects/x/pause', { method: 'POST', headers });
    expect((await post({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({ origin: 'null' })).status).toBe(403);
    expect((await post({ origin: url })).status).toBe(500);
    const { request } = await import('node:http');
    const status = (host: string) =>
      new Promise((resolve) => request(url, { headers: { host } }, (res) => resolve(res.resume().statusCode)).end());
    expect(await status('evil.example')).toBe(403);
    expect(await status('localhost.evil.example:8080')).toBe(403);
    expect(await status('localhost:8080')).toBe(200);
  });

  test('the documentation is served from here alone', async () => {
    const page = await raw('/docs');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    const text = await page.text();
    expect(text).not.toMatch(/https?:\/\//);
    for (const [, asset] of text.matchAll(/(?:src|href)="([^"]+)"/g))
      expect([asset, (await raw(asset as string)).status]).toEqual([asset, 200]);
    expect((await raw('/docs/assets/..%2f..%2fpackage.json')).status).toBe(404);
  });
});

test.each([
  ['report.md', `inline; filename="report.md"; filename*=UTF-8''report.md`],
  ['été "1".csv', `inline; filename="_t_ _1_.csv"; filename*=UTF-8''%C3%A9t%C3%A9%20%221%22.csv`],
  ['a\r\nX: y', `inline; filename="a__X: y"; filename*=UTF-8''a%0D%0AX%3A%20y`],
])('%j is a safe name for a file', (name, header) => {
  expect(disposition('inline', name)).toBe(header);
});
