import fc from 'fast-check';
import { SeqMerge } from '../../../api/live/merge';
import type { PlatformEvent } from '../../../schemas/envelope';

const event = (seq: number): PlatformEvent => ({ seq, event_id: `e${seq}` }) as PlatformEvent;
const seqs = (events: PlatformEvent[]) => events.map(({ seq }) => seq);

test('whatever order history and stream come in, every event is given once, in order, without gap', () => {
  const chunks = fc.array(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 20 }), { maxLength: 40 });
  fc.assert(
    fc.property(chunks, fc.integer({ min: 0, max: 20 }), (offers, after) => {
      const merge = new SeqMerge(after);
      const given = offers.flatMap((offer) => seqs(merge.offer(offer.map(event))));
      expect(given).toEqual(given.map((_, i) => after + 1 + i));
      const offered = new Set(offers.flat());
      let last = after;
      while (offered.has(last + 1)) last += 1;
      // all that can be given, is: an event is held until those before it have come
      expect(merge.position).toBe(last);
      expect(merge.gap).toBe([...offered].some((seq) => seq > last));
    }),
    { numRuns: 1_000 },
  );
});

test('live events with losses and repeats, and pages of the history now and then, give the whole', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.array(fc.record({ live: fc.boolean(), seq: fc.nat(220), size: fc.integer({ min: 1, max: 50 }) }), {
        maxLength: 100,
      }),
      (total, moves) => {
        const history = Array.from({ length: total }, (_, i) => event(i + 1));
        const merge = new SeqMerge(0);
        const given: number[] = [];
        const page = (size: number) =>
          given.push(...seqs(merge.offer(history.slice(merge.position, merge.position + size))));
        for (const { live, seq, size } of moves) {
          const one = history[seq % total];
          if (live && one) given.push(...seqs(merge.offer([one])));
          else page(size);
        }
        while (merge.position < total) page(50);
        expect(given).toEqual(history.map(({ seq }) => seq));
        expect(merge.gap).toBe(false);
      },
    ),
    { numRuns: 500 },
  );
});

test('a page of any size comes through whole, and far too many early events do not fill the memory', () => {
  const merge = new SeqMerge(0);
  expect(merge.offer(Array.from({ length: 5_000 }, (_, i) => event(i + 10)))).toEqual([]);
  const all = merge.offer(Array.from({ length: 10_000 }, (_, i) => event(i + 1)));
  expect(seqs(all)).toEqual(Array.from({ length: 10_000 }, (_, i) => i + 1));
  expect(merge.gap).toBe(false);
});
