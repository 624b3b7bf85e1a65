/** Pages, in the four ways in which servers give them. */
import type { HttpInput } from '../../../../activities/tools/builtin/http/schema';
import { nextLink } from '../../../../activities/tools/builtin/http/paging';
import { startWeb } from '../../../support/web';
import type { Bench } from '../support';
import { networkBench, type Calls } from './support';

let bench: Bench & Calls;
beforeAll(async () => void (bench = await networkBench()));

const rows = Array.from({ length: 7 }, (_, i) => ({ id: i + 1 }));
type Answer = { body: unknown; headers?: Record<string, string> };

/** A server whose answer follows from the query of the address. */
const serve = (answer: (query: URLSearchParams, url: string) => Answer) =>
  startWeb(({ url }, response) => {
    const { body, headers = {} } = answer(new URL(url, 'http://x').searchParams, url);
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  });
const page = (query: URLSearchParams, size = 3) => {
  const n = Number(query.get('page') ?? 1);
  return rows.slice((n - 1) * size, n * size);
};

it('by page, until one is empty', async () => {
  const web = await serve((query) => ({ body: page(query) }));
  const got = await bench.ask({ url: web.url, paging: { by: 'page' } });
  expect(got).toMatchObject({ body: rows, pages: 4, complete: true });
});

it('by page of a known size, until one is shorter', async () => {
  const web = await serve((query) => ({ body: page(query) }));
  expect(await bench.ask({ url: web.url, paging: { by: 'page', size: 3 } })).toMatchObject({ body: rows, pages: 3 });
});

it('by offset, with the items within the body', async () => {
  const web = await serve((query) => ({ body: { data: { rows: rows.slice(Number(query.get('skip'))).slice(0, 2) } } }));
  const paging = { by: 'offset', param: 'skip', items: '/data/rows' } as const;
  expect(await bench.ask({ url: web.url, query: { q: 'x' }, paging })).toMatchObject({ body: rows, pages: 5 });
  expect(web.requests[1]?.url).toBe('/?q=x&skip=2');
});

it('by the cursor in the body', async () => {
  const web = await serve((query) => {
    const at = Number(query.get('after') ?? 0);
    return { body: { items: rows.slice(at, at + 4), meta: { next: at + 4 < rows.length ? at + 4 : null } } };
  });
  const paging = { by: 'cursor', cursor: '/meta/next', param: 'after', items: '/items' } as const;
  expect(await bench.ask({ url: web.url, paging })).toMatchObject({ body: rows, pages: 2, complete: true });
});

it('by an address in the body, and by the Link header', async () => {
  const web = await serve((query, url) => {
    const n = Number(query.get('page') ?? 1);
    const next = n < 3 ? `${url.split('?')[0]}?page=${n + 1}` : undefined;
    return {
      body: url.startsWith('/link') ? page(query) : { items: page(query), next },
      ...(next ? { headers: { link: `<${next}>; rel="next", </link?page=3>; rel="last"` } } : {}),
    };
  });
  const headers = { authorization: 'Bearer k' };
  expect(await bench.ask({ url: `${web.url}/link`, headers, paging: { by: 'link' } })).toMatchObject({ body: rows });
  expect(web.requests.map(({ headers: { authorization } }) => authorization)).toEqual(Array(3).fill('Bearer k'));
  const paging = { by: 'cursor', cursor: '/next', items: '/items' } as const;
  expect(await bench.ask({ url: `${web.url}/body`, paging })).toMatchObject({ body: rows, pages: 3 });
});

it('stops where the plan says, and says that there is more', async () => {
  const web = await serve((query) => ({ body: page(query) }));
  const ask = (more: object): HttpInput => ({ url: web.url, paging: { by: 'page', ...more } });
  expect(await bench.ask(ask({ max_items: 4 }))).toMatchObject({ body: rows.slice(0, 4), complete: false });
  expect(await bench.ask(ask({ max_pages: 1 }))).toMatchObject({ body: rows.slice(0, 3), pages: 1, complete: false });
});

it.each([
  ['the same page again and again', () => ({ body: rows }), { by: 'page' }, 'http.paging_loop'],
  [
    'a cursor that stays',
    () => ({ body: { items: rows, next: 'x' } }),
    { by: 'cursor', cursor: '/next', param: 'c', items: '/items' },
    'http.paging_loop',
  ],
  [
    'a next page of another host',
    () => ({ body: rows, headers: { link: '<http://b.example/>; rel=next' } }),
    { by: 'link' },
    'http.bad_paging',
  ],
  [
    'a next page that is none',
    () => ({ body: rows, headers: { link: '<http://[>; rel=next' } }),
    { by: 'link' },
    'http.bad_paging',
  ],
  ['items that are none', () => ({ body: { a: 1 } }), { by: 'page' }, 'http.bad_paging'],
  [
    'a cursor that is an object',
    () => ({ body: { items: rows, next: {} } }),
    { by: 'cursor', cursor: '/next', items: '/items' },
    'http.bad_paging',
  ],
] as const)('%s ends as it should', async (_, answer, paging, type) => {
  const web = await serve(answer);
  expect(await bench.fail({ url: web.url, paging })).toMatchObject({ type, nonRetryable: true });
});

it('waits in the middle for a server that asks for patience', async () => {
  let refusals = 1;
  const web = await startWeb(({ url }, response) => {
    if (url.includes('page=2') && refusals-- > 0) return response.writeHead(429, { 'retry-after': '0' }).end();
    const body = JSON.stringify(page(new URL(url, 'http://x').searchParams));
    return response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  expect(await bench.ask({ url: web.url, paging: { by: 'page' } })).toMatchObject({ body: rows });
});

it.each([
  ['<https://a/2>; rel="next"', 'https://a/2'],
  ['<https://a/1>; rel="prev", <https://a/3>; rel=next; title="x, y"', 'https://a/3'],
  ['</x?a=1,2>; title="a; rel=next"; rel="last"', undefined],
  ['<x>; rel="first next"', 'x'],
  ['nonsense', undefined],
  [null, undefined],
])('the next page of %s is %s', (header, next) => expect(nextLink(header)).toBe(next));
