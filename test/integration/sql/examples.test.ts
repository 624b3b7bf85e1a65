/** The SQL steps of docs/tools.md run, those that make what the others read before them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Step } from '../../../schemas/plan';
import { findProjectRoot } from '../../../src/config';
import { sqlBench, type SqlBench } from './support';

const page = readFileSync(join(findProjectRoot(), 'docs', 'tools.md'), 'utf8');
const steps = [...page.matchAll(/^```json\n(.*?)^```$/gms)]
  .map(([, text = '']) => JSON.parse(text) as Step)
  .filter(({ uses = '' }) => /^(sql\.|database_)/.test(uses))
  .sort((a, b) => Number(b.uses === 'sql.insert') - Number(a.uses === 'sql.insert'));

let bench: SqlBench;
beforeAll(async () => void (bench = await sqlBench()));
afterAll(() => bench.close());

const expected: Record<string, object> = {
  customers_stored: { inserted: 2 },
  customers_of_city: { rows: [{ id: 1, name: 'Ann', city: 'Lyon' }], complete: true },
  customers_file: { row_count: 2, file: { path: expect.stringMatching(/customers\.csv$/) } },
  customer_moved: { row_count: 1, rows: [{ id: 1, city: 'Lyon' }] },
};

it.each(steps.map((step): [string, Step] => [step.id, step]))(
  '%s runs, in a simulation and in earnest',
  async (id, { uses = '', with: args = {} }) => {
    const scope = { input: { inline: { city: 'Lyon' } }, steps: {} };
    for (const mode of ['simulate', 'live'] as const) {
      const output = await bench.run(uses, {}, { mode, arguments: { template: { inline: args }, scope } });
      if (mode === 'live') expect(output).toMatchObject(expected[id] ?? { id: 'without an expectation' });
    }
  },
);
