import { pino } from 'pino';
import { DocumentError } from '../../../src/documents/port';
import { waitOutFaults } from '../../../src/documents/patient';
import { faulty, temporaryStore } from './support';

const log = pino({ level: 'silent' });

/** A store whose disk is full for the first so many writes. */
async function fullFor(writes: number, code: 'full' | 'corrupt' = 'full') {
  const { store } = await temporaryStore();
  let tries = 0;
  const full = faulty(store, {
    create: (...given) =>
      ++tries > writes ? store.create(...given) : Promise.reject(new DocumentError(code, 'its disk is full')),
  });
  return { full, store, tries: () => tries };
}

it('a full disk is waited out', async () => {
  const { full, store, tries } = await fullFor(2);
  expect(await waitOutFaults(full, 10_000, log).create('a/b', Buffer.from('x'))).toBe('created');
  expect([tries(), String(await store.read('a/b'))]).toEqual([3, 'x']);
});

it('patience ends, and the fault is then what it is', async () => {
  const { full, tries } = await fullFor(Infinity);
  const written = waitOutFaults(full, 300, log).create('a/b', Buffer.from('x'));
  await expect(written).rejects.toMatchObject({ code: 'full', passing: true });
  expect(tries()).toBeGreaterThan(1);
});

it('what does not pass is not waited for', async () => {
  const { full, tries } = await fullFor(Infinity, 'corrupt');
  await expect(waitOutFaults(full, 10_000, log).create('a/b', Buffer.from('x'))).rejects.toMatchObject({
    code: 'corrupt',
  });
  expect(tries()).toBe(1);
});
