/** Signing in by browser: sessions over real HTTP, in several API processes on one store. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startApi, type RunningApi } from '../../api/server';
import type { Session } from '../../schemas/sessions/api';
import { freePorts } from '../../src/local/ports';
import { keyOf, writeKeys } from '../support/keys';
import { startServed } from '../support/served';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

const folder = mkdtempSync(join(tmpdir(), 'awe-sessions-'));
const keysFile = join(folder, 'keys.json');
const logged: string[] = [];

let stack: Stack;
let api: RunningApi;
beforeAll(async () => {
  writeKeys({ ann: ['requester', 'operator'], bob: ['operator'] }, keysFile);
  ({ stack, api } = await startServed({ env: { AWE_API_KEYS_FILE: keysFile } }));
});
afterAll(async () => {
  await api?.stop();
  await stack?.stop();
  rmSync(folder, { recursive: true });
});

/** Another API process on the same store. */
async function another(sessions: Partial<typeof stack.config.sessions> = {}, more: object = {}): Promise<RunningApi> {
  const [port] = await freePorts(1);
  const { config } = stack;
  const http = { ...config.http, port: port!, ...more };
  const log = pino({ level: 'info' }, { write: (line) => void logged.push(line) });
  return await startApi({ ...config, http, sessions: { ...config.sessions, ...sessions } }, log);
}

interface Visit {
  cookie: string;
  setCookie: string;
  session: Session;
}

async function signIn(name: string, headers: Record<string, string> = {}, { url } = api): Promise<Visit> {
  const answer = await fetch(`${url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ key: keyOf(name) }),
  });
  expect(answer.status).toBe(201);
  const setCookie = answer.headers.get('set-cookie') ?? '';
  return { cookie: setCookie.split(';')[0] ?? '', setCookie, session: (await answer.json()) as Session };
}

const ask = (method: string, path: string, headers: Record<string, string>, { url } = api) =>
  fetch(url + path, { method, headers });
const statusOf = async ({ cookie }: Pick<Visit, 'cookie'>, at = api) =>
  (await ask('GET', '/session', { cookie }, at)).status;
const withToken = ({ cookie, session }: Visit) => ({ cookie, 'x-csrf-token': session.csrf_token ?? '' });

test('a key becomes a cookie that scripts cannot read, and that asks in its name', async () => {
  const ann = await signIn('ann');
  expect(ann.setCookie).toMatch(/^awe_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43(200|199)$/);
  expect(ann.session).toEqual({
    ...{ name: 'ann', roles: ['requester', 'operator'], sign_in: 'key', csrf_token: expect.any(String) },
    ...{ expires_at: expect.any(String), idle_expires_at: expect.any(String) },
  });
  const read = (await (await ask('GET', '/session', { cookie: ann.cookie })).json()) as Session;
  expect(read).toEqual({ ...ann.session, idle_expires_at: expect.any(String) });
  expect(Date.parse(read.idle_expires_at ?? '')).toBeGreaterThan(Date.parse(ann.session.idle_expires_at ?? ''));
  const byKey = await ask('GET', '/session', { authorization: `Bearer ${keyOf('bob')}`, cookie: ann.cookie });
  expect(await byKey.json()).toEqual({ name: 'bob', roles: ['operator'], sign_in: 'key', csrf_token: null });
  expect((await ask('GET', '/projects', { cookie: ann.cookie })).status).toBe(200);
});

test('no session comes of a wrong key, and none is made up: 401, counted by address', async () => {
  expect((await ask('GET', '/session', {})).status).toBe(401);
  expect(await statusOf({ cookie: `awe_session=${'A'.repeat(43)}` })).toBe(401);
  const limited = await another({}, { rates: { requests: 3, changes: 0 } });
  const guess = async () =>
    await fetch(`${limited.url}/session`, {
      ...{ method: 'POST', body: '{"key":"guessed"}', headers: { 'content-type': 'application/json' } },
    });
  const answers = [await guess(), await guess(), await guess(), await guess()];
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
  expect(answers.map(({ headers }) => headers.get('set-cookie'))).toEqual([null, null, null, null]);
  await signIn('ann', {}, limited);
  await limited.stop();
  expect(logged.join('')).toContain('"by":"ann"');
  expect(logged.join('')).not.toContain(keyOf('ann'));
});

test('a change needs the token of its session, and a page of this site', async () => {
  const [ann, bob] = [await signIn('ann'), await signIn('bob')];
  const change = (headers: Record<string, string>) =>
    fetch(`${api.url}/initial-request`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
      body: JSON.stringify({ request_text: '' }),
    });
  const without = await change({ cookie: ann.cookie });
  expect([without.status, ((await without.json()) as { detail: string }).detail]).toEqual([
    403,
    expect.stringContaining('send `csrf_token` of GET /session as `X-CSRF-Token`'),
  ]);
  expect((await change({ ...withToken(bob), cookie: ann.cookie })).status).toBe(403);
  expect((await change({ ...withToken(ann), origin: 'https://evil.example' })).status).toBe(403);
  // refused for what it says, so it was let in
  expect((await change({ ...withToken(ann), origin: api.url })).status).toBe(422);
});

test('signing out ends the session also for a copied cookie, and its stream of events; other sessions go on', async () => {
  const [here, there] = [await signIn('ann'), await signIn('ann')];
  const { workflowId } = await stack.audit({ request_text: 'Please look at our week.' });
  const events = await ask('GET', `/runs/${workflowId}/events`, { cookie: here.cookie });
  expect(events.status).toBe(200);
  const began = Date.now();
  const whole = events.text();
  expect((await ask('DELETE', '/session', { cookie: here.cookie })).status).toBe(403);
  const out = await ask('DELETE', '/session', withToken(here));
  expect([out.status, out.headers.get('set-cookie')]).toEqual([
    204,
    'awe_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0',
  ]);
  expect(await statusOf(here)).toBe(401);
  expect(await whole).not.toContain('event: end');
  expect(Date.now() - began).toBeLessThan(10_000);
  expect(await statusOf(there)).toBe(200);

  const third = await signIn('ann', { cookie: there.cookie });
  expect([await statusOf(there), await statusOf(third)]).toEqual([401, 200]);
});

test('sessions outlive the process; sign-out everywhere and a key that is withdrawn reach other processes', async () => {
  const [ann, more, bob] = [await signIn('ann'), await signIn('ann'), await signIn('bob')];
  const other = await another();
  expect(await Promise.all([ann, more, bob].map((visit) => statusOf(visit, other)))).toEqual([200, 200, 200]);
  const everywhere = await ask('DELETE', '/sessions', withToken(ann));
  expect(everywhere.status).toBe(200);
  expect(((await everywhere.json()) as { ended: number }).ended).toBeGreaterThanOrEqual(2);
  expect(await Promise.all([ann, more, bob].map((visit) => statusOf(visit)))).toEqual([401, 401, 200]);
  writeKeys({ ann: ['requester', 'operator'], bob: ['auditor'] }, keysFile);
  await until(async () => (await statusOf(ann, other)) === 401 && (await statusOf(more, other)) === 401, 10_000);
  const roles = async () =>
    ((await (await ask('GET', '/session', { cookie: bob.cookie }, other)).json()) as Session).roles;
  await until(async () => (await roles()).join() === 'auditor', 10_000);
  writeKeys({ ann: ['requester', 'operator'] }, keysFile);
  await until(async () => (await statusOf(bob, other)) === 401, 10_000);
  await other.stop();
});

test('behind TLS the cookie belongs to this very host, and no other is taken; its time ends', async () => {
  const secure = await another({ secure: true, limitMs: 1_500 });
  const ann = await signIn('ann', {}, secure);
  expect(ann.setCookie).toMatch(/^__Host-awe_session=[\w-]{43}; .*Max-Age=1; Secure$/);
  expect(await statusOf({ cookie: ann.cookie.replace('__Host-', '') }, secure)).toBe(401);
  expect(await statusOf(ann, secure)).toBe(200);
  await until(async () => (await statusOf(ann, secure)) === 401, 5_000);
  await secure.stop();
  // an address that nobody has told: the browser says how it came
  const host = new URL(api.url).host;
  expect((await signIn('ann', { origin: `https://${host}` })).setCookie).toMatch(/^__Host-.*; Secure$/);
});

test('without keys nobody signs in: every caller of this machine is local', async () => {
  const open = await another({}, { apiKeysFile: undefined });
  expect(await (await ask('GET', '/session', {}, open)).json()).toMatchObject({
    ...{ name: 'local', sign_in: 'none', csrf_token: null, roles: expect.arrayContaining(['approver', 'admin']) },
  });
  const body = JSON.stringify({ key: keyOf('ann') });
  const headers = { 'content-type': 'application/json' };
  expect((await fetch(`${open.url}/session`, { method: 'POST', headers, body })).status).toBe(409);
  await open.stop();
});
