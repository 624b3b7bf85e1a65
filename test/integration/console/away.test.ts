/** What an open page does while something that it needs is away, and after it. */
import type { Browser } from 'playwright-core';
import { startApi, type RunningApi } from '../../../api/server';
import type { Job } from '../../../schemas/job/api';
import { createLogger } from '../../../src/logging';
import { openConsole, startBrowser } from '../../support/browser';
import { callsOf } from '../../support/http-calls';
import { createProxy } from '../../support/proxy';
import { startServed } from '../../support/served';
import type { Stack } from '../../support/stack';
import { until } from '../../support/until';
import { OwnRedis, sleep } from '../own-redis';

let redis: OwnRedis;
let stack: Stack;
let api: RunningApi;
let browser: Browser;

beforeAll(async () => {
  redis = await OwnRedis.start();
  [{ stack, api }, browser] = await Promise.all([startServed({ env: { REDIS_URL: redis.url } }), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await api.stop();
  await stack.stop();
  await redis.end();
});

const { call, post } = callsOf(() => api.url);
const isDone = async (id: string) => (await call<Job>(`/jobs/${id}`)).body.status === 'completed';

/** A job whose plan waits for a person. */
async function ask(id: string): Promise<void> {
  const plan = { name: id, steps: [{ id: 'work', kind: 'tool', uses: 'test.work', with: {} }] };
  await post('/jobs', { job_id: id, goal: `The goal of ${id}`, plan, mode: 'plan' });
  await until(async () => (await call<Job>(`/jobs/${id}`)).body.questions.length === 1);
}

const live = /^live/;
const notLive = /^not live/;

it('the API is restarted: the page says so, and is live again', async () => {
  const { page } = await openConsole(browser, api.url, { path: 'inbox' });
  await page.getByRole('button', { name: live }).waitFor();
  await api.stop();
  await page.getByRole('button', { name: notLive }).waitFor();
  api = await startApi(stack.config, createLogger(stack.config, 'test'));
  await page.getByRole('button', { name: live }).waitFor();
  await page.context().close();
});

it('the network is cut for 30 seconds, without a word: the page notices, and shows what has come meanwhile', async () => {
  const proxy = await createProxy(Number(new URL(api.url).port));
  const { page, faults } = await openConsole(browser, `http://127.0.0.1:${proxy.port}`, { path: 'inbox' });
  await page.getByRole('button', { name: live }).waitFor();
  proxy.swallow(true);
  const cut = Date.now();
  await ask('meanwhile');
  await page.getByRole('button', { name: notLive }).waitFor({ timeout: 60_000 });
  await sleep(Math.max(0, 30_000 - (Date.now() - cut)));
  proxy.swallow(false);
  proxy.reset();
  await page.getByText('The goal of meanwhile').first().waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: live }).waitFor({ timeout: 60_000 });
  expect(faults).toEqual([]);
  await page.context().close();
  proxy.close();
});

it('what somebody decides without a network is refused at once, and not sent when it is back', async () => {
  await ask('offline');
  const { page } = await openConsole(browser, api.url, { path: 'jobs/offline' });
  await page.getByRole('button', { name: 'Approve' }).waitFor();
  await page.keyboard.press('a');
  await page.getByRole('dialog').getByText('version 1 of the plan').waitFor();
  await page.context().setOffline(true);
  await page.keyboard.press('Control+Enter');
  await page.getByText('The server cannot be reached').first().waitFor();
  await page.context().setOffline(false);
  await page.getByRole('button', { name: live }).waitFor();
  expect(await isDone('offline')).toBe(false);
  await page.keyboard.press('Control+Enter');
  await until(() => isDone('offline'));
  await page.context().close();
});

it('Redis is away: pages show what is kept, a decision counts, and all is live when it is back', async () => {
  await ask('without');
  const { page, faults } = await openConsole(browser, api.url, { path: 'inbox' });
  await page.getByRole('button', { name: live }).waitFor();
  await redis.kill();
  await page.getByRole('button', { name: notLive }).waitFor();
  await page.getByText('The goal of without').first().click();
  await page.getByRole('button', { name: 'Approve' }).waitFor();
  await page.keyboard.press('a');
  await page.getByRole('dialog').getByText('version 1 of the plan').waitFor();
  await page.keyboard.press('Control+Enter');
  await until(() => isDone('without'));
  await page.getByText('completed').first().waitFor();
  await page.goto(`${api.url}/console/health`);
  await page
    .getByRole('row', { name: /Redis/ })
    .getByText(/down|away/)
    .waitFor();
  await redis.up();
  await page.getByRole('button', { name: live }).waitFor({ timeout: 60_000 });
  expect(faults).toEqual([]);
  await page.context().close();
});
