import { CancellationScope, workflowInfo } from '@temporalio/workflow';
import type { EventActivities, Gap } from '../../activities/engine/events';
import type { PlatformEvent, Subject } from '../../schemas/envelope';
import type { EventPayload, EventType } from '../../schemas/catalogue';
import type { Ref } from '../../schemas/refs';
import type { EventPage } from '../../schemas/run';
import { jsonBytes, uuid5 } from '../../core/identity';
import { Latch } from './latch';
import type { Work } from './work';

/** A batch rides in one activity; larger ones are cut. */
const BATCH = { events: 200, bytes: 128 * 1024 };

/** While a run goes on swiftly, so many events are gathered before a batch goes out. */
const GATHER = 16;

/** Events kept in memory; what is more goes to the document store. */
const MEMORY = 128 * 1024;

/** An event as a process speaks it. */
export type Spoken = { [T in EventType]: { type: T; payload: EventPayload<T> } }[EventType];

/** Events that lie in the document store, as a JSON array. */
export type Archive = EventPage['archives'][number];

/** What the outbox takes along when the run continues as new. */
export interface OutboxState {
  seq: number;
  published: number;
  archives: Archive[];
}

/**
 * The events of a run, in order. Appending is immediate; one publisher flushes what has gathered, so that events ride
 * in batches: first as a local activity (its result is the batch, which puts it into the history), and while Redis is
 * away as a regular one on the mirror's queue. A run never waits for it; the last events go out with the run's record.
 * Nothing that was said is dropped before it is in an archive, so a stream that has lost events gets them again from the
 * first that it lacks.
 */
export class Outbox {
  private seq: number;
  private published: number;
  private archives: Archive[];
  private events: { event: PlatformEvent; bytes: number }[] = [];
  private bytes = 0;
  private publishing = false;
  private local = false;
  private packing = false;
  private ended = false;
  private readonly landed = new Latch();
  private archiving: Promise<void> | undefined;

  constructor(
    private readonly work: Work,
    private readonly about: { source: string; subject: Subject; correlationId: string; causationId?: string },
    state?: OutboxState,
  ) {
    this.seq = state?.seq ?? 0;
    this.published = state?.published ?? 0;
    this.archives = state?.archives ?? [];
    if (this.published < this.seq) this.publish();
  }

  /** Speaks an event: it has its id, its number and its time from now on. */
  append(spoken: Spoken): void {
    const { workflowId, runId } = workflowInfo();
    this.seq += 1;
    const event: PlatformEvent = {
      event_id: uuid5(`${workflowId}:${runId}:${this.seq}`),
      event_type: spoken.type,
      schema_version: 1,
      source: this.about.source,
      occurred_at: new Date().toISOString(),
      correlation_id: this.about.correlationId,
      causation_id: this.about.causationId ?? null,
      subject: this.about.subject,
      seq: this.seq,
      payload: spoken.payload,
    };
    const bytes = jsonBytes(event);
    this.events.push({ event, bytes });
    this.bytes += bytes;
    if (this.bytes > MEMORY && !this.ended) void this.archive();
    this.publish();
  }

  /** The last event of the run. It goes out with the record, and so does what is not out yet. */
  end(spoken: Spoken): void {
    this.ended = true;
    this.append(spoken);
  }

  get last(): number {
    return this.seq;
  }

  /** The number of the last event that is in the stream. */
  get flushed(): number {
    return this.published;
  }

  /** What has been said after `after`, from memory; older events are named by their archives. */
  page(after: number, limit: number): EventPage {
    return {
      events: this.events
        .map(({ event }) => event)
        .filter((event) => event.seq > after)
        .slice(0, limit),
      archives: this.archives.filter((archive) => archive.to > after),
      last: this.seq,
    };
  }

  /** For the run's record: everything that is not in an archive. */
  inMemory(): PlatformEvent[] {
    return this.events.map(({ event }) => event);
  }

  /** Puts all events into archives and lets a local flush end; one on the mirror's queue is left to its successor. */
  async pack(): Promise<void> {
    this.packing = true;
    if (this.events.length > 0) await this.archive();
    if (this.local) await this.landed.wait();
  }

  /** Whether everything that was said can be carried along now. */
  get packed(): boolean {
    return this.packing && !this.local && this.events.length === 0;
  }

  carry(): OutboxState {
    return { seq: this.seq, published: this.published, archives: this.archives };
  }

  private publish(): void {
    if (this.publishing) return;
    this.publishing = true;
    void CancellationScope.nonCancellable(async () => {
      while (this.published < this.seq && !this.closing) {
        await this.work.settled(() => this.isRipe);
        if (!this.closing) await this.flush();
      }
      this.publishing = false;
    });
  }

  /** Nothing more goes out from here. */
  private get closing(): boolean {
    return this.packing || this.ended;
  }

  /** What is swift says much in little time: that rides together. */
  private get isRipe(): boolean {
    return this.closing || !this.work.isSwift || this.seq - this.published >= GATHER;
  }

  private async flush(): Promise<void> {
    const run = workflowInfo().workflowId;
    const archive = this.archives.find(({ to }) => to > this.published);
    if (archive) {
      const input = { run, ref: archive.ref, after: this.published };
      const summary = `events ${this.published + 1} to ${archive.to}`;
      const { gap } = await this.work.mirror('mirrorArchive', input, summary);
      this.published = gap ? gap.after : archive.to;
      return;
    }
    const batch = this.batch();
    const to = this.published + batch.length;
    const summary = `events ${this.published + 1} to ${to}: ${batch
      .map((event) => event.event_type)
      .join(', ')
      .slice(0, 150)}`;
    const gap = await this.send({ run, events: batch }, summary);
    this.published = gap ? gap.after : to;
  }

  /** Says after which number the stream lacks events, where it does; then nothing of the batch went out. */
  private async send(input: Parameters<EventActivities['publishBatch']>[0], summary: string): Promise<Gap | undefined> {
    this.local = true;
    try {
      const { events, gap } = await this.work.local('publishBatch', input, summary);
      this.adopt(events);
      return gap;
    } catch {
      this.land();
      return (await this.work.mirror('mirrorBatch', input, summary)).gap;
    } finally {
      this.land();
    }
  }

  /** After a reset, what the run said before it went out under the ids of another execution: those stay. */
  private adopt(events: PlatformEvent[]): void {
    const known = new Map(events.map((event) => [event.seq, event]));
    for (const entry of this.events) {
      const said = known.get(entry.event.seq);
      if (said && said.event_id !== entry.event.event_id) entry.event = said;
    }
  }

  private land(): void {
    this.local = false;
    this.landed.open();
  }

  private batch(): PlatformEvent[] {
    const batch: PlatformEvent[] = [];
    let bytes = 0;
    for (const entry of this.events) {
      if (entry.event.seq <= this.published) continue;
      if (batch.length > 0 && (batch.length >= BATCH.events || bytes + entry.bytes > BATCH.bytes)) break;
      batch.push(entry.event);
      bytes += entry.bytes;
    }
    return batch;
  }

  private archive(): Promise<void> {
    this.archiving ??= CancellationScope.nonCancellable(async () => {
      const moved = this.inMemory();
      const [first, last] = [moved[0], moved.at(-1)];
      if (first && last) {
        const ref: Ref = await this.work.io('storeEvents', moved, `archive events ${first.seq} to ${last.seq}`);
        this.archives.push({ from: first.seq, to: last.seq, ref });
        this.events = this.events.filter(({ event }) => event.seq > last.seq);
        this.bytes = this.events.reduce((sum, entry) => sum + entry.bytes, 0);
      }
      this.archiving = undefined;
    });
    return this.archiving;
  }
}
