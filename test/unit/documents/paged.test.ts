import { createDocuments } from '../../../src/documents/content';
import { DocumentError } from '../../../src/documents/errors';
import { getPaged, getPart, PAGE, putPaged } from '../../../src/documents/paged';
import { takeOverValues } from '../../../src/documents/take-over';
import { temporaryStore } from './support';

interface Both {
  name: string;
  lines: { n: number }[];
  notes: string[];
}

const lists = ['lines', 'notes'] as const;
const both = (lines: number, notes: number): Both => ({
  name: 'x',
  lines: Array.from({ length: lines }, (_, n) => ({ n })),
  notes: Array.from({ length: notes }, (_, n) => `note ${n}`),
});

describe('a value with long lists', () => {
  it('comes back as it was, however long they are', async () => {
    const documents = createDocuments((await temporaryStore()).store);
    for (const value of [both(0, 0), both(PAGE, 1), both(PAGE + 1, 3), both(2, 2 * PAGE), both(3 * PAGE + 7, PAGE * 2)])
      expect(await getPaged(documents, await putPaged(documents, value))).toEqual(value);
  });

  it('is stored as any other while they are short', async () => {
    const documents = createDocuments((await temporaryStore()).store);
    const value = both(PAGE, 3);
    expect(await putPaged(documents, value)).toEqual(await documents.putValue(value));
  });

  it('gives a part of each list, over the borders of pages', async () => {
    const documents = createDocuments((await temporaryStore()).store);
    const value = both(2 * PAGE + 500, 1_200);
    const ref = await putPaged(documents, value);
    for (const from of [0, 900, 1_100, 2_000, 2_450, 5_000]) {
      const { part, more } = await getPart(documents, ref, lists, { from, limit: 200 });
      expect(part).toEqual({
        name: 'x',
        lines: value.lines.slice(from, from + 200),
        notes: value.notes.slice(from, from + 200),
      });
      expect(more).toBe(from + 200 < 2 * PAGE + 500);
    }
  });
});

describe('a long list within another', () => {
  const nested = {
    lines: Array.from({ length: 1_500 }, (_, n) => ({ n })),
    notes: [{ about: Array.from({ length: 2_200 }, (_, n) => `L${n}`) }, { about: ['L1'] }, 'x', null],
    files: [{ aside: { lines: Array.from({ length: 1_001 }, (_, n) => n) } }],
  };

  it('is kept in pages too, and comes back as it was', async () => {
    const { store } = await temporaryStore();
    const documents = createDocuments(store);
    const ref = await putPaged(documents, nested);
    expect(ref.bytes).toBeLessThan(3_000);
    expect(await getPaged(documents, ref)).toEqual(nested);
  });

  it('is begun in a part', async () => {
    const documents = createDocuments((await temporaryStore()).store);
    const ref = await putPaged(documents, nested);
    const { part, more } = await getPart(documents, ref, ['lines'], { from: 1_400, limit: 200 });
    expect(more).toBe(false);
    expect(part).toEqual({
      lines: nested.lines.slice(1_400),
      notes: [{ about: (nested.notes[0] as { about: string[] }).about.slice(0, PAGE) }, ...nested.notes.slice(1)],
      files: [{ aside: { lines: nested.files[0]!.aside.lines.slice(0, PAGE) } }],
    });
  });
});

describe('values that a child has made', () => {
  it('are taken over file by file', async () => {
    const [child, parent] = [(await temporaryStore()).store, createDocuments((await temporaryStore()).store)];
    const ref = await putPaged(createDocuments(child), both(2_500, 0));
    await takeOverValues(child, parent);
    expect(await getPaged(parent, ref)).toEqual(both(2_500, 0));
  });

  it('are refused where a name is not the hash of the bytes', async () => {
    const [child, parent] = [(await temporaryStore()).store, createDocuments((await temporaryStore()).store)];
    await child.create(`values/00/${'0'.repeat(64)}.json`, Buffer.from('{}'));
    await expect(takeOverValues(child, parent)).rejects.toThrow(DocumentError);
  });
});
