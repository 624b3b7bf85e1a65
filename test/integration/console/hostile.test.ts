/** Every page, filled with what strangers have written: nothing of it runs, and keys reach all of it. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Workbook } from 'exceljs';
import type { Browser, Page } from 'playwright-core';
import type { RunningApi } from '../../../api/server';
import type { OrderAccepted, OrderDetail } from '../../../schemas/order/api';
import { createKeys } from '../../../src/redis/keys';
import { openConsole, startBrowser } from '../../support/browser';
import { keyOf, writeKeys } from '../../support/keys';
import { startServed } from '../../support/served';
import type { Stack } from '../../support/stack';
import { until } from '../../support/until';
import { die, letter, openRedis } from '../dlq/fixture';

/** Runs where it is taken for markup: as an element, out of an attribute, or as the address of a link. */
const SCRIPT = `"'><img src=x onerror="window.harmed=1"><script>window.harmed=1</script>[x](javascript:window.harmed=1)`;
const ROLES = ['requester', 'approver', 'operator', 'admin', 'auditor'] as const;

let stack: Stack;
let api: RunningApi;
let browser: Browser;
let order: string;

const headers = { authorization: `Bearer ${keyOf('olga')}`, 'content-type': 'application/json' };
const call = async <T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> => {
  const answer = await fetch(api.url + path, { method, headers, body: body && JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
  return (await answer.json()) as T;
};

beforeAll(async () => {
  const file = writeKeys({ olga: ROLES, rita: ['requester'] });
  [{ stack, api }, browser] = await Promise.all([startServed({ env: { AWE_API_KEYS_FILE: file } }), startBrowser()]);
  order = await hostileOrder();
  const step = { id: 'look', kind: 'tool', uses: 'test.work', with: { from: SCRIPT } };
  const plan = { name: SCRIPT, steps: [step, { ...step, id: 'fail', uses: 'test.fail', with: {} }] };
  await call('POST', '/jobs', { job_id: 'hostile', goal: SCRIPT, plan, mode: 'plan' });
  await call('POST', '/api/v1/workflows', {
    ...{ id: 'hostile', name: SCRIPT, description: SCRIPT },
    steps: [{ step_id: 'say', step_type: 'transform', parameters: { said: SCRIPT } }],
  });
  await call('POST', '/api/v1/workflows/hostile/execute', { input_data: { said: SCRIPT }, execution_id: 'hostile' });
  const rows = [{ category: SCRIPT, estimated_minutes: 5, text: SCRIPT }];
  const work_context = { rows, hourly_rate: 10, period: { type: 'weekly', working_days: 5 } };
  await call('POST', '/initial-request', { request_text: SCRIPT, project_id: 'hostile', work_context });
  const { redis } = await openRedis();
  const keys = createKeys(stack.config.streams);
  await die(redis, keys, [letter(keys, SCRIPT, { error: { class: SCRIPT, message: SCRIPT } })]);
  redis.disconnect();
});
afterAll(async () => {
  await browser.close();
  await api.stop();
  await stack.stop();
});

async function hostileOrder(): Promise<string> {
  const book = new Workbook();
  const sheet = book.addWorksheet('<img src=x onerror=1>');
  sheet.addRow(['Reference', 'Description', 'Quantity']);
  sheet.addRow(['A-1', SCRIPT, 1]);
  sheet.addRow([SCRIPT, 'Chair', SCRIPT]);
  const form = new FormData();
  form.set('from_email', 'shop@example.com');
  form.set('subject', SCRIPT);
  form.append('files', new Blob([await book.xlsx.writeBuffer()]), `${SCRIPT.replaceAll('/', '')}.xlsx`);
  const { authorization } = headers;
  const answer = await fetch(`${api.url}/orders/inbox`, { method: 'POST', body: form, headers: { authorization } });
  const { order_id } = (await answer.json()) as OrderAccepted;
  await until(async () => (await call<OrderDetail>('GET', `/orders/${order_id}`)).question !== undefined);
  return order_id;
}

const pages = (): string[] => [
  ...['', 'inbox', 'start', 'orders', 'jobs', 'projects', 'definitions', 'runs', 'dead-letters', 'tools', 'agents'],
  ...['policy', 'schedules', 'webhooks', 'ledger', 'costs', 'health', 'mcp', 'definitions/new'],
  ...['', '?tab=history', '?tab=files', '?pane=sheet'].map((part) => `orders/${order}${part}`),
  ...['', '?view=graph', '?step=look', '?tab=timeline', '?tab=events', '?tab=effects', '?tab=json'].map(
    (part) => `jobs/hostile${part}`,
  ),
  ...['definitions/hostile', 'definitions/hostile?tab=versions', 'projects/hostile', 'tools/http.request'],
];

/** What keys do not reach of what a part of the page shows, or what nobody sees when it has the focus. */
async function unreached(page: Page, part: string, walks: readonly (readonly string[])[]): Promise<string[]> {
  const marked: { id: string; html: string }[] = await page.evaluate(`focusWalk.mark('${part}')`);
  const reached = new Set<unknown>();
  for (const keys of walks)
    for (let i = 0; i < marked.length + 10 && reached.size < marked.length; i++)
      for (const key of keys) {
        await page.keyboard.press(key);
        const at = await page.evaluate('focusWalk.at()');
        if (at !== undefined) reached.add(at);
      }
  // what has gone from the page meanwhile cannot be reached
  const left: string[] = await page.evaluate('focusWalk.left()');
  return marked.flatMap(({ id, html }) => (left.includes(id) && !reached.has(id) ? [html] : []));
}

it('nothing that strangers write runs on any page, and keys reach all that can be operated', async () => {
  const { page, faults } = await openConsole(browser, api.url, { key: keyOf('olga') });
  await page.addInitScript({ path: join(__dirname, '../../support/focus-walk.js') });
  const wrong: string[] = [];
  for (const path of pages()) {
    await page.goto(`${api.url}/console/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    // what a hidden tab loads is loaded when there is time
    await page.locator('[role=status][aria-label^="Loading"]:visible').first().waitFor({ state: 'detached' });
    if (await page.evaluate(() => 'harmed' in globalThis)) wrong.push(`${path}: a script of a stranger has run`);
    if (/\[object Object\]|undefined|NaN/.test(await page.innerText('main'))) wrong.push(`${path}: shows no words`);
    const addresses = await page
      .locator('a')
      .evaluateAll((all) => all.map((one) => (one as unknown as { href: string }).href));
    if (addresses.some((href) => !/^(https?|mailto|blob):/.test(href)))
      wrong.push(`${path}: a link leads nowhere good`);
    // in an order Tab goes from one odd field to the next, and F8 to every field
    const walks = [['Tab'], ...(path.startsWith('orders/') ? [['F8'], ['Shift+F8']] : [])];
    const missed = await unreached(page, path === '' ? 'body' : 'main', walks);
    for (const fault of missed) wrong.push(`${path}: no key reaches ${fault}`);
  }
  expect(wrong).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
}, 600_000);

it('another site gets nothing: not in a frame, not by a link, not with a form; and no address leads away', async () => {
  const { page } = await openConsole(browser, api.url, { key: keyOf('olga') });
  const site = createServer((req, res) => {
    res.setHeader('content-type', 'text/html');
    const form = `<form method=post enctype=text/plain action="${api.url}/orders/${order}/reject"><input name='{"reason":"' value='x"}'></form>`;
    res.end(req.url === '/frame' ? `<iframe src="${api.url}/console/inbox"></iframe>` : form);
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  const foreign = `http://localhost:${(site.address() as AddressInfo).port}`;
  const visitor = await page.context().newPage();
  try {
    await visitor.goto(`${foreign}/frame`);
    const framed = visitor.frames()[1];
    expect(await framed?.locator('#root').count()).toBe(0);

    await visitor.goto(`${foreign}/form`);
    await Promise.all([visitor.waitForNavigation(), visitor.evaluate('document.forms[0].submit()')]);
    expect((await call<OrderDetail>('GET', `/orders/${order}`)).status).toBe('pending_validation');
    const read = () =>
      visitor.evaluate(
        (url) => fetch(url, { credentials: 'include' }).then((r) => r.status, String),
        `${api.url}/inbox`,
      );
    await visitor.goto(`${foreign}/frame`);
    expect(await read()).toMatch('TypeError');
  } finally {
    site.close();
    site.closeAllConnections();
  }

  // a link that somebody else has sent, or has found, shows nothing without a key, and less with a lesser one
  for (const path of [`orders/${order}`, `//evil.example/`, `?next=//evil.example`, `%2f%2fevil.example`]) {
    const { page: stranger } = await openConsole(browser, api.url, { path });
    await stranger.locator('input[type=password]').waitFor();
    expect(await stranger.innerText('body')).not.toContain('onerror');
    await stranger.locator('input[type=password]').fill(keyOf('rita'));
    await stranger.keyboard.press('Enter');
    await stranger.locator('input[type=password]').waitFor({ state: 'detached' });
    expect(new URL(stranger.url()).origin).toBe(new URL(api.url).origin);
    await stranger.context().close();
  }
  await page.context().close();
});
