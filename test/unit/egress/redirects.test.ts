/** Redirects, followed by hand. */
import { parseEgressAllow } from '../../../src/egress/allow';
import { createConnector, type EgressInit, type Hop } from '../../../src/egress/connector';
import type { EgressError } from '../../../src/egress/errors';
import { startWeb, TEST_CA, type Web } from '../../support/web';

const signal = new AbortController().signal;
const connector = createConnector({
  allow: parseEgressAllow('127.0.0.1, *.example'),
  resolve: async () => ['127.0.0.1'],
  ca: TEST_CA,
});
const ask = async (url: string, init: EgressInit = {}) => await connector(url, init, { signal });
const codeOf = async (request: Promise<Response>) =>
  await request.then(
    async ({ status, body }) => (await body?.cancel(), status),
    (error: EgressError) => error.code,
  );

/** Sends `/301?to` elsewhere, and answers what it was asked by. */
const startMirror = (secure = false): Promise<Web> =>
  startWeb(
    ({ method, url, headers, body }, response) => {
      const [path = '', to] = url.split('?to=');
      if (to) return response.writeHead(Number(path.slice(1)), { location: decodeURIComponent(to) }).end();
      return response.end(JSON.stringify({ method, url, headers, body }));
    },
    { secure },
  );

let web: Web;
beforeAll(async () => void (web = await startMirror()));
const away = (status: number, to: string, host = '127.0.0.1') =>
  `http://${host}:${web.port}/${status}?to=${encodeURIComponent(to)}`;
const seen = async (response: Response) =>
  (await response.json()) as { method: string; url: string; headers: Record<string, string>; body: string };

it.each([
  [301, 'POST', 'GET', ''],
  [302, 'POST', 'GET', ''],
  [303, 'POST', 'GET', ''],
  [307, 'POST', 'POST', 'x'],
  [308, 'POST', 'POST', 'x'],
  [301, 'PUT', 'PUT', 'x'],
  [303, 'DELETE', 'GET', ''],
])('%d after %s asks by %s', async (status, method, then, body) => {
  const response = await ask(away(status, '/end'), {
    method,
    body: 'x',
    headers: { 'content-type': 'text/plain', 'idempotency-key': 'k' },
  });
  const { headers, ...rest } = await seen(response);
  expect(rest).toEqual({ method: then, url: '/end', body });
  expect([headers['content-type'], headers['idempotency-key']]).toEqual(
    body === '' ? [undefined, undefined] : ['text/plain', 'k'],
  );
  expect([response.url, response.redirected]).toEqual([`${web.url}/end`, true]);
});

it('another host gets neither credentials nor any header that may hold one', async () => {
  const headers = { authorization: 'Bearer k', cookie: 'a=b', 'x-api-key': 'k', accept: 'text/plain' };
  const there = await seen(await ask(away(302, `http://b.example:${web.port}/end`, 'a.example'), { headers }));
  expect(there.headers).toMatchObject({ accept: 'text/plain', host: `b.example:${web.port}` });
  expect(['authorization', 'cookie', 'x-api-key'].filter((name) => name in there.headers)).toEqual([]);
  const here = await seen(await ask(away(302, '/end', 'a.example'), { headers }));
  expect(here.headers).toMatchObject(headers);
});

it('another port of the same host is another host', async () => {
  const other = await startMirror();
  const there = await seen(await ask(away(302, `${other.url}/end`), { headers: { authorization: 'Bearer k' } }));
  expect(there.headers.authorization).toBeUndefined();
});

it('no redirect leads from https to http', async () => {
  const secure = await startMirror(true);
  const url = `https://test.example:${secure.port}/302?to=${encodeURIComponent(`${web.url}/end`)}`;
  expect(await codeOf(ask(url))).toBe('redirects');
});

it.each([
  ['http://10.0.0.1/', 'refused'],
  ['http://169.254.169.254/latest/', 'refused'],
  ['http://[::1]/', 'refused'],
  ['file:///etc/passwd', 'refused'],
  ['http://user:word@127.0.0.1/', 'refused'],
  ['http://[broken', 'refused'],
])('a redirect to %s ends as %s', async (to, code) => expect(await codeOf(ask(away(302, to)))).toBe(code));

it('a loop ends after as many redirects as are followed', async () => {
  const loop = await startWeb((_, response) => response.writeHead(302, { location: '/again' }).end());
  expect(await codeOf(ask(loop.url, { redirects: 3 }))).toBe('redirects');
  expect(loop.requests).toHaveLength(4);
});

it('is given as it is where none is followed, or where it names no place', async () => {
  expect(await codeOf(ask(away(302, '/end'), { redirects: 0 }))).toBe(302);
  const nowhere = await startWeb((_, response) => response.writeHead(302).end());
  expect(await codeOf(ask(nowhere.url))).toBe(302);
});

it('every hop is shown to whoever may forbid it', async () => {
  const hops: Hop[] = [];
  const permit = (hop: Hop) => void hops.push(hop);
  await seen(await connector(away(307, '/end'), { method: 'POST', body: 'x' }, { signal, permit }));
  expect(hops.map(({ url, first, body }) => [url.pathname, first, body])).toEqual([
    ['/307', true, true],
    ['/end', false, true],
  ]);
});
