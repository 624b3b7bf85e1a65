import type { PlatformEvent } from '../../schemas/envelope';
import { eventId } from '../runs/event-id';
import { runScript, script } from '../redis/script';
import { READ_LIMIT_MS, type Execution } from './executions';
import { readHistory } from './history';
import type { UpkeepParts } from './ports';
import { findEvents } from './scan';

/**
 * Publishes a reset, once: only if it is not published yet and the watermark is still the one that the caller saw.
 *
 * KEYS: events, watermarks, ends of runs, resets that were spoken.
 * ARGV: workflow id, new run id, the watermark as seen, the watermark to set; then the JSON of each event
 * to write, of which the first is RUN.RESET. Returns 1 (published), 0 (it was before) or -1 (the watermark has moved).
 */
const RESET_SCRIPT = script(`
local events, watermarks, ends, resets = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
if redis.call('SISMEMBER', resets, ARGV[2]) == 1 then return 0 end
if (redis.call('HGET', watermarks, ARGV[1]) or '0') ~= ARGV[3] then return -1 end
redis.call('XLEN', events)
redis.call('ZREM', ends, ARGV[1])
for i = 5, #ARGV do redis.call('XADD', events, '*', 'event', ARGV[i]) end
redis.call('HSET', watermarks, ARGV[1], ARGV[4])
redis.call('SADD', resets, ARGV[2])
redis.call('EXPIRE', resets, 2592000)
return 1
`);

/** Tries per reset while its watermark keeps moving; after them, it is left to the next pass. */
const TRIES = 5;

/**
 * Publishes RUN.RESET for a run that somebody has reset in Temporal: events from its `seq` on are void and are told
 * anew. The watermark goes back to there, so that the run's new events are no repeats; events that the new run sent
 * meanwhile, or that were taken for repeats, are added: each is in the stream once. Returns true if it published.
 */
export async function speakReset(parts: UpkeepParts, execution: Execution): Promise<boolean> {
  const { temporal, redis, keys, validate, log } = parts;
  const { workflowId, runId } = execution;
  if ((await redis.sismember(keys.resets, runId)) === 1) return false;
  const read = (id: string) =>
    temporal.call((client) => readHistory(client, { workflowId, runId: id }, parts), READ_LIMIT_MS);
  const now = await read(runId);
  if (!now.reset) return false;
  const { after, baseRunId, reason } = now.reset;
  const before = await read(baseRunId).catch(() => undefined);
  const from = `${Math.max(0, Date.parse(now.startedAt) - 60_000)}`;

  for (let i = 0; i < TRIES; i++) {
    const watermark = Number((await redis.hget(keys.mirror, workflowId)) ?? 0);
    const range = Array.from({ length: Math.max(0, watermark - after) }, (_, n) => after + 1 + n);
    const id = (run: string) => (seq: number) => eventId(workflowId, run, seq);
    const ids = new Set([...range.map(id(baseRunId)), ...range.map(id(runId))]);
    const there = await findEvents(redis, keys.events, ids, from);
    const voided = range.filter((seq) => there.has(id(baseRunId)(seq)));
    const known = before?.events.at(-1)?.seq ?? after;
    const last = Math.max(after, ...voided, Math.min(known, watermark));
    const anew = range.filter((seq) => there.has(id(runId)(seq)));
    const reset = resetEvent(workflowId, {
      ...{ baseRunId, runId, seq: last + 1, from: after + 1 },
      like: now.events[0] ?? before?.events[0],
      cause: [...now.events, ...(before?.events ?? [])].find(({ seq }) => seq === after),
      reason,
    });
    if (!reset || !validate(reset, JSON.stringify(reset)).ok) return false;
    // the new run was ahead: its events below the old end were dropped, and are published now
    const dropped =
      anew.length > 0 ? now.events.filter(({ seq }) => seq > after && !anew.includes(seq) && seq <= watermark) : [];
    const written = [reset, ...dropped].map((event) => JSON.stringify(event));
    const next = anew.length > 0 ? watermark : Math.min(watermark, after);
    const names = [keys.events, keys.mirror, keys.mirrorEnded, keys.resets];
    const args = [workflowId, runId, String(watermark), String(next), ...written];
    const answer = await runScript(redis, RESET_SCRIPT, names, args);
    if (answer !== -1) {
      if (answer === 1)
        log.warn({ run: workflowId, from: after + 1 }, 'run was reset: published RUN.RESET on its behalf');
      return answer === 1;
    }
  }
  return false;
}

function resetEvent(
  run: string,
  about: {
    baseRunId: string;
    runId: string;
    seq: number;
    from: number;
    like: PlatformEvent | undefined;
    /** the last event that counts */
    cause: PlatformEvent | undefined;
    reason: string | undefined;
  },
): PlatformEvent | undefined {
  const { baseRunId, runId, seq, from, like, cause, reason } = about;
  if (!like) return undefined; // it has published nothing yet, so there is nothing to take back
  return {
    event_id: eventId(run, baseRunId, seq),
    event_type: 'RUN.RESET',
    schema_version: 1,
    source: like.source,
    occurred_at: new Date().toISOString(),
    correlation_id: like.correlation_id,
    causation_id: cause?.event_id ?? null,
    subject: like.subject,
    seq,
    payload: { run, new_run_id: runId, from_seq: from, ...(reason ? { reason } : {}) },
  };
}
