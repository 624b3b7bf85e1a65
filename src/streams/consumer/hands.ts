import type { Logger } from '../../logging';
import type { Content } from '../read';
import { NotNow, Refused, type EntryHandler } from './entry';
import { isGroupMissing, type Held } from './group';
import { heldOf, Job } from './job';
import { delayAfter, messageOf, outcomeOf, poisonReason } from './outcome';
import { createQueue } from './queue';
import type { Counts, HandSettings } from './settings';
import { createSettler, type SettleParts } from './settle';

export interface HandParts extends Pick<SettleParts, 'stream' | 'group' | 'groupName' | 'redrives' | 'onGroupMissing'> {
  handle: EntryHandler;
  settings: HandSettings;
  log: Logger;
  /** called when there may be room for more entries */
  onChange: () => void;
}

/** Milliseconds before the next try when Redis did not let an attempt begin. */
const BEGIN_DELAY = 500;

/**
 * The entries that a consumer has in hand, from the read until they are acknowledged.
 *
 * Redis keeps the attempts at an entry as its delivery count. The count is raised when an attempt begins and not when
 * the entry is read: so of all that a dying process has in hand, only the entries it was working on come closer to
 * being given up. Entries that were begun twice without an end are tried one at a time.
 */
export function createHands(parts: HandParts) {
  const { stream, group, groupName, handle, settings, log, onChange, onGroupMissing } = parts;
  const jobs = new Map<string, Job>();
  const counts: Counts = { handled: 0, retried: 0, dead: 0, claimed: 0, lost: 0 };
  const queue = createQueue(settings.parallel);
  const onSettled = (ids: string[]): void => {
    for (const id of ids) jobs.delete(id);
    onChange();
  };
  const settler = createSettler({ ...parts, counts, onSettled });
  const aloneFrom = Math.max(1, Math.min(2, settings.attempts - 2));
  let filling = false;
  let stopping = false;

  function take(id: string, content: Content<Buffer> | undefined, attempt: number): void {
    const job = new Job(id, content, attempt, content === undefined && attempt >= aloneFrom, now());
    jobs.set(id, job);
    queue.add(job);
  }

  /** Starts as many entries as there is room for. */
  function fill(): void {
    if (stopping || filling) return;
    filling = true;
    for (let job; (job = queue.next());) start(job);
    filling = false;
    onChange();
  }

  function start(job: Job): void {
    job.turn += 1;
    job.startedAt = now();
    // a fresh entry was counted when it was read
    if (job.content !== undefined && job.failures === 0) return attempt(job);
    void begin(job);
  }

  /** Begins an attempt at an entry that was delivered before: it must still be ours, and Redis must count it. */
  async function begin(job: Job): Promise<void> {
    const { turn, attempt: before } = job;
    const spent = before >= settings.attempts && job.content === undefined;
    // before Redis counts it: a heartbeat on its way must not take the count back
    job.attempt = spent || job.free ? before : before + 1;
    try {
      const begun = await group.begin(job.id, job.attempt);
      if (job.turn !== turn) return;
      if (begun.state === 'ours') {
        job.content = begun.content;
        if (!spent) return attempt(job);
        release(job);
        void settler.bury(job, poisonReason(job.attempt));
      } else {
        if (begun.state === 'deleted') lose([job.id]);
        release(job);
        jobs.delete(job.id);
      }
    } catch (error) {
      if (isGroupMissing(error)) onGroupMissing();
      job.attempt = before;
      release(job);
      retryLater(job, BEGIN_DELAY); // not the entry's fault
    }
    refill();
  }

  function attempt(job: Job): void {
    const { turn } = job;
    try {
      const result = handle(job);
      if (result === undefined) return succeed(job, turn);
      result.then(
        () => succeed(job, turn),
        (error: unknown) => fail(job, turn, error),
      );
    } catch (error) {
      fail(job, turn, error);
    }
  }

  function succeed(job: Job, turn: number): void {
    if (job.turn === turn && job.state === 'running') {
      release(job);
      finish(job);
      refill();
    } else if (job.state === 'waiting') {
      // late, but handled: no other attempt is needed
      clearTimeout(job.timer);
      finish(job);
    }
  }

  function finish(job: Job): void {
    job.state = 'done';
    counts.handled += 1;
    settler.ack(job.id);
  }

  function fail(job: Job, turn: number, error: unknown): void {
    if (job.turn !== turn || job.state !== 'running') return;
    release(job);
    if (job.lost) jobs.delete(job.id);
    else decide(job, error);
    refill();
  }

  function decide(job: Job, error: unknown): void {
    const about = { group: groupName, entry: job.id };
    if (error instanceof NotNow)
      log.debug({ ...about, reason: messageOf(error) }, 'an entry cannot be handled yet; trying again');
    else if (!(error instanceof Refused))
      log.warn({ ...about, attempt: job.attempt, err: error }, 'the handler of an entry failed');
    const outcome = outcomeOf(error, job.attempt, settings.attempts);
    if (outcome.next === 'bury') return void settler.bury(job, outcome.reason);
    counts.retried += 1;
    const delay = delayAfter(job.failures, settings);
    job.failures += 1;
    job.free = !outcome.counted;
    retryLater(job, delay);
  }

  function retryLater(job: Job, ms: number): void {
    job.state = 'waiting';
    job.timer = setTimeout(() => {
      queue.add(job);
      fill();
    }, ms);
  }

  /** Ends the running attempt. */
  function release(job: Job): void {
    queue.release(job);
    job.abort = undefined;
  }

  /** Uses the room that an ended attempt left. */
  function refill(): void {
    if (filling) return;
    if (!queue.isEmpty) fill();
    onChange();
  }

  function lose(ids: string[]): void {
    counts.lost += ids.length;
    // a count that Redis does not take is dropped: the log has it too
    group.countLost(ids.length).catch(() => undefined);
    log.error(
      { stream, group: groupName, ids: ids.slice(0, 20), count: ids.length },
      'entries were trimmed off the stream before this group had handled them: the group will not see them',
    );
  }

  const abortLate = () => {
    const limit = now() - settings.handlerLimit;
    for (const job of jobs.values()) {
      if (job.state !== 'running' || job.startedAt > limit || job.content === undefined) continue;
      job.abort?.abort(new Error('the handler takes too long'));
      const late = new Error(`the handler did not end within ${settings.handlerLimit} ms`);
      fail(job, job.turn, Object.assign(late, { code: 'handler.timeout' }));
    }
  };
  const sweep = setInterval(abortLate, Math.min(1_000, Math.max(20, settings.handlerLimit / 4)));

  return {
    counts,
    /** Entries in hand. */
    get size(): number {
      return jobs.size;
    },
    /** Bytes of the entries in hand. */
    get bytes(): number {
      let bytes = 0;
      for (const job of jobs.values()) bytes += job.bytes;
      return bytes;
    },
    /** Entries that wait for a free handler. */
    get queued(): number {
      return queue.queued;
    },
    /** Takes entries that were read for the first time; those in hand stay as they are. */
    addFresh(entries: [id: Buffer, content: Content<Buffer>][]): void {
      for (const [bytes, content] of entries) {
        const id = bytes.toString('latin1');
        if (!jobs.has(id)) take(id, content, 1);
      }
      fill();
    },
    /** Takes over an entry that was delivered before and is not acknowledged. */
    addDelivered(id: string, deliveries: number): void {
      if (!jobs.has(id)) take(id, undefined, deliveries);
    },
    fill,
    lose,
    /** Keeps the entries in hand from counting as idle. */
    async heartbeat(): Promise<void> {
      const mine = [...jobs.values()].filter((job) => !job.lost && !isEnding(job));
      if (mine.length === 0) return;
      for (const id of await group.keep(mine.map(heldOf))) {
        const job = jobs.get(id);
        if (!job || !mine.includes(job) || isEnding(job)) continue;
        job.lost = true;
        job.abort?.abort(new Error('another consumer has taken the entry over'));
        if (job.state === 'running') continue;
        clearTimeout(job.timer);
        queue.drop(job);
        jobs.delete(id);
      }
    },
    /** Begins no more attempts and waits up to `ms` for those that run. Answers the entries left. */
    async stop(ms: number): Promise<Held[]> {
      stopping = true;
      for (const job of jobs.values()) clearTimeout(job.timer);
      const end = Date.now() + ms;
      const busy = () =>
        queue.running > 0 || settler.acking || [...jobs.values()].some(({ state }) => state === 'burying');
      while (busy() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 10));
      settler.stop();
      clearInterval(sweep);
      for (const job of jobs.values()) job.abort?.abort(new Error('the consumer stops'));
      return [...jobs.values()].filter(({ state }) => state !== 'done').map(heldOf);
    },
  };
}

/** True if the entry is handled or given up, and Redis has yet to take note. */
const isEnding = ({ state }: Job): boolean => state === 'done' || state === 'burying';

/** Milliseconds since 1970, UTC. */
const now = Date.now;
