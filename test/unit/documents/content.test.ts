import * as fc from 'fast-check';
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../../schemas/json';
import type { Ref } from '../../../schemas/refs';
import { createDocuments } from '../../../src/documents/content';
import { canonicalInTurns, canonicalJson, cloneJson, sha256 } from '../../../src/documents/json';
import { INLINE_LIMIT } from '../../../schemas/refs';
import { createValueStore, valuePath } from '../../../src/documents/values';
import { canonical } from '../../../core/canonical';
import { digest } from '../../../core/identity';
import { faulty, temporaryStore } from './support';

const hashOf = (ref: Ref): string => ref.$ref.slice('sha256:'.length);
const big = 'x'.repeat(5000);

describe('canonical JSON', () => {
  const json = fc.jsonValue() as fc.Arbitrary<Json>;

  it('says the same as the value, and the same for equal values whatever the order of their members', () => {
    fc.assert(
      fc.property(json, (value) => {
        const written = canonicalJson(value);
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(written))).toBe(written);
      }),
    );
    expect(canonicalJson({ b: 1, a: { d: [], c: undefined } })).toBe('{"a":{"d":[]},"b":1}');
  });

  it('is the same when it is written in turns', async () => {
    const long = Array.from({ length: 2_500 }, (_, n) => ({ n, b: [n], a: undefined }));
    for (const value of [long, { rows: long, b: 1, a: undefined }, { z: { rows: long } }, [], {}, null, 'x', [long]])
      expect(await canonicalInTurns(value)).toBe(canonicalJson(value));
    await expect(canonicalInTurns({ rows: [...long, Number.NaN] })).rejects.toThrow('NaN');
  });

  it('is the one of which workflows make digests', () => {
    fc.assert(fc.property(json, (value) => expect(canonicalJson(value)).toBe(canonical(value))));
  });

  it('refuses what JSON cannot hold', () => {
    const circle: unknown[] = [];
    circle.push(circle);
    for (const value of [
      NaN,
      Infinity,
      undefined,
      1n,
      new Map(),
      new Date(0),
      () => 1,
      [undefined],
      circle,
      Buffer.from('x'),
    ])
      expect(() => canonicalJson({ value: [value] })).toThrow(expect.objectContaining({ code: 'bad_value' }));
  });

  it('copies a member called __proto__ as any other', () => {
    const value = JSON.parse('{"__proto__": {"admin": true}, "constructor": 1}') as Json;
    const copy = cloneJson(value) as { admin?: boolean };
    expect(copy.admin).toBeUndefined();
    expect(canonicalJson(copy)).toBe(canonicalJson(value));
    expect(canonicalJson(copy)).toContain('__proto__');
  });
});

describe('a value', () => {
  it('is a file named by the hash of its canonical JSON, which is its digest', async () => {
    const { root, store } = await temporaryStore();
    const documents = createDocuments(store);
    const ref = await documents.putValue({ b: 2, a: [1] });
    expect(ref).toEqual({ $ref: digest({ a: [1], b: 2 }), bytes: 15 });
    expect(readFileSync(join(root, valuePath(hashOf(ref))), 'utf8')).toBe('{"a":[1],"b":2}');
    expect(valuePath(hashOf(ref))).toMatch(/^values\/([0-9a-f]{2})\/\1[0-9a-f]{62}\.json$/);
    expect(await documents.putValue({ a: [1], b: 2 })).toEqual(ref);
  });

  it('comes back as it was put, from any process', async () => {
    const { store } = await temporaryStore();
    const [here, there] = [createDocuments(store), createDocuments(store)];
    await fc.assert(
      fc.asyncProperty(fc.jsonValue() as fc.Arbitrary<Json>, async (value) => {
        const ref = await here.putValue(value);
        const again = JSON.parse(JSON.stringify(value)) as Json;
        expect(await here.getValue(ref)).toEqual(again);
        expect(await there.getValue(ref)).toEqual(again);
      }),
      { numRuns: 30 },
    );
  });

  it('that is one member of a file is read by its key alone', async () => {
    const documents = createDocuments((await temporaryStore()).store);
    const ref = await documents.putValue({ a: { x: 1 }, ['__proto__x']: 2 });
    expect(await documents.getValue({ ...ref, key: 'a' })).toEqual({ x: 1 });
    for (const key of ['b', 'toString', '__proto__'])
      await expect(documents.getValue({ ...ref, key })).rejects.toMatchObject({ code: 'not_found' });
    const list = await documents.putValue([1, 2]);
    await expect(documents.getValue({ ...list, key: '0' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('belongs to its reader: changing it changes nothing for others', async () => {
    const documents = createDocuments((await temporaryStore()).store);
    const ref = await documents.putValue({ list: [1] });
    (await documents.getValue(ref)).list.push(2);
    expect(await documents.getValue(ref)).toEqual({ list: [1] });
  });

  it('travels inline up to 2,048 bytes of JSON, and by reference above', async () => {
    const documents = createDocuments((await temporaryStore()).store);
    const exactly = 'é'.repeat((INLINE_LIMIT - 2) / 2);
    expect(await documents.toValue(exactly)).toEqual({ inline: exactly });
    const above = await documents.toValue(`${exactly}.`);
    expect(above).toMatchObject({ ref: { bytes: INLINE_LIMIT + 1 } });
    expect(await documents.fromValue(above)).toBe(`${exactly}.`);
    expect(await documents.fromValue({ inline: 5 })).toBe(5);
  });

  it('that nobody stored, or that somebody changed, is an error of its own', async () => {
    const { root, store } = await temporaryStore();
    const ref = await createDocuments(store).putValue({ big });
    const fresh = createDocuments(store);
    const absent: Ref = { $ref: `sha256:${'0'.repeat(64)}`, bytes: 1 };
    await expect(fresh.getValue(absent)).rejects.toMatchObject({ code: 'not_found', passing: false });
    await expect(fresh.getValue({ $ref: '../../etc/passwd', bytes: 1 })).rejects.toMatchObject({ code: 'bad_path' });
    const file = join(root, valuePath(hashOf(ref)));
    chmodSync(file, 0o640);
    writeFileSync(file, readFileSync(file, 'utf8').replace('x', 'y'));
    await expect(fresh.getValue(ref)).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('of which a disk lost the end is mended when it is put again', async () => {
    const { root, store } = await temporaryStore();
    const documents = createDocuments(store);
    const ref = await documents.putValue({ big });
    writeFileSync(join(root, valuePath(hashOf(ref))), '{"big":');
    await documents.putValue({ big });
    expect(await createDocuments(store).getValue(ref)).toEqual({ big });
  });

  it('is read once for a hundred readers at the same time, and from memory afterwards', async () => {
    const { store } = await temporaryStore();
    let reads = 0;
    const counting = faulty(store, {
      read: (...given) => {
        reads += 1;
        return store.read(...given);
      },
    });
    const ref = await createDocuments(store).putValue({ big });
    const documents = createDocuments(counting);
    await Promise.all(Array.from({ length: 100 }, () => documents.getValue(ref)));
    await documents.getValue(ref);
    expect(reads).toBe(1);
  });

  it('is kept in memory only as long as there is room', async () => {
    const { store } = await temporaryStore();
    let reads = 0;
    const counting = faulty(store, {
      read: (...given) => {
        reads += 1;
        return store.read(...given);
      },
    });
    const documents = createValueStore(counting, { cacheBytes: 1000 });
    const refs = await Promise.all(Array.from({ length: 20 }, (_, i) => documents.putValue(`${i}`.padEnd(98, '.'))));
    for (const ref of refs) await documents.getValue(ref);
    expect(reads).toBe(20);
    await documents.getValue(refs[19]!);
    expect(reads).toBe(20);
    await documents.getValue(refs[0]!);
    expect(reads).toBe(21);
    const large = await documents.putValue('y'.repeat(500));
    await documents.getValue(large);
    await documents.getValue(large);
    expect(reads).toBe(23);
  });

  it('that could not be read is asked for again', async () => {
    const { store } = await temporaryStore();
    const ref = await createDocuments(store).putValue({ big });
    let away = true;
    const documents = createDocuments(
      faulty(store, { read: (...given) => (away ? Promise.reject(new Error('away')) : store.read(...given)) }),
    );
    await expect(documents.getValue(ref)).rejects.toThrow('away');
    away = false;
    expect(await documents.getValue(ref)).toEqual({ big });
  });
});

describe('an artifact', () => {
  const report = { path: 'projects/P1/cost/report.md', bytes: Buffer.from('# Report'), media_type: 'text/markdown' };

  it('is found by its hash and by its path, and putting it again changes nothing', async () => {
    const { root, store } = await temporaryStore();
    const documents = createDocuments(store);
    const ref = await documents.putArtifact(report);
    expect(ref).toEqual({ artifact_id: sha256('# Report'), path: report.path, media_type: 'text/markdown', bytes: 8 });
    expect(await documents.putArtifact(report)).toEqual(ref);
    expect((await documents.readArtifact(ref.artifact_id))?.toString()).toBe('# Report');
    expect((await documents.statArtifact(ref.artifact_id))?.bytes).toBe(8);
    expect((await store.read(report.path))?.toString()).toBe('# Report');
    const inode = (path: string): number => statSync(join(root, path)).ino;
    expect(inode(report.path)).toBe(inode(`artifacts/${ref.artifact_id.slice(0, 2)}/${ref.artifact_id}`));
  });

  it('takes a file in pieces, under a path that its hash may be part of', async () => {
    const { store } = await temporaryStore();
    const documents = createDocuments(store);
    const pieces = async function* () {
      yield Buffer.from('# Re');
      yield Buffer.from('port');
    };
    const put = () =>
      documents.putArtifactStream({
        ...{ body: pieces(), media_type: 'text/markdown', maxBytes: 8, pathOf: (id) => `r/${id.slice(0, 4)}/a.md` },
      });
    const ref = await put();
    expect(ref).toEqual({
      ...(await documents.putArtifact({ ...report, bytes: Buffer.from('# Report') })),
      path: ref.path,
      media_type: ref.media_type,
    });
    expect((await store.read(ref.path))?.toString()).toBe('# Report');
    expect(await put()).toEqual(ref);
  });

  it('keeps nothing of a file that is too large or breaks off', async () => {
    const { store } = await temporaryStore();
    const documents = createDocuments(store);
    const broken = new Error('the source broke off');
    const pieces = async function* () {
      yield Buffer.from('# Report');
      throw broken;
    };
    const put = (maxBytes: number) =>
      documents.putArtifactStream({ body: pieces(), media_type: 'text/plain', maxBytes, pathOf: () => 'r/a.md' });
    await expect(put(7)).rejects.toMatchObject({ code: 'too_large' });
    await expect(put(8)).rejects.toBe(broken);
    expect((await store.list('')).paths).toEqual([]);
  });

  it('is put once by many at the same time', async () => {
    const documents = createDocuments((await temporaryStore()).store);
    const refs = await Promise.all(Array.from({ length: 20 }, () => documents.putArtifact(report)));
    expect(new Set(refs.map((ref) => ref.artifact_id)).size).toBe(1);
  });

  it('of the same size but other content at the same path is a conflict, and what lies there stays', async () => {
    const { store } = await temporaryStore();
    const documents = createDocuments(store);
    await documents.putArtifact(report);
    await expect(documents.putArtifact({ ...report, bytes: Buffer.from('# Rapport') })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(documents.putArtifact({ ...report, bytes: Buffer.from('# rEPORT') })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await store.read(report.path))?.toString()).toBe('# Report');
  });

  it('may have two paths', async () => {
    const { store } = await temporaryStore();
    const documents = createDocuments(store);
    const [one, two] = [
      await documents.putArtifact(report),
      await documents.putArtifact({ ...report, path: 'exports/r.md' }),
    ];
    expect(one.artifact_id).toBe(two.artifact_id);
    expect((await store.read('exports/r.md'))?.toString()).toBe('# Report');
  });

  it.each([
    'records/run.json',
    'Ledger/audit/1.json',
    'idempotency/x',
    'values/ab/x',
    '.hidden/x',
    '../x',
    'artifacts/x',
  ])('cannot lie at %s', async (path) => {
    const { root, store } = await temporaryStore();
    await expect(createDocuments(store).putArtifact({ ...report, path })).rejects.toMatchObject({ code: 'bad_path' });
    expect(existsSync(join(root, 'artifacts'))).toBe(false);
  });

  it('that somebody edited in place is not handed out as the artifact it was', async () => {
    const { root, store } = await temporaryStore();
    const documents = createDocuments(store);
    const { artifact_id } = await documents.putArtifact(report);
    writeFileSync(join(root, report.path), '# REPORT');
    await expect(documents.readArtifact(artifact_id)).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('that is not there is undefined, and an id is checked', async () => {
    const documents = createDocuments((await temporaryStore()).store);
    expect(await documents.readArtifact('0'.repeat(64))).toBeUndefined();
    expect(await documents.statArtifact('0'.repeat(64))).toBeUndefined();
    expect(await documents.streamArtifact('0'.repeat(64))).toBeUndefined();
    await expect(documents.readArtifact('../secret')).rejects.toMatchObject({ code: 'bad_path' });
  });
});
