/** A clerk's morning in a browser, and what others do meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { RunningApi } from '../../../api/server';
import type { OrderDetail } from '../../../schemas/order/api';
import { accessibilityFaults, openConsole, startBrowser } from '../../support/browser';
import { keyOf, writeKeys } from '../../support/keys';
import { startServed } from '../../support/served';
import type { Stack } from '../../support/stack';
import { until } from '../../support/until';

let stack: Stack;
let api: RunningApi;
let browser: Browser;

beforeAll(async () => {
  const file = writeKeys({ clara: ['requester', 'approver'], otto: ['approver'], rita: ['requester'] });
  ({ stack, api } = await startServed({ env: { AWE_API_KEYS_FILE: file } }));
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await api.stop();
  await stack.stop();
});

async function call<T>(who: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<T> {
  const answer = await fetch(api.url + path, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${keyOf(who)}`, 'content-type': 'application/json', ...headers },
    body: body && JSON.stringify(body),
  });
  return (await answer.json()) as T;
}

const SCRIPT = '<img src=x onerror="document.title=1">';

/** An order that waits, without a fault that blocks it. */
async function handIn(subject: string): Promise<string> {
  const order = {
    ...{ from_email: 'shop@example.com', subject, delivery_address: '1 Main St', delivery_date: '2027-01-15' },
    files: [
      { name: 'order.csv', text: 'Reference;Description;Quantity;Unit price\nA-1;Chair;2;10.50\nA-2;Table;1;99.00\n' },
    ],
  };
  const { order_id } = await call<{ order_id: string }>('rita', '/orders/inbox', order);
  const read = () => call<OrderDetail>('rita', `/orders/${order_id}`);
  for (;;) {
    await until(async () => (await read()).status === 'pending_validation');
    if ((await read()).blocking === 0) return order_id;
    // a busy machine has not read its file in time
    await call('otto', `/orders/${order_id}/read-again`, { comment: 'it was not read in time' });
    await sleep(1_000);
  }
}
const statusOf = async (id: string) => (await call<OrderDetail>('rita', `/orders/${id}`)).status;

const rows = (page: Page) => page.getByRole('row').filter({ has: page.getByRole('checkbox') });

/** Moves to the row with this text by keys. */
async function moveTo(page: Page, text: string): Promise<void> {
  await rows(page).filter({ hasText: text }).waitFor();
  const shown = await rows(page).evaluateAll((all) =>
    all.map((row) => ({ text: row.textContent ?? '', isCurrent: row.getAttribute('aria-selected') === 'true' })),
  );
  const steps = shown.findIndex((row) => row.text.includes(text)) - shown.findIndex(({ isCurrent }) => isCurrent);
  for (let i = 0; i < Math.abs(steps); i++) await page.keyboard.press(steps > 0 ? 'j' : 'k');
  await page.locator('[aria-selected=true]', { hasText: text }).waitFor();
}

it('three orders: one approved by a key, one rejected with a reason, one that somebody else was faster with', async () => {
  const good = await handIn('Chairs for spring');
  const bad = await handIn(`Withdrawn ${SCRIPT}`);
  const raced = await handIn('Tables for summer');
  const { page, faults } = await openConsole(browser, api.url, { path: 'inbox', key: keyOf('clara') });
  await until(async () => (await rows(page).count()) === 3);
  expect(await page.title()).toBe('(3) Inbox · AWE');

  await moveTo(page, 'Chairs for spring');
  await page.keyboard.press('a');
  await page.getByText(/Sent in 5 seconds/).waitFor();
  await page.keyboard.press('u');
  await page.getByText('nothing was sent').waitFor();
  expect(await statusOf(good)).toBe('pending_validation');
  await page.reload();
  await moveTo(page, 'Chairs for spring');
  await page.keyboard.press('a');
  await until(async () => ['approved', 'exported'].includes(await statusOf(good)));

  await moveTo(page, 'Withdrawn');
  await page.keyboard.press('r');
  await page.getByRole('dialog').getByRole('textbox').fill('The customer has withdrawn it.');
  await page.keyboard.press('Control+Enter');
  await until(async () => (await statusOf(bad)) === 'rejected');

  const shown = await fetch(`${api.url}/orders/${raced}`, { headers: { authorization: `Bearer ${keyOf('otto')}` } });
  const digest = shown.headers.get('etag') ?? '';
  await moveTo(page, 'Tables for summer');
  await page.keyboard.press('a');
  await call('otto', `/orders/${raced}/reject`, { reason: 'out of stock' }, { 'if-match': digest });
  await until(async () => (await statusOf(raced)) === 'rejected');
  const told = page.getByRole('alert').filter({ hasText: 'Tables for summer', hasNotText: 'Sent in 5 seconds' });
  await told.filter({ hasText: 'otto has decided already' }).waitFor();

  await page.getByText('Decided lately').click();
  const decided = page.getByRole('row').filter({ hasText: 'otto' });
  await decided.waitFor();
  expect(await page.title()).toMatch(/Inbox/);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('whoever may not decide sees why; nobody but who is signed in sees anything', async () => {
  const id = await handIn('Lamps');
  const { page } = await openConsole(browser, api.url, { path: 'inbox?q=Lamps', key: keyOf('rita') });
  await page.getByLabel(/role approver/).waitFor();
  const view = async (name: string) => {
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await view('Keep these filters');
  await page.goto(`${api.url}/console/inbox`);
  await view('“Lamps”');
  await page.waitForURL('**/inbox?q=Lamps');
  expect(await page.getByLabel('Search').inputValue()).toBe('Lamps');
  await moveTo(page, 'Lamps');
  await page.keyboard.press('a');
  await page.waitForURL(`**/console/orders/${id}`);
  await page.getByRole('button', { name: 'You' }).click();
  await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
  await page.locator('input[type=password]').waitFor();
  expect(await page.evaluate(async () => (await fetch('/inbox')).status)).toBe(401);
  await page.context().close();
});

it('two people decide on the same thing in two browsers: one counts, and the other is told who was faster', async () => {
  const id = await handIn('Contested');
  const open = (who: string) => openConsole(browser, api.url, { path: 'inbox?q=Contested', key: keyOf(who) });
  const [{ page: clara, faults }, { page: otto }] = await Promise.all([open('clara'), open('otto')]);
  await Promise.all([clara, otto].map((page) => moveTo(page, 'Contested')));
  await otto.keyboard.press('r');
  await otto.getByRole('dialog').getByRole('textbox').fill('Out of stock.');
  await Promise.all([clara.keyboard.press('a'), otto.keyboard.press('Control+Enter')]);
  await until(async () => ['exported', 'rejected'].includes(await statusOf(id)));
  const isApproved = (await statusOf(id)) === 'exported';
  const [slower, faster] = isApproved ? [otto, 'clara'] : [clara, 'otto'];
  await slower.getByText(`${faster} has decided already`).waitFor();
  const { decisions } = await call<OrderDetail>('rita', `/orders/${id}`);
  expect(decisions.map(({ by }) => by)).toEqual([faster]);
  expect(faults).toEqual([]);
  await Promise.all([clara, otto].map((page) => page.context().close()));
});

it.each([
  ['light', 'en-GB', 1280],
  ['dark', 'fr-FR', 360],
] as const)(
  'home, inbox and sign-in have no fault for readers of any kind (%s, %s, %i px)',
  async (colorScheme, locale, width) => {
    const options = { colorScheme, locale, viewport: { width, height: 800 } };
    const { page, faults } = await openConsole(browser, api.url, { ...options, path: 'inbox' });
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.locator('input[type=password]').fill(keyOf('clara'));
    await page.keyboard.press('Enter');
    await page.getByRole('table').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.goto(`${api.url}/console/`);
    await page.getByRole('table').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    expect(faults).toEqual([]);
    await page.context().close();
  },
);
