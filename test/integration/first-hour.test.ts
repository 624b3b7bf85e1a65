/** The tour of the README, as a newcomer pastes it: block after block, twice, on other ports than the usual ones. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../../src/config';
import { createCheckout, type Checkout } from '../support/checkout';

/** Exit code of curl when its `--max-time` is over. */
const CURL_TIMED_OUT = 28;

/** The blocks of the tour, from `make up` to `make down`. */
function tourBlocks(): string[] {
  const readme = readFileSync(join(findProjectRoot(), 'README.md'), 'utf8');
  const tour = readme.split('## A tour of five minutes')[1]?.split('\n## ')[0] ?? '';
  return [...tour.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block ?? '');
}

let checkout: Checkout;
beforeAll(async () => {
  checkout = await createCheckout();
});
afterAll(() => checkout.remove());

it('every block does what the page says, and does it again', async () => {
  const blocks = tourBlocks();
  expect([blocks.length, blocks[0], blocks.at(-1)]).toEqual([
    expect.any(Number),
    expect.stringContaining('make up'),
    'make down\n',
  ]);
  const told = (block: string, i: number) => `echo '== block ${i}'\n${block}printf '\\n== ended %s\\n' $?\n`;
  const once = blocks.slice(0, -1).map(told).join('');
  for (const time of [1, 2]) {
    const out = await checkout.shell(once);
    const codes = [...out.matchAll(/^== ended (\d+)$/gm)].map(([, code]) => Number(code));
    expect([time, codes.length]).toEqual([time, blocks.length - 1]);
    expect(codes.filter((code) => code !== 0 && code !== CURL_TIMED_OUT)).toEqual([]);
    expect(out).not.toMatch(/"type":"[^"]*problem|"status":(4|5)\d\d|not found|Error|error:/);
    for (const sign of [
      'CLARIFICATION.REQUESTED',
      'report.md',
      '"status":"cancelled"',
      'exported',
      'all as written',
      'identical: sha256:',
    ])
      expect(out).toContain(sign);
  }
});
