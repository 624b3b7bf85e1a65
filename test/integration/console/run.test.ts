/** An approver of plans at work in the console, with the keyboard alone. */
import type { Browser } from 'playwright-core';
import type { RunningApi } from '../../../api/server';
import type { Job } from '../../../schemas/job/api';
import type { WrittenStep } from '../../../schemas/plan';
import { accessibilityFaults, openConsole, startBrowser } from '../../support/browser';
import { startServed } from '../../support/served';
import type { Stack } from '../../support/stack';
import { until } from '../../support/until';

let stack: Stack;
let api: RunningApi;
let browser: Browser;
beforeAll(async () => {
  [{ stack, api }, browser] = await Promise.all([startServed(), startBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await api.stop();
  await stack.stop();
});

const post = (path: string, body: object) =>
  fetch(api.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const jobOf = async (id: string) => (await (await fetch(`${api.url}/jobs/${id}`)).json()) as Job;
const work = (id: string, from = id): WrittenStep => ({ id, kind: 'tool', uses: 'test.work', with: { from } });

it('a plan that changes under the eyes of its approver is shown and asked about again', async () => {
  const plan = { name: 'shown', steps: [work('gather'), work('write')] };
  await post('/jobs', { job_id: 'shown', goal: 'Write it down', plan, mode: 'plan' });
  await until(async () => (await jobOf('shown')).questions.length === 1);
  const { page, faults } = await openConsole(browser, api.url, { path: 'jobs/shown' });
  await page.getByRole('button', { name: 'Approve' }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);

  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('version 1 of the plan').waitFor();
  const replanned = { name: 'shown', steps: [work('gather'), work('write', 'anew'), work('check')] };
  await post('/jobs/shown/replan', { plan: replanned });
  await until(async () => (await jobOf('shown')).questions[0]?.approval_id === 'plan-2');
  await page.keyboard.press('Control+Enter');

  await dialog.getByText('New since version 1').waitFor();
  expect(await dialog.innerText()).toMatch(/Something else is asked by now.*added\s+check.*changed\s+write.*anew/s);
  expect((await jobOf('shown')).approved).toBeUndefined();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  await until(async () => (await jobOf('shown')).status === 'completed');
  expect(await jobOf('shown')).toMatchObject({ approved: { version: 2 }, decisions: [{ choice: 'approve' }] });

  await page.keyboard.press('g');
  await page
    .getByRole('region', { name: /what they wait for/ })
    .getByText('check')
    .waitFor();
  expect(page.url()).toMatch('view=graph');
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(faults).toEqual([]);
});
