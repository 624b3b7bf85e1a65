/** An order in a browser: read beside its sheet, corrected and approved by the keyboard alone, and changed by others meanwhile. */
import { Workbook } from 'exceljs';
import type { Browser, Page } from 'playwright-core';
import type { RunningApi } from '../../../api/server';
import type { OrderAccepted, OrderDetail } from '../../../schemas/order/api';
import { accessibilityFaults, openConsole, startBrowser } from '../../support/browser';
import { startServed } from '../../support/served';
import type { Stack } from '../../support/stack';
import { until } from '../../support/until';

let stack: Stack;
let api: RunningApi;
let browser: Browser;

beforeAll(async () => {
  ({ stack, api } = await startServed());
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  await api.stop();
  await stack.stop();
});

const orderOf = async (id: string) => (await (await fetch(`${api.url}/orders/${id}`)).json()) as OrderDetail;

/** An order with five odd fields: no address, no day, a negative quantity, a missing one, and a unit that nobody knows. */
async function oddOrder(): Promise<string> {
  const book = new Workbook();
  const sheet = book.addWorksheet('Bon de commande');
  sheet.addRow(['Commande BC-17']);
  sheet.mergeCells('A1:D1');
  sheet.addRow(['Référence', 'Désignation', 'Quantité', 'Unité']);
  sheet.addRow(['A-417', 'Cahier <b>A5</b>', 12, 'pcs']);
  sheet.addRow(['A-418', 'Stylo', -3, 'pcs']);
  sheet.addRow(['A-419', 'Gomme', null, 'pcs']);
  sheet.addRow(['A-420', 'Règle', 10, 'zorg']);
  const form = new FormData();
  form.set('from_email', 'achats@example.com');
  form.set('subject', 'Commande BC-17');
  form.append('files', new Blob([await book.xlsx.writeBuffer()]), 'bon.xlsx');
  // a reader that has just been started may be too slow on a busy machine
  for (;;) {
    const answer = await fetch(`${api.url}/orders/inbox`, { method: 'POST', body: form });
    const { order_id } = (await answer.json()) as OrderAccepted;
    await until(async () => (await orderOf(order_id)).question !== undefined);
    if ((await orderOf(order_id)).draft?.lines.length === 4) return order_id;
  }
}

/** Hands on a keyboard, which count what they press. */
function handsOn(page: Page) {
  let count = 0;
  return {
    get count() {
      return count;
    },
    async press(...keys: string[]) {
      for (const key of keys) await page.keyboard.press(key);
      count += keys.length;
    },
    async type(text: string) {
      await page.keyboard.type(text);
      count += text.length;
    },
  };
}

/** The field that has the focus, by its label. */
const isAt = async (page: Page, label: string) =>
  await until(async () => await page.getByLabel(label, { exact: true }).evaluate((one) => one.matches(':focus')));

async function openOrder(id: string, options = {}) {
  const opened = await openConsole(browser, api.url, { path: `orders/${id}`, ...options });
  await opened.page.locator('[id="field-delivery.address"]').waitFor();
  return opened;
}

it('five odd fields are corrected and approved by 41 keys, in less than a minute', async () => {
  const id = await oddOrder();
  const { page, faults } = await openOrder(id);
  const begun = Date.now();
  const hands = handsOn(page);
  await hands.press('e');
  await isAt(page, 'Delivery address');
  await hands.type('12 rue des Lilas, Lyon');
  await hands.press('Tab');
  await hands.type('31.3.2999');
  await hands.press('Tab');
  await isAt(page, 'Quantity, Line L2');
  await page.locator('.order-cell[data-shown]', { hasText: '-3' }).waitFor();
  await page.getByText('line.quantity_negative').waitFor();
  await hands.type('3');
  await hands.press('Tab');
  await hands.type('7');
  await hands.press('Tab', 'Control+.', 'Control+Enter');
  const summary = page.getByRole('dialog').getByRole('row');
  await summary.filter({ hasText: /L2 · Quantity.*-3.*3/ }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await hands.press('Enter');
  await until(async () => (await orderOf(id)).status === 'exported');

  expect(hands.count).toBe(41);
  expect(Date.now() - begun).toBeLessThan(60_000);
  const { draft } = await orderOf(id);
  expect(draft?.delivery).toMatchObject({
    address: { value: '12 rue des Lilas, Lyon' },
    date: { value: '2999-03-31' },
  });
  expect(draft?.lines.map(({ quantity }) => quantity?.value)).toEqual(['12', '3', '7', '10']);
  await page.getByText('exported').waitFor();
  await page.getByRole('tab', { name: 'Files' }).click();
  await page.getByRole('link', { name: `Download ${id}.csv` }).waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

it('what somebody else changes meanwhile overwrites nothing, and is shown before an approval counts', async () => {
  const id = await oddOrder();
  const { page, faults } = await openOrder(id);
  await page.keyboard.press('e');
  await page.keyboard.type('12 rue des Lilas, Lyon');
  const body = JSON.stringify({ delivery: { date: '2999-03-31' }, lines: [{ line_id: 'L1', quantity: '99' }] });
  const headers = { 'content-type': 'application/json' };
  expect((await fetch(`${api.url}/orders/${id}/correct`, { method: 'POST', headers, body })).status).toBe(200);
  await page.getByText('Somebody has changed this order').waitFor();
  await isAt(page, 'Delivery address');
  expect(await page.getByLabel('Delivery address', { exact: true }).inputValue()).toBe('12 rue des Lilas, Lyon');
  expect(await page.getByLabel('Quantity, Line L1').inputValue()).toBe('12');

  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Approve', exact: true }).last().waitFor();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Nothing has been decided').waitFor();
  await dialog
    .getByRole('row')
    .filter({ hasText: /L1 · Quantity.*12.*99/ })
    .waitFor();
  expect((await orderOf(id)).draft?.version).toBe(2);

  // now it is asked about what is there, which two quantities still block
  await page.keyboard.press('Control+Enter');
  const left = page.getByRole('alert').filter({ hasText: '2 faults still block it' });
  await left.waitFor();
  await left.getByRole('button').first().press('Enter');
  await isAt(page, 'Quantity, Line L2');
  expect(await page.getByLabel('Quantity, Line L1').inputValue()).toBe('99');
  await page.getByRole('tab', { name: 'History' }).click();
  await page
    .getByRole('row')
    .filter({ hasText: /L1 · Quantity.*12.*99/ })
    .waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

it.each([
  ['light', 'en-GB', 1280, ['', '?tab=history']],
  ['dark', 'fr-FR', 360, ['', '?pane=sheet', '?tab=files']],
] as const)(
  'an order has no fault for readers of any kind (%s, %s, %i px)',
  async (colorScheme, locale, width, places) => {
    const id = await oddOrder();
    const { page, faults } = await openOrder(id, { colorScheme, locale, viewport: { width, height: 800 } });
    for (const place of [...places.map((part) => `/${id}${part}`), '']) {
      await page.goto(`${api.url}/console/orders${place}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    }
    expect(faults).toEqual([]);
    await page.context().close();
  },
);
