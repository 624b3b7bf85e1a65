import { readFileSync, renameSync, rmSync, writeFileSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerEntry } from '../../../schemas/ledger';
import { bytesOf, createLedger, entryPath, hashOf, type Decided } from '../../../src/ledger/ledger';
import { verifyLedgers, type KnownHead } from '../../../src/ledger/verify';
import { faulty, temporaryStore } from '../documents/support';

const decided = (n: number, more: Partial<Decided> = {}): Decided => ({
  ...{ process: 'order', workflow_id: `ns.order.${n}`, subject: `O-${n}`, approval_id: 'validation' },
  ...{ decision_id: `d-${n}`, choice: 'approve', by: 'ann', channel: 'api', verified: true, comment: 'é' },
  ...{ shown: 'sha256:1', outcome: 'sha256:2', decided_at: new Date().toISOString(), ...more },
});

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

async function ledgerOf(count: number) {
  const { root, store } = await temporaryStore();
  const ledger = createLedger(store);
  for (const n of upTo(count)) await ledger.append(decided(n));
  const file = (n: number) => join(root, entryPath('order', n));
  const entry = (n: number) => JSON.parse(readFileSync(file(n), 'utf8')) as LedgerEntry;
  const faults = async (known: KnownHead[] = []) =>
    (await verifyLedgers(store, known)).flatMap((report) => report.faults.map(({ n, code }) => `${n} ${code}`));
  return { root, store, ledger, file, entry, faults };
}

describe('appending', () => {
  it('makes one chain of which each entry follows the one before', async () => {
    const { store, entry } = await ledgerOf(5);
    for (const n of [2, 3, 4, 5]) expect(entry(n).previous).toBe(entry(n - 1).hash);
    expect(await verifyLedgers(store, [])).toMatchObject([
      { process: 'order', entries: 5, head: { n: 5 }, faults: [] },
    ]);
  });

  it('by several at once still makes one chain, with every decision in it once', async () => {
    const { store } = await temporaryStore();
    const writers = upTo(6).map(() => createLedger(store));
    const heads = await Promise.all(
      writers.flatMap((ledger, w) => upTo(8).map((i) => ledger.append(decided(w * 8 + i)))),
    );
    expect(heads.map(({ n }) => n).sort((a, b) => a - b)).toEqual(upTo(48));
    expect(await verifyLedgers(store, [])).toMatchObject([{ entries: 48, faults: [] }]);
  });

  it('the same decision again, later or at once and by others, gives the entry that is there', async () => {
    const { store, ledger } = await ledgerOf(3);
    const one = decided(2, { decided_at: new Date(Date.now() - 60_000).toISOString() });
    const others = upTo(5).map(() => createLedger(store));
    const heads = await Promise.all([ledger, ...others].map((each) => each.append(one)));
    expect(heads.map(({ n }) => n)).toEqual(Array(6).fill(2));
    const fresh = decided(9);
    const again = await Promise.all(others.map((each) => each.append(fresh)));
    expect(new Set(again.map(({ n, hash }) => `${n} ${hash}`)).size).toBe(1);
    expect(await verifyLedgers(store, [])).toMatchObject([{ entries: 4, faults: [] }]);
  });

  it('two decisions on one question show', async () => {
    const { ledger, faults } = await ledgerOf(2);
    await ledger.append(decided(1, { decision_id: 'after a restore', choice: 'reject' }));
    expect(await faults()).toEqual(['3 decided_twice']);
  });

  it('the same decision id in another run is another decision', async () => {
    const { ledger } = await ledgerOf(1);
    expect(await ledger.append(decided(1, { workflow_id: 'ns.order.other' }))).toMatchObject({ n: 2 });
  });

  it('that has worked but was not heard of is found again', async () => {
    const { store } = await temporaryStore();
    let lost = 1;
    const deaf = faulty(store, {
      create: async (...given) => {
        const outcome = await store.create(...given);
        if (lost-- > 0) throw new Error('nobody heard');
        return outcome;
      },
    });
    const one = decided(1);
    await expect(createLedger(deaf).append(one)).rejects.toThrow('nobody heard');
    expect(await createLedger(store).append(one)).toMatchObject({ n: 1 });
  });

  it('keeps a chain for each process', async () => {
    const { store, ledger } = await ledgerOf(2);
    expect(await ledger.append(decided(3, { process: 'job' }))).toMatchObject({ n: 1 });
    expect((await verifyLedgers(store, [])).map(({ process, entries }) => [process, entries])).toEqual([
      ['job', 1],
      ['order', 2],
    ]);
  });
});

describe('verifying finds', () => {
  it('every single byte that was changed', async () => {
    const { file, faults } = await ledgerOf(3);
    const bytes = readFileSync(file(2));
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = changed[at]! ^ 1;
      writeFileSync(file(2), changed);
      const found = await faults();
      if (!found.some((fault) => fault.startsWith('2 '))) throw new Error(`byte ${at} changed and nobody saw it`);
    }
    writeFileSync(file(2), bytes);
    expect(await faults()).toEqual([]);
  });

  it('an entry that was written anew with a hash that fits, by the one after it', async () => {
    const { file, entry, faults } = await ledgerOf(3);
    const forged = { ...entry(2), by: 'mallory' };
    writeFileSync(file(2), bytesOf({ ...forged, hash: hashOf(forged) }));
    expect(await faults()).toEqual(['3 broken_chain']);
  });

  it('a chain that was written anew from there on, by what a run has kept of it', async () => {
    const { file, entry, faults } = await ledgerOf(3);
    const known = { process: 'order', n: 3, hash: entry(3).hash, where: 'a record' };
    const second = { ...entry(2), by: 'mallory' };
    const hash = hashOf(second);
    writeFileSync(file(2), bytesOf({ ...second, hash }));
    const third = { ...entry(3), previous: hash };
    writeFileSync(file(3), bytesOf({ ...third, hash: hashOf(third) }));
    expect(await faults()).toEqual([]);
    expect(await faults([known])).toEqual(['3 changed']);
  });

  it('two that were swapped', async () => {
    const { file, faults } = await ledgerOf(4);
    renameSync(file(2), `${file(2)}.x`);
    renameSync(file(3), file(2));
    renameSync(`${file(2)}.x`, file(3));
    expect(await faults()).toEqual(expect.arrayContaining(['2 changed', '3 changed']));
  });

  it('one that is missing', async () => {
    const { file, faults } = await ledgerOf(4);
    rmSync(file(2));
    expect(await faults()).toEqual(['2 missing']);
  });

  it('one that was put between', async () => {
    const { file, faults } = await ledgerOf(4);
    for (const n of [4, 3, 2]) renameSync(file(n), file(n + 1));
    copyFileSync(file(1), file(2));
    expect(await faults()).toEqual(expect.arrayContaining(['2 changed', '3 changed', '4 changed', '5 changed']));
  });

  it('a tail that was cut off, by what a run has kept of it, also where nothing is left', async () => {
    const { file, entry, faults } = await ledgerOf(4);
    const known = { process: 'order', n: 4, hash: entry(4).hash, where: 'a record' };
    rmSync(file(4));
    rmSync(file(3));
    expect(await faults([known])).toEqual(['4 cut']);
    rmSync(file(2));
    rmSync(file(1));
    expect(await faults([known])).toEqual(['4 cut']);
  });

  it.each(['null\n', '[]\n', '"x"\n', '', '{'])('what is no entry at all: %j', async (text) => {
    const { file, faults } = await ledgerOf(3);
    writeFileSync(file(2), text);
    expect(await faults()).toEqual([expect.stringMatching(/^2 (unreadable|changed)$/)]);
  });
});
