import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { contracts, type Contract } from '../../../src/contracts/json-schema';
import { inspect, PUBLISHED, writeSnapshot } from '../../../src/contracts/snapshot';

const folder = resolve(__dirname, '../../..', PUBLISHED);

/** Fails with the sentences themselves, which tell the remedy. */
function expectNone(sentences: string[]): void {
  if (sentences.length > 0) throw new Error(sentences.join('\n'));
}

describe('the published contracts', () => {
  it('are not broken by the code', () => {
    expectNone(inspect(folder).incompatible);
  });

  it('say what the code says', () => {
    expectNone(inspect(folder).stale.map((sentence) => `${sentence}: run npm run schemas and commit what it writes.`));
  });

  it('compile strictly, each alone', () => {
    for (const file of readdirSync(folder)) {
      const ajv = new Ajv2020({ strict: true });
      addFormats(ajv);
      const schema = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      const validate = ajv.compile(schema);
      for (const example of schema.examples ?? []) expect([file, validate(example)]).toEqual([file, true]);
    }
  });
});

describe('a change of a contract', () => {
  let copy: string;
  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'awe-schemas-'));
    cpSync(folder, copy, { recursive: true });
  });
  afterEach(() => rmSync(copy, { recursive: true }));

  const changed = (change: (contract: Contract) => Contract) =>
    contracts().map((contract) => (contract.name === 'TASK.FAILED' ? change(contract) : contract));
  const withoutStep = (contract: Contract): Contract => {
    const { step: _, ...properties } = contract.schema.properties as Record<string, unknown>;
    return { ...contract, schema: { ...contract.schema, properties, required: ['run', 'error'] } };
  };

  it('that breaks it is told with its remedy, and nothing is written', () => {
    const before = readFileSync(join(copy, 'TASK.FAILED.v1.schema.json'), 'utf8');
    const { incompatible } = writeSnapshot(copy, changed(withoutStep));
    expect(incompatible).toEqual([
      'TASK.FAILED breaks its published version 1: /step was removed. Raise its version to 2 and keep ' +
        'TASK.FAILED.v1.schema.json, then run npm run schemas. (If version 1 was never released, delete its file instead.)',
    ]);
    expect(readFileSync(join(copy, 'TASK.FAILED.v1.schema.json'), 'utf8')).toBe(before);
  });

  it('is fine as a new version beside the old one', () => {
    const next = changed((contract) => ({ ...withoutStep(contract), version: 2 }));
    expect(writeSnapshot(copy, next).incompatible).toEqual([]);
    expect(readdirSync(copy)).toEqual(
      expect.arrayContaining(['TASK.FAILED.v1.schema.json', 'TASK.FAILED.v2.schema.json']),
    );
    expect(inspect(copy, next)).toEqual({ incompatible: [], stale: [] });
  });

  it('that takes a contract away is told', () => {
    const { incompatible } = inspect(
      copy,
      contracts().filter(({ name }) => name !== 'TASK.FAILED'),
    );
    expect(incompatible).toEqual([
      'TASK.FAILED.v1.schema.json is published, but TASK.FAILED is gone from the code: bring it back.',
    ]);
  });

  it('that breaks nothing only makes its file stale', () => {
    const wider = changed((contract) => ({ ...contract, schema: { ...contract.schema, description: 'other words' } }));
    expect(inspect(copy, wider)).toEqual({ incompatible: [], stale: ['TASK.FAILED.v1.schema.json is stale'] });
  });
});
