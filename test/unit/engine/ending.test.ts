import { MockActivityEnvironment } from '@temporalio/testing';
import { createEnding, createEndingActivities, type RecordHead, type RunEnd } from '../../../activities/engine/ending';
import type { PlatformEvent } from '../../../schemas/envelope';
import { processOf } from '../../../schemas/process';
import type { Json } from '../../../schemas/json';
import { createDocuments } from '../../../src/documents/content';
import { createRecordStore } from '../../../src/documents/records';
import { RedisUnavailable } from '../../../src/redis/errors';
import type { Mirror, MirrorBatch, Published } from '../../../src/streams/mirror';
import { events, upTo } from '../../integration/mirror-fixture';
import { record, temporaryStore } from '../documents/support';

const RUN = 'awe.run.1';
const TAKEN: Published = { added: 1, repeated: 0, breaches: 0 };

const { events: _, ...head } = record(RUN, { process: 'run', subject: { kind: 'run', id: RUN }, seq: 450 });

/** A run of 450 events, of which two archives hold the first 300, that ends where the mirror does `publish`. */
async function setup(publish: (batch: MirrorBatch) => Promise<Published> = () => Promise.resolve(TAKEN)) {
  const { store } = await temporaryStore();
  const [documents, records] = [createDocuments(store), createRecordStore(store)];
  const batches: MirrorBatch[] = [];
  const started: string[] = [];
  const ended: RecordHead[] = [];
  const mirror: Mirror = {
    available: () => true,
    publish: (batch) => {
      batches.push(batch);
      return publish(batch);
    },
  };
  const ending = createEnding({
    records,
    mirror,
    readEvents: async (ref) => (await documents.getValue(ref)) as unknown as PlatformEvent[],
    onStart: (first) => started.push(processOf(first)),
    onEnd: (written) => ended.push(written),
  });
  const { endRun } = createEndingActivities({ documents, ending, records });
  const archive = async (from: number, to: number) => await documents.putValue(said.slice(from - 1, to));
  const end: RunEnd = {
    record: { inline: head as unknown as Json },
    archives: [await archive(1, 200), await archive(201, 300)],
    events: said.slice(298),
    after: 400,
  };
  const ends = async (more: Partial<RunEnd> = {}) =>
    await new MockActivityEnvironment().run(endRun, { ...end, ...more });
  return { ends, documents, records, batches, started, ended };
}

/** What the run said, from its first event to its last. */
const said = events(RUN, 1, 450);

const numbers = (batches: MirrorBatch[]): number[] => batches.flatMap((batch) => batch.events.map(({ seq }) => seq));

it('a run becomes its record, with all events in order and each once, however often it is written', async () => {
  const { ends, records, ended } = await setup();
  expect(await ends()).toEqual({ flushed: 450 });
  expect(await ends({ events: said.slice(298, 440) })).toEqual({ flushed: 450 });
  expect(await records.readRecord(RUN)).toEqual({ ...head, events: said });
  expect(ended).toEqual([head]);
});

it('a large record comes by reference', async () => {
  const { ends, documents, records } = await setup();
  await ends({ record: { ref: await documents.putValue(head as unknown as Json) } });
  expect(await records.readRecord(RUN)).toMatchObject(head);
});

it('what is not in the stream yet goes out after the record, and the last part ends the run', async () => {
  const { ends, records, batches, started } = await setup(async () => {
    expect(await records.readRecord(RUN)).toBeDefined();
    return TAKEN;
  });
  await ends();
  expect(numbers(batches)).toEqual(upTo(450).slice(400));
  expect(started).toEqual([]);
  batches.length = 0;
  await ends({ after: 0 });
  expect(numbers(batches)).toEqual(upTo(450));
  expect(batches.map(({ ended }) => ended)).toEqual([false, false, true]);
  expect(started).toEqual(['awe']);
});

it('a stream that has lost events gets them again, from the first that it lacks', async () => {
  let lost = true;
  const { ends, batches } = await setup(() => {
    const answer: Published = lost ? { ...TAKEN, added: 0, gap: { after: 120, first: 401 }, refused: true } : TAKEN;
    lost = false;
    return Promise.resolve(answer);
  });
  expect(await ends()).toMatchObject({ flushed: 450 });
  expect(numbers(batches.slice(1))).toEqual(upTo(450).slice(120));
});

it('while Redis is away the record is written, and the answer says what is not out', async () => {
  const { ends, records } = await setup(() => Promise.reject(new RedisUnavailable('Redis is away', true)));
  expect(await ends()).toMatchObject({ flushed: 400 });
  expect(await records.readRecord(RUN)).toMatchObject({ status: 'completed' });
});
