/** The console in a real browser. */
import AxeBuilder from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { ensureChromium } from '../../src/local/chromium';

export const startBrowser = async (): Promise<Browser> =>
  await chromium.launch({
    executablePath: await ensureChromium((line) => process.stderr.write(`${line}\n`)),
    // the tests run as root, in containers with little shared memory
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });

export interface OpenOptions extends BrowserContextOptions {
  /** below `/console/` */
  path?: string;
  /** an API key to sign in with */
  key?: string;
}

export interface OpenedConsole {
  page: Page;
  /** what has gone wrong in the page: errors, and what its policy has stopped */
  faults: string[];
}

/** Opens a page of the console as somebody new: in a context of its own, in English unless said otherwise. */
export async function openConsole(
  browser: Browser,
  url: string,
  { path = '', key, ...options }: OpenOptions = {},
): Promise<OpenedConsole> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // what the API refuses is the browser's error too; the page shows it, and its test asks for it
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) faults.push(message.text());
  });
  await page.goto(`${url}/console/${path}`);
  if (key !== undefined) {
    await page.locator('input[type=password]').fill(key);
    await page.locator('button[type=submit]').click();
    await page.locator('input[type=password]').waitFor({ state: 'detached' });
  }
  await page.getByRole('heading', { level: 1 }).waitFor();
  return { page, faults };
}

/** Violations of WCAG 2.2 AA in what a page shows, a line each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${help} at ${target.join(' ')}: ${html.slice(0, 160)}`),
  );
}
