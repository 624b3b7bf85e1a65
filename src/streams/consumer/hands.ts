import type { Logger } from '../../logging';
import type { DeadLetter } from '../dead-letter';
import { deadLetterOf, NotNow, rawOf, Refused, type Entry, type EntryHandler } from './entry';
import { isGroupMissing, type Group, type Held } from './group';

/** How entries are worked off. Times are milliseconds. */
export interface HandSettings {
  /** handlers that run at once */
  parallel: number;
  /** deliveries after which an entry is given up */
  attempts: number;
  /** after which an attempt has failed, though its handler may still be at it */
  handlerLimit: number;
  /** between the first and the second attempt; it doubles from there */
  retryDelay: number;
  retryDelayMax: number;
}

/** What a consumer has done since it was made. */
export interface Counts {
  handled: number;
  /** attempts that have failed and are made again */
  retried: number;
  /** written to the dead letters */
  dead: number;
  /** entries that were cut off the stream before they were handled */
  lost: number;
}

/** An entry in hand. A class, and its own `Entry`: there is one for every entry that is read, and often nothing more. */
class Job implements Entry {
  raw: Buffer | undefined;
  /** times that it has failed since it is in hand: what the delay grows with */
  failures = 0;
  /** the attempt before did not count, so the next begins under the same number */
  free = false;
  /** the attempt that runs; what an older one says counts no more */
  turn = 0;
  state: 'ready' | 'running' | 'waiting' | 'burying' | 'done' = 'ready';
  /** another consumer has it: it is finished here, and not tried again */
  lost = false;
  abort: AbortController | undefined = undefined;
  timer: NodeJS.Timeout | undefined = undefined;
  startedAt: number;

  constructor(
    readonly id: string,
    public fields: Buffer[] | undefined,
    /** attempts that Redis counts, the running one included */
    public attempt: number,
    /** may have ended a process: runs alone among its like */
    readonly alone: boolean,
    readonly firstAt: number,
  ) {
    this.raw = fields && rawOf(fields);
    this.startedAt = firstAt;
  }

  signal(): AbortSignal {
    return (this.abort ??= new AbortController()).signal;
  }
}

/** Entries given up, and why, for who keeps count of them. */
export interface HandParts {
  stream: string;
  group: Group;
  groupName: string;
  handle: EntryHandler;
  /** what is known of an entry that had been given up before, and came back */
  redrives?: (letter: DeadLetter) => Promise<Pick<DeadLetter, 'redrives' | 'redriven_by'>>;
  settings: HandSettings;
  log: Logger;
  /** somebody may be waiting for room */
  changed: () => void;
  /** the group is not there */
  missing: () => void;
}

/** Delay before a command to Redis is tried again. */
const REDIS_DELAY = { first: 100, most: 2_000 };

/** Ids in one acknowledgement. */
const ACK = 1_000;

/**
 * The entries that a consumer has in hand, from the moment they were read until they are acknowledged.
 *
 * How often an entry was tried is kept by Redis as its delivery count, which is raised when an attempt begins and not
 * when an entry is read: so that of all that a dying process has in hand, only what it was at comes closer to being
 * given up. Entries that were begun twice without an end are tried one at a time, those tried least first; so a poison
 * entry is known for what it is, and keeps nobody waiting.
 */
export function createHands({
  stream,
  group,
  groupName,
  handle,
  redrives,
  settings,
  log,
  changed,
  missing,
}: HandParts) {
  const jobs = new Map<string, Job>();
  const ready: Job[] = [];
  const suspects: Job[] = [];
  const acks: string[] = [];
  const counts: Counts = { handled: 0, retried: 0, dead: 0, lost: 0 };
  const aloneFrom = Math.max(1, Math.min(2, settings.attempts - 2));
  let running = 0;
  let alone = 0;
  let acking = false;
  let filling = false;
  let stopping = false;
  let stopped = false;

  function take(id: string, fields: Buffer[] | undefined, attempt: number): void {
    const job = new Job(id, fields, attempt, fields === undefined && attempt >= aloneFrom, now());
    jobs.set(id, job);
    queue(job);
  }

  function queue(job: Job): void {
    job.state = 'ready';
    (job.alone ? suspects : ready).push(job);
  }

  /** Starts what there is room for. */
  function fill(): void {
    if (stopping || filling) return;
    filling = true;
    for (let job; running < settings.parallel && (job = ready.shift());) start(job);
    while (alone === 0 && suspects.length > 0) {
      suspects.sort((a, b) => a.attempt - b.attempt || (a.id < b.id ? -1 : 1));
      const job = suspects.shift();
      if (job) start(job);
    }
    filling = false;
    changed();
  }

  function start(job: Job): void {
    job.state = 'running';
    job.turn += 1;
    running += 1;
    if (job.alone) alone += 1;
    // a fresh entry was counted when it was read
    if (job.fields && job.failures === 0) return attempt(job);
    void begin(job);
  }

  /** An attempt at an entry that was delivered before: it must still be ours, and Redis must count it. */
  async function begin(job: Job): Promise<void> {
    const { turn } = job;
    const spent = job.attempt >= settings.attempts && job.fields === undefined;
    const next = spent || job.free ? job.attempt : job.attempt + 1;
    try {
      const begun = await group.begin(job.id, next);
      if (job.turn !== turn) return;
      if (begun.state === 'ours') {
        job.fields = begun.fields;
        job.raw = rawOf(begun.fields);
        job.attempt = next;
        if (!spent) return attempt(job);
        const message = `delivered ${job.attempt} times and never handled to an end: it stops the process that tries`;
        release(job);
        void bury(job, 'handler', 'entry.poison', message);
      } else {
        if (begun.state === 'deleted') lose([job.id]);
        release(job);
        jobs.delete(job.id);
      }
    } catch (error) {
      if (isGroupMissing(error)) missing();
      release(job);
      later(job, 5 * REDIS_DELAY.first); // not the entry's fault
    }
    refill();
  }

  function attempt(job: Job): void {
    job.startedAt = now();
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
      // late, and done all the same: no other attempt is needed
      clearTimeout(job.timer);
      finish(job);
    }
  }

  function finish(job: Job): void {
    job.state = 'done';
    counts.handled += 1;
    acks.push(job.id);
    if (acking) return;
    acking = true;
    setImmediate(() => void acknowledge());
  }

  function fail(job: Job, turn: number, error: unknown): void {
    if (job.turn !== turn || job.state !== 'running') return;
    release(job);
    judge(job, error);
    refill();
  }

  function judge(job: Job, error: unknown): void {
    if (job.lost) return void jobs.delete(job.id);
    if (error instanceof Refused) return void bury(job, error.stage, error.code, error.message, error.errors);
    const words = error instanceof Error ? error.message : String(error);
    if (error instanceof NotNow) {
      log.debug({ group: groupName, entry: job.id, reason: words }, 'an entry has to wait');
      counts.retried += 1;
      return again(job, false);
    }
    log.warn({ group: groupName, entry: job.id, attempt: job.attempt, err: error }, 'an entry could not be handled');
    if (job.attempt >= settings.attempts) return void bury(job, 'handler', codeOf(error), words);
    counts.retried += 1;
    again(job, true);
  }

  function again(job: Job, counted: boolean): void {
    const delay = Math.min(settings.retryDelay * 2 ** Math.min(job.failures, 20), settings.retryDelayMax);
    job.failures += 1;
    job.free = !counted;
    later(job, delay * (0.75 + Math.random() / 2));
  }

  function later(job: Job, ms: number): void {
    job.state = 'waiting';
    job.timer = setTimeout(() => {
      queue(job);
      fill();
    }, ms);
  }

  /** The running attempt is over. */
  function release(job: Job): void {
    running -= 1;
    if (job.alone) alone -= 1;
    job.abort = undefined;
  }

  /** There is room for another. */
  function refill(): void {
    if (filling) return;
    if (ready.length > 0 || suspects.length > 0) fill();
    changed();
  }

  async function bury(
    job: Job,
    stage: Refused['stage'],
    code: string,
    message: string,
    errors: Refused['errors'] = [],
  ): Promise<void> {
    job.state = 'burying';
    const verdict = { stage, code, message, errors, deliveries: job.attempt, firstAt: job.firstAt };
    const letter = deadLetterOf({ stream, group: groupName, id: job.id, fields: job.fields ?? [] }, verdict);
    await untilDone(async () => {
      if (!(await group.bury(job.id, { ...letter, ...(await redrives?.(letter)) }))) return;
      counts.dead += 1;
      log.warn({ group: groupName, entry: job.id, stage, code, message }, 'an entry goes to the dead letters');
    });
    jobs.delete(job.id);
    changed();
  }

  async function acknowledge(): Promise<void> {
    while (acks.length > 0) {
      const ids = acks.splice(0, ACK);
      await untilDone(() => group.ack(ids));
      for (const id of ids) jobs.delete(id);
      changed();
    }
    acking = false;
    changed();
  }

  /** Tries until Redis has done it. A group that is gone has nothing to acknowledge. */
  async function untilDone(work: () => Promise<void>): Promise<void> {
    for (let delay = REDIS_DELAY.first; ; delay = Math.min(2 * delay, REDIS_DELAY.most)) {
      try {
        return await work();
      } catch (error) {
        if (isGroupMissing(error)) return missing();
        if (delay === REDIS_DELAY.most) log.warn({ group: groupName, error: String(error) }, 'Redis does not take it');
        if (stopped) return;
        await new Promise((resolve) => setTimeout(resolve, delay));
      }
    }
  }

  function lose(ids: string[]): void {
    counts.lost += ids.length;
    log.error(
      { stream, group: groupName, ids: ids.slice(0, 20), count: ids.length },
      'entries were cut off the stream before this group had handled them: they are lost to it',
    );
  }

  const sweep = setInterval(
    () => {
      const limit = now() - settings.handlerLimit;
      for (const job of jobs.values()) {
        if (job.state !== 'running' || job.startedAt > limit || job.fields === undefined) continue;
        job.abort?.abort(new Error('the handler takes too long'));
        fail(
          job,
          job.turn,
          Object.assign(new Error(`no end within ${settings.handlerLimit} ms`), { code: 'handler.timeout' }),
        );
      }
    },
    Math.min(1_000, Math.max(20, settings.handlerLimit / 4)),
  );

  return {
    counts,
    /** Entries in hand. */
    get size(): number {
      return jobs.size;
    },
    /** Those that wait for a free handler. */
    get queued(): number {
      return ready.length;
    },
    /** Takes what has just been read for the first time; what is in hand already stays as it is. */
    fresh(entries: [id: Buffer, fields: Buffer[] | null][]): void {
      for (const [bytes, fields] of entries) {
        const id = bytes.toString('latin1');
        if (fields && !jobs.has(id)) take(id, fields, 1);
      }
      fill();
    },
    /** Takes over what was delivered before, and has no end yet. */
    delivered(id: string, deliveries: number): void {
      if (!jobs.has(id)) take(id, undefined, deliveries);
    },
    fill,
    lose,
    /** Keeps what is in hand from counting as idle. */
    async heartbeat(): Promise<void> {
      const mine = [...jobs.values()].filter(({ lost, state }) => !lost && state !== 'done' && state !== 'burying');
      if (mine.length === 0) return;
      for (const id of await group.keep(mine.map(held))) {
        const job = jobs.get(id);
        if (!job || !mine.includes(job) || job.state === 'done' || job.state === 'burying') continue;
        job.lost = true;
        job.abort?.abort(new Error('another consumer has taken the entry over'));
        if (job.state === 'running') continue;
        clearTimeout(job.timer);
        drop(job.alone ? suspects : ready, job);
        jobs.delete(id);
      }
    },
    /** Begins nothing more, and waits up to `ms` for what runs. Gives what is left. */
    async stop(ms: number): Promise<Held[]> {
      stopping = true;
      for (const job of jobs.values()) clearTimeout(job.timer);
      const end = Date.now() + ms;
      const busy = () => running > 0 || acking || [...jobs.values()].some(({ state }) => state === 'burying');
      while (busy() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 10));
      stopped = true;
      clearInterval(sweep);
      for (const job of jobs.values()) job.abort?.abort(new Error('the consumer stops'));
      return [...jobs.values()].filter(({ state }) => state !== 'done').map(held);
    },
  };
}

/** What Redis is to keep of an entry in hand: an attempt that does not count is taken back. */
const held = ({ id, attempt, free, state }: Job): Held => ({
  id,
  deliveries: free && state !== 'running' ? attempt - 1 : attempt,
});

export type Hands = ReturnType<typeof createHands>;

/** Milliseconds since 1970, UTC. */
const now = Date.now;

function drop<T>(list: T[], member: T): void {
  const at = list.indexOf(member);
  if (at >= 0) list.splice(at, 1);
}

/** The stable name of a failure, where it has one. */
function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  if (typeof code === 'string' && /^[\w.:-]{1,80}$/.test(code)) return code;
  return typeof name === 'string' && name !== 'Error' ? name : 'handler.failed';
}
