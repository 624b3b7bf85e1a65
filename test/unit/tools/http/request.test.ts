/** `http.request` as plans use it, against servers with the faults of real ones. */
import { createHash } from 'node:crypto';
import { specFor, withWorstCase } from '../../../../core/worst-case';
import { httpRequest } from '../../../../activities/tools/builtin/http/request';
import { startWeb, type Web } from '../../../support/web';
import { networkBench, type Calls } from './support';
import type { Bench } from '../support';

let bench: Bench & Calls;
let echo: Web;
beforeAll(async () => {
  bench = await networkBench();
  echo = await startWeb((request, response) =>
    response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'a=b' }).end(JSON.stringify(request)),
  );
});

const answer = (status: number, headers: Record<string, string> = {}, body = '') =>
  startWeb((_, response) => response.writeHead(status, headers).end(body));

describe('a request', () => {
  it('reads JSON, with parameters and headers, and gives back no cookies', async () => {
    const query = { userId: 1, tag: ['a', 'b c'] };
    const got = await bench.ask({ url: `${echo.url}/users?x=1`, query, headers: { 'X-Test': 'yes' } });
    expect(got).toMatchObject({ status: 200, body: { method: 'GET', url: '/users?x=1&userId=1&tag=a&tag=b+c' } });
    expect(got.body.headers).toMatchObject({ 'x-test': 'yes', 'user-agent': 'AWE' });
    expect(got.body.headers['idempotency-key']).toBeUndefined();
    expect(got.headers).not.toHaveProperty('set-cookie');
  });

  it.each([
    [{ json: { a: [1, null] } }, 'application/json', '{"a":[1,null]}'],
    [{ form: { a: 'x y', b: [1, true] } }, 'application/x-www-form-urlencoded', 'a=x+y&b=1&b=true'],
    [{ text: 'a;b', headers: { 'content-type': 'text/csv' } }, 'text/csv', 'a;b'],
  ])('sends %j', async (body, type, sent) => {
    const got = await bench.ask({ url: echo.url, method: 'POST', ...body });
    expect(got.body).toMatchObject({ method: 'POST', body: sent, headers: { 'content-type': type } });
    expect(got.body.headers['idempotency-key']).toBe('awe.run.1/step/1');
  });

  it('sends files with a form', async () => {
    const artifact = await bench.documents.putArtifact({
      ...{ path: 'reports/r.csv', bytes: Buffer.from('a;b'), media_type: 'text/csv' },
    });
    const multipart = { fields: { note: 'x"\r\ny' }, files: [{ name: 'file', artifact }] };
    const { body } = await bench.ask({ url: echo.url, method: 'POST', multipart });
    const form = await new Response(body.body as string, { headers: body.headers }).formData();
    expect(form.get('note')).toBe('x"\r\ny');
    const file = form.get('file') as File;
    expect([file.name, file.type, await file.text()]).toEqual(['r.csv', 'text/csv', 'a;b']);
  });

  it.each([
    [{ json: 1, text: 'x', method: 'POST' as const }, 'http.bad_request'],
    [{ json: 1 }, 'http.bad_request'],
    [{ headers: { 'a b': 'x' } }, 'http.bad_request'],
    [{ headers: { a: 'x\ny' } }, 'http.bad_request'],
    [{ headers: { host: 'other.example' } }, 'egress.refused'],
    [{ method: 'TRACE' as 'GET' }, 'tool.input_invalid'],
    [{ url: 'users' }, 'http.bad_request'],
    [{ url: 'http://10.0.0.1/' }, 'egress.refused'],
    [{ paging: { by: 'link' as const }, method: 'POST' as const }, 'http.bad_request'],
  ])('with %j is refused as %s', async (input, type) => {
    expect(await bench.fail({ url: echo.url, ...input })).toMatchObject({ type, nonRetryable: true });
  });

  it('reaches nothing in a simulation', async () => {
    const before = echo.requests.length;
    const got = await bench.ask({ url: echo.url, method: 'DELETE', expect: [204] }, { mode: 'simulate' });
    expect(got).toEqual({ status: 204, url: echo.url, headers: {}, body: null });
    expect(echo.requests).toHaveLength(before);
  });

  it('is known as api_call too', async () => {
    expect(await bench.run('api_call', { url: echo.url })).toMatchObject({ status: 200 });
  });
});

describe('its effect', () => {
  const spec = withWorstCase(httpRequest.spec);
  it.each([
    [{}, 'none', 4],
    [{ method: 'HEAD' }, 'none', 4],
    [{ method: 'PUT' }, 'idempotent', 4],
    [{ method: 'DELETE' }, 'idempotent', 4],
    [{ method: 'POST' }, 'once', 1],
    [{ method: 'PATCH', idempotent: false }, 'once', 1],
    [{ method: 'POST', idempotent: true }, 'idempotent', 4],
    [{ method: '${{ input.method }}' }, 'once', 1],
  ])('with %j is %s, in %d attempts', (args, effect, attempts) => {
    expect(specFor(spec, args)).toMatchObject({ effect, retry: { attempts } });
  });
});

describe('a status', () => {
  it.each([
    [404, 'GET', 'http.status_404', true, undefined],
    [401, 'GET', 'http.status_401', true, undefined],
    [500, 'GET', 'http.status_500', false, undefined],
    [503, 'PUT', 'http.status_503', false, undefined],
    [500, 'POST', 'http.status_500', true, 'unknown'],
    [422, 'POST', 'http.status_422', true, undefined],
  ] as const)('%d after %s is %s', async (status, method, type, nonRetryable, outcome) => {
    const web = await answer(status, { 'content-type': 'text/plain' }, 'no such user');
    const failure = await bench.fail({ url: web.url, method });
    expect(failure).toMatchObject({ type, nonRetryable, message: expect.stringContaining('no such user') });
    expect(failure.details).toMatchObject([{ details: { status, ...(outcome ? { outcome } : {}) } }]);
    expect(web.requests).toHaveLength(1);
  });

  it('that is expected is no error', async () => {
    const web = await answer(404);
    expect(await bench.ask({ url: web.url, expect: ['2xx', 404] })).toMatchObject({ status: 404, body: '' });
  });

  it.each([
    ['7', 7_000],
    [new Date(Date.now() + 60_000).toUTCString(), expect.any(Number)],
    ['1000000', 3_600_000],
    ['soon', undefined],
  ])('429 with Retry-After %s is tried again when the server says so', async (header, wait) => {
    const web = await answer(429, { 'retry-after': header });
    expect(await bench.fail({ url: web.url })).toMatchObject({
      ...{ type: 'http.rate_limited', nonRetryable: false, nextRetryDelay: wait },
    });
  });

  it('that says that nothing was done lets a POST be sent again, under the same key', async () => {
    let times = 0;
    const web = await startWeb((_, response) =>
      ++times === 1 ? response.writeHead(503, { 'retry-after': '0' }).end() : response.writeHead(201).end(),
    );
    expect(await bench.ask({ url: web.url, method: 'POST', json: {} })).toMatchObject({ status: 201 });
    expect(new Set(web.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(web.requests).toHaveLength(2);
  });
});

describe('an answer', () => {
  it('that ends too early after a POST has an unknown outcome, and is not repeated', async () => {
    const web = await startWeb((_, response) => response.destroy());
    expect(await bench.fail({ url: web.url, method: 'POST' })).toMatchObject({
      ...{ type: 'http.broken', nonRetryable: true, details: [{ details: { outcome: 'unknown' } }] },
    });
    expect(web.requests).toHaveLength(1);
    expect(await bench.fail({ url: web.url })).toMatchObject({ type: 'http.broken', nonRetryable: false });
  });

  it('that does not come in time is http.timeout', async () => {
    const web = await startWeb(() => undefined);
    expect(await bench.fail({ url: web.url, timeout: '100ms' })).toMatchObject({ type: 'http.timeout' });
  });

  it('that is no JSON although it says so is http.bad_json', async () => {
    const web = await answer(200, { 'content-type': 'application/json' }, '{"a":');
    expect(await bench.fail({ url: web.url })).toMatchObject({ type: 'http.bad_json', nonRetryable: true });
  });

  it('in another character set is read by it', async () => {
    const bytes = Buffer.from('caf\xe9', 'latin1');
    const web = await startWeb((_, response) =>
      response.writeHead(200, { 'content-type': 'text/plain; charset=ISO-8859-1' }).end(bytes),
    );
    expect(await bench.ask({ url: web.url })).toMatchObject({ body: 'café' });
  });

  it('of binary data is a file, named by the address', async () => {
    const bytes = Buffer.from([0, 1, 2, 255]);
    const web = await startWeb((_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end(bytes));
    const { body, file } = await bench.ask({ url: `${web.url}/a/logo.png?x=1` });
    const id = createHash('sha256').update(bytes).digest('hex');
    expect([body, file]).toEqual([
      null,
      {
        ...{ artifact_id: id, media_type: 'image/png', bytes: 4 },
        path: `downloads/awe.run.1/ask/${id.slice(0, 12)}/logo.png`,
      },
    ]);
    expect(await bench.documents.readArtifact(id)).toEqual(bytes);
    expect(await bench.store.read(file.path as string)).toEqual(bytes);
    expect(await bench.ask({ url: `${web.url}/a/logo.png` })).toMatchObject({ file }); // a repeat is no conflict
  });

  it('of 50 MB goes to a file as it comes, without filling the memory', async () => {
    const piece = Buffer.alloc(64 * 1024, 'x');
    const web = await startWeb((_, response) => {
      let left = 800;
      const pour = (): void => void (left-- > 0 ? response.write(piece, pour) : response.end());
      response.writeHead(200, { 'content-type': 'application/json' });
      pour();
    });
    const before = process.memoryUsage().arrayBuffers;
    const { file } = await bench.ask({ url: `${web.url}/users.json` });
    expect(file).toMatchObject({ bytes: 800 * 64 * 1024, media_type: 'application/json' });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40 * 1024 * 1024);
  });

  it('that is larger than it may be is http.too_large, and leaves nothing', async () => {
    const web = await answer(200, { 'content-type': 'text/plain' }, 'x'.repeat(2_000));
    for (const response of ['text', 'file'] as const)
      expect(await bench.fail({ url: web.url, response, max_bytes: 1_000 })).toMatchObject({ type: 'http.too_large' });
    const { store, ...other } = await networkBench();
    expect(await other.fail({ url: web.url, response: 'file', max_bytes: 1_000 })).toBeDefined();
    expect((await store.list('')).paths).toEqual([]);
  });

  it('is kept in the workspace under the path of the plan, with the file of before if it breaks off', async () => {
    const { store, ...other } = await networkBench();
    const web = await answer(200, { 'content-type': 'text/csv' }, 'a;b');
    const path = 'workspaces/awe.run.1/in/Users 2026.csv';
    const got = await other.ask({ url: web.url, save_as: 'in/Users 2026.csv' });
    expect(got).toMatchObject({ body: null, file: { path, media_type: 'text/csv', bytes: 3 } });
    const large = await answer(200, { 'content-type': 'text/csv' }, 'x'.repeat(2_000));
    expect(await other.fail({ url: large.url, save_as: 'in/Users 2026.csv', max_bytes: 1_000 })).toMatchObject({
      type: 'http.too_large',
    });
    expect(String(await store.read(path))).toBe('a;b');
  });

  it('that has no place to go is not asked for', async () => {
    const sent = echo.requests.length;
    for (const mode of ['live', 'simulate'] as const)
      for (const save_as of ['../x', '/etc/x', 'a\\b'])
        expect(await bench.fail({ url: echo.url, method: 'POST', save_as }, { mode })).toMatchObject({
          type: 'file.bad_path',
        });
    expect(echo.requests).toHaveLength(sent);
  });
});
