import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Type } from 'typebox';
import { findByKey, watchKeys } from '../../../src/access/keys-file';

const dir = mkdtempSync(join(tmpdir(), 'awe-keys-'));
const file = join(dir, 'keys.json');
afterAll(() => rmSync(dir, { recursive: true }));
afterEach(() => jest.restoreAllMocks());

const write = (...keys: string[]) => {
  writeFileSync(file, JSON.stringify({ keys: keys.map((key) => createHash('sha256').update(key).digest('hex')) }));
  utimesSync(file, 1, 1);
};
const faults: unknown[] = [];
const watch = () =>
  watchKeys({
    file,
    what: 'file of keys',
    schema: Type.Object({ keys: Type.Array(Type.String()) }),
    keysOf: ({ keys }) => keys.map((hash) => ({ hash: Buffer.from(hash, 'hex') })),
    remedy: 'Mend it.',
    log: { error: (...args: unknown[]) => void faults.push(args) },
  });

test('a file with the hash of nothing is refused: an empty key would open the door', async () => {
  write('one', '');
  await expect(watch()).rejects.toThrow(/\/keys\/1\/sha256 is the hash of nothing/);
});

test('a changed file is read again, though it looks as old and as long as before', async () => {
  write('one');
  const current = await watch();
  const later = (seconds: number) => jest.spyOn(Date, 'now').mockReturnValue(Date.now() + seconds * 1_000);
  write('two');
  expect(findByKey(await current(), 'one')).toBeDefined();
  later(6);
  expect(findByKey(await current(), 'one')).toBeUndefined();
  expect(findByKey(await current(), 'two')).toBeDefined();
  write('');
  later(6);
  expect(findByKey(await current(), 'two')).toBeDefined();
  expect(faults).toHaveLength(1);
});
