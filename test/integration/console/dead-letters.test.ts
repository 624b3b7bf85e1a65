/** Dead letters in a browser: looked at, sent again, thrown away by a filter after a dry run, with who did it. */
import type { Browser } from 'playwright-core';
import type { RunningApi } from '../../../api/server';
import type { Redis } from '../../../src/redis/connection';
import { createKeys, type Keys } from '../../../src/redis/keys';
import { accessibilityFaults, openConsole, startBrowser } from '../../support/browser';
import { keyOf, writeKeys } from '../../support/keys';
import { startServed } from '../../support/served';
import type { Stack } from '../../support/stack';
import { die, foreignIds, letter, openRedis } from '../dlq/fixture';

let stack: Stack;
let api: RunningApi;
let browser: Browser;
let redis: Redis;
let keys: Keys;

beforeAll(async () => {
  const file = writeKeys({ operator: ['operator'], auditor: ['auditor'] });
  ({ stack, api } = await startServed({ env: { AWE_API_KEYS_FILE: file } }));
  ({ redis } = await openRedis());
  keys = createKeys(stack.config.streams);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  redis?.disconnect();
  await api?.stop();
  await stack?.stop();
});
beforeEach(async () => {
  const refused = { error: { class: 'http.status', message: 'answered 404' } };
  await redis.del(keys.dlq);
  await die(redis, keys, [
    letter(keys, 'refused-0', refused),
    letter(keys, 'refused-1', refused),
    letter(keys, 'wrong-0', { stage: 'schema', error: { class: 'event.schema', message: 'it breaks its contract' } }),
    letter(keys, 'late-0', { error: { class: 'http.timeout', message: 'no answer' } }),
  ]);
});

test('an operator sends one letter again, and discards others by a filter once the dry run has said what would happen', async () => {
  const { page, faults } = await openConsole(browser, api.url, { path: 'dead-letters', key: keyOf('operator') });
  const dialog = page.getByRole('dialog');

  await page.getByRole('row', { name: /event\.schema/ }).click();
  const fault = page.locator('mark').first();
  await fault.waitFor();
  expect(await fault.textContent()).toContain('"project_id"');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Send this one again…' }).click();
  await dialog.getByText('One dead letter would be taken out').waitFor();
  expect(await redis.xlen(keys.dlq)).toBe(4);
  await dialog.getByRole('textbox').fill('the contract was wrong');
  await dialog.getByRole('button', { name: 'Send 1 again' }).click();
  await dialog.getByText('Done: 1.').waitFor();
  expect(await foreignIds(redis, keys)).toContain('wrong-0');
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  await page.getByRole('textbox', { name: 'Reason' }).fill('http.status');
  await page.waitForURL(/error_class=http\.status/);
  await page.getByRole('row', { name: /http\.timeout/ }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Discard all that match…' }).click();
  await dialog.getByText('2 dead letters would be removed for good.').waitFor();
  await dialog.getByRole('button', { name: 'Discard 2' }).click();
  await dialog.getByText('Say why: it is kept with your name.').waitFor();
  await dialog.getByRole('textbox').fill('the partner is gone');
  await dialog.getByRole('button', { name: 'Discard 2' }).click();
  await dialog.getByText('Done: 2.').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  expect(await redis.xlen(keys.dlq)).toBe(1);
  await page.getByRole('row', { name: /operator.*discarded.*the partner is gone/ }).waitFor();
  await page.getByText('No dead letter matches these filters.').waitFor();
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByRole('row', { name: /http\.timeout/ }).waitFor();
  expect(faults).toEqual([]);
});

test('an auditor sees them, and why the buttons do nothing for an auditor', async () => {
  const { page } = await openConsole(browser, api.url, { path: 'dead-letters', key: keyOf('auditor') });
  const button = page.getByRole('button', { name: 'Discard all that match…' });
  await button.waitFor();
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  await button.hover();
  await page.getByText('This needs the role operator / admin').waitFor();
});
