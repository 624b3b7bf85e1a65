/** Values that the steps of a run share by name. */
import { createMemories } from '../../../src/memory/memory';
import { temporaryStore } from '../documents/support';

const open = async () => createMemories((await temporaryStore()).store);

it('are set, read and listed by name, and are of one run alone', async () => {
  const memories = await open();
  const memory = memories.of('audit.run.1');
  await memory.set('b', { n: [1] });
  await memory.set('a', 1);
  await memory.set('a', 2);
  expect(await memory.get('a')).toEqual({ name: 'a', value: 2 });
  expect(await memory.get('c')).toBeUndefined();
  expect(await memory.list()).toEqual([
    { name: 'a', value: 2 },
    { name: 'b', value: { n: [1] } },
  ]);
  expect(await memories.of('audit.run.2').list()).toEqual([]);
});

it('of different names do not lose each other, and of one name one is whole', async () => {
  const memory = (await open()).of('audit.run.1');
  await Promise.all(Array.from({ length: 60 }, (_, i) => memory.set(`n${i % 30}`, { by: i, pad: 'x'.repeat(5_000) })));
  const entries = await memory.list();
  expect(entries).toHaveLength(30);
  for (const { name, value } of entries) expect(`n${(value as { by: number }).by % 30}`).toBe(name);
});

it.each(['../../x', 'a/b', '..', '__proto__', 'Été', '*', 'a'.repeat(200)])('may be called %s', async (name) => {
  const memory = (await open()).of('audit.run.1');
  await memory.set(name, 1);
  expect(await memory.list()).toEqual([{ name, value: 1 }]);
});

it('have a name and are not too large', async () => {
  const memory = (await open()).of('audit.run.1');
  await expect(memory.set(' ', 1)).rejects.toMatchObject({ code: 'bad_name' });
  await expect(memory.set('a'.repeat(201), 1)).rejects.toMatchObject({ code: 'bad_name' });
  await expect(memory.set('a', 'x'.repeat(1024 * 1024))).rejects.toMatchObject({ code: 'too_large' });
});
