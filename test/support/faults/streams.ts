/** Checks that the streams equal the records to the letter: every event once, in order. */
import type { PlatformEvent } from '../../../schemas/envelope';
import type { RunRecord } from '../../../schemas/run';
import type { Config } from '../../../src/config';
import type { Redis } from '../../../src/redis/connection';
import { createKeys } from '../../../src/redis/keys';
import { eventId } from '../../../src/runs/event-id';
import { inDlq, inStream } from '../../integration/mirror-fixture';
import { until } from '../until';

/**
 * Waits until all events of the records are in the stream, then compares the two. `chains`: the runs of
 * those workflows that have continued as new.
 */
export async function expectStreamsToTell(
  records: RunRecord[],
  redis: Redis,
  config: Config,
  chains = new Map<string, string[]>(),
  ms = 60_000,
) {
  const keys = createKeys(config.streams);
  const total = records.reduce((sum, { events }) => sum + events.length, 0);
  await until(async () => (await redis.xlen(keys.events)) >= total, ms);
  const stream = await inStream(redis, keys);
  for (const record of records) {
    const { correlation_id, events } = record;
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
    const told = stream.filter((event) => event.correlation_id === correlation_id);
    expect(told).toEqual(events);
    expectOwnIds(record, chains.get(record.workflow_id) ?? [record.run_id]);
  }
  expect(stream).toHaveLength(total);
  expect(new Set(stream.map(({ event_id }) => event_id)).size).toBe(total);
  expect(await inDlq(redis, keys)).toEqual([]);
}

/** Ids follow from workflow, number and speaking run, so that an event spoken twice gets no second id. */
function expectOwnIds({ workflow_id, events }: RunRecord, chain: string[]): void {
  let run = 0;
  const own = events.map(({ event_id, seq }) => {
    while (run < chain.length - 1 && event_id !== eventId(workflow_id, chain[run]!, seq)) run += 1;
    return eventId(workflow_id, chain[run]!, seq);
  });
  expect(events.map(({ event_id }) => event_id)).toEqual(own);
}

export const countOf = (events: PlatformEvent[], type: string): number =>
  events.filter(({ event_type }) => event_type === type).length;
