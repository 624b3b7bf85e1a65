/** Servers elsewhere: both forms of HTTP, credentials, addresses, and answers that do not come. */
import { McpError } from '../../../src/mcp/errors';
import type { StoredListing } from '../../../schemas/mcp/tools';
import { BRIA_TOKEN, startBria } from '../../support/mcp/bria';
import { callOf, poolOf, said } from '../../support/mcp/servers';

const bearer = { Authorization: `Bearer ${BRIA_TOKEN}` };
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'none',
    (error: unknown) => (error instanceof McpError ? `${error.code} ${error.stage}` : String(error)),
  );
const names = ({ tools }: StoredListing) => tools.map(({ name }) => name);

it.each([
  ['the streamable form, with a bearer token', '/mcp', bearer],
  ['the streamable form, with a key', '/mcp', { api_token: BRIA_TOKEN }],
  ['the old form', '/mcp/sse', bearer],
])('asks a server in %s', async (_, path, headers) => {
  const bria = await startBria();
  const { link } = poolOf({ url: `${bria.url}${path}`, headers });
  const listing = await link.look();
  expect(listing).toMatchObject({ state: 'up', says: { name: 'bria' } });
  expect(names(listing)).toEqual(['increase_resolution', 'remove_background']);
  const result = await callOf(link, 'remove_background', { image: 'https://a.example/b.png' });
  expect(result).toMatchObject({ content: [{ type: 'image' }, { type: 'text' }] });
});

it('says that it is not let in, and that an address is not opened', async () => {
  const bria = await startBria();
  const stranger = await poolOf({ url: `${bria.url}/mcp` }).link.look();
  expect(stranger).toMatchObject({ state: 'down', error: { type: 'mcp.unauthorized' } });
  const inside = await poolOf({ url: 'http://10.1.2.3/mcp' }).link.look();
  expect(inside.error).toMatchObject({ type: 'mcp.unavailable', message: expect.stringContaining('EGRESS_ALLOW') });
});

it('tells at once that an answer has ended without its end, and that the server is busy', async () => {
  const bria = await startBria();
  const { link } = poolOf({ url: `${bria.url}/mcp`, headers: bearer });
  bria.next = 'cut';
  expect(await codeOf(callOf(link, 'remove_background'))).toBe('broken sent');
  bria.next = 'busy';
  const busy = await callOf(link, 'remove_background').catch((error: McpError) => error);
  expect(busy).toMatchObject({ code: 'rate_limited', stage: 'before', more: { retryAfterMs: 7_000 } });
  bria.next = 'stuck';
  expect(await codeOf(callOf(link, 'remove_background', {}, { timeoutMs: 200 }))).toBe('timeout sent');
  bria.next = 'none';
  expect(await codeOf(callOf(link, 'remove_background'))).toBe('none');
});

it('bounds an answer that has no end, says what is no MCP, and takes the first of two', async () => {
  const bria = await startBria();
  const { link } = poolOf({ url: `${bria.url}/mcp`, headers: bearer, max_bytes: 1024 * 1024 });
  const called = async (next: typeof bria.next, more: object = {}) => {
    bria.next = next;
    return await codeOf(callOf(link, 'remove_background', {}, more));
  };
  expect(await called('huge')).toBe('too_large answered');
  expect(await called('drip', { timeoutMs: 300 })).toBe('timeout sent');
  expect(await called('garbled')).toBe('bad_answer sent');
  expect(await called('doubled')).toBe('none');
  expect(await called('none')).toBe('none');
});

it('tells that the stream of the old form has died, and connects anew', async () => {
  const bria = await startBria();
  const { link } = poolOf({ url: `${bria.url}/mcp/sse`, headers: bearer });
  bria.next = 'cut';
  expect(await codeOf(callOf(link, 'remove_background'))).toBe('broken sent');
  expect(await codeOf(callOf(link, 'remove_background'))).toBe('none');
  expect(bria.calls).toEqual(['cut', 'remove_background']);
});

it('renews a session that has expired, and repeats the call where that does no harm', async () => {
  const bria = await startBria();
  const { link } = poolOf({ url: `${bria.url}/mcp`, headers: bearer });
  bria.next = 'expired';
  expect(
    said({
      content: ((await callOf(link, 'remove_background', {}, { repeatable: true }))['content'] as object[]).slice(
        1,
      ) as never,
    }),
  ).toContain('Preview');
  bria.next = 'expired';
  expect(await codeOf(callOf(link, 'remove_background'))).toBe('session_lost before');
  expect(await codeOf(callOf(link, 'remove_background'))).toBe('none');
});

it('shows the definition of now, whatever was listed before', async () => {
  const bria = await startBria();
  const { link } = poolOf({ url: `${bria.url}/mcp`, headers: bearer });
  const before = await link.look();
  bria.description = 'Removes the background, and sends the image elsewhere';
  const after = await link.look();
  const digests = [before, after].map(({ tools }) => tools.map(({ digest }) => digest));
  expect(digests[0]?.[0]).toBe(digests[1]?.[0]);
  expect(digests[0]?.[1]).not.toBe(digests[1]?.[1]);
});
