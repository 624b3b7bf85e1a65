/** A workflow from its first line to its run, in the console. */
import type { Browser, Page } from 'playwright-core';
import type { RunningApi } from '../../../api/server';
import type { Executions } from '../../../schemas/definition/api';
import { accessibilityFaults, openConsole, startBrowser } from '../../support/browser';
import { callsOf } from '../../support/http-calls';
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

const { call, put } = callsOf(() => api.url);

const WRITTEN = [
  'id: greeting',
  'name: Greeting',
  'input_schema: { type: object, required: [name], properties: { name: { type: string } } }',
  'steps:',
  '- step_id: greet',
  '  step_type: transfrom',
  "  parameters: { text: 'Hello ${{ input.name }}' }",
];

/** Puts a text in place of all that stands in the editor; what it does by itself while somebody types is left out. */
async function write(page: Page, text: string): Promise<void> {
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
}

it('shows a fault at its line; mended, the workflow is kept, tried and run', async () => {
  const { page, faults } = await openConsole(browser, api.url, { path: 'definitions/new' });
  await write(page, WRITTEN.join('\n'));
  const fault = page.getByRole('button', { name: /^Line 6: / });
  await fault.click();
  await page.locator('.cm-lint-marker-error').waitFor();
  expect(await page.locator('.cm-activeLine').textContent()).toContain('transfrom');
  expect(await accessibilityFaults(page)).toEqual([]);

  await write(page, WRITTEN.join('\n').replace('transfrom', 'transform'));
  await page.getByText('No faults: it can run.').waitFor();
  await page.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL(`${api.url}/console/definitions/greeting`);

  await page.getByRole('tab', { name: 'Try it' }).click();
  const trial = page.getByRole('tabpanel', { name: 'Try it' });
  await trial.getByLabel('name').fill('Ann');
  await trial.getByRole('button', { name: 'Simulate' }).click();
  await trial.getByText('It completes').waitFor();
  expect(await trial.getByLabel('Result').textContent()).toContain('Hello Ann');
  expect(await accessibilityFaults(page)).toEqual([]);

  await page.getByRole('tab', { name: 'Run it' }).click();
  const run = page.getByRole('tabpanel', { name: 'Run it' });
  await run.getByRole('button', { name: 'Run' }).click();
  await run.getByText('/input_data/name').waitFor();
  await run.getByLabel('name').fill('Bob');
  await run.getByRole('button', { name: 'Run' }).click();
  await page.waitForURL(/\/console\/runs\//);
  await until(async () => {
    const { body } = await call<Executions>('/api/v1/executions?workflow=greeting&status=completed');
    return body.executions.length === 1;
  });
  expect(faults).toEqual([]);
});

it('shows what somebody else has changed meanwhile, and saves over it only when told to', async () => {
  const { page } = await openConsole(browser, api.url, { path: 'definitions/greeting' });
  const theirs = { step_id: 'greet', step_type: 'transform', parameters: { text: 'Theirs' } };
  await page.locator('.cm-content').getByText('Hello').first().waitFor();
  await put('/api/v1/workflows/greeting', { name: 'Greeting', steps: [theirs] });
  await write(page, WRITTEN.join('\n').replace('transfrom', 'transform').replace('Hello', 'Mine'));
  await page.getByText('No faults: it can run.').waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('has saved version 2 meanwhile').waitFor();
  expect(await page.getByLabel('after').first().textContent()).toContain('Theirs');
  await page.getByRole('button', { name: 'Save mine over it' }).click();
  await page.getByText('Saved as version 3.').waitFor();
  const { body: kept } = await call<{ version: number }>('/api/v1/workflows/greeting');
  expect(kept.version).toBe(3);
  expect(JSON.stringify(kept)).toContain('Mine');
});
