import { CancellationScope, condition, workflowInfo } from '@temporalio/workflow';
import type { Gap, Landed } from '../../activities/engine/events';
import type { Arrival, Riding } from '../../activities/engine/riding';
import { eventOf, idsOf, type Lineage, type Speaker, type Spoken } from '../../core/engine/event';
import { jsonBytes } from '../../core/identity';
import type { PlatformEvent } from '../../schemas/envelope';
import type { EventPage } from '../../schemas/run';
import type { Carriage, Work } from './work';

/** A batch of its own; more go in the next one. */
const BATCH = { events: 200, bytes: 128 * 1024 };

/** Events that ride with other work; more take a batch of their own. */
const RIDE = { events: 100, bytes: 32 * 1024 };

/** Bytes of events that are kept in memory; more go to the document store. */
const MEMORY = 128 * 1024;

/** Events that lie in the document store, as a JSON array. */
export type Archive = EventPage['archives'][number];

/** State of the outbox that a run takes along when it continues as new. */
export interface OutboxState {
  seq: number;
  published: number;
  archives: Archive[];
  before: Lineage;
}

/**
 * The events of a run, in order. They ride with the activities that the run asks for anyway, which publish them before
 * they begin; an idle run sends a batch of its own. Either way the history holds an event before Redis does. While
 * Redis is away, one batch on the mirror's queue tries until it is back; a run never waits for it. The last events go
 * out with the run's record. Nothing is dropped from memory before it is in an archive, so a stream that has lost
 * events gets them again from the first that it lacks.
 */
export class Outbox implements Carriage {
  private seq: number;
  /** the number of the last event that is known to be in the stream */
  private published: number;
  /** the number of the last event that is on its way */
  private boarded: number;
  private archives: Archive[];
  private events: { event: PlatformEvent; bytes: number; cause?: number }[] = [];
  private bytes = 0;
  private riding: Riding | undefined;
  /** a batch of its own is under way: fast, or by the mirror's queue, which tries until Redis is back */
  private sending: 'batch' | 'mirror' | undefined;
  private closed = false;
  private archiving: Promise<void> | undefined;

  constructor(
    private readonly work: Work,
    private speaker: Speaker,
    state?: OutboxState,
  ) {
    this.seq = state?.seq ?? 0;
    this.published = state?.published ?? 0;
    this.boarded = this.published;
    this.archives = state?.archives ?? [];
    this.speaker = { ...speaker, before: state?.before ?? [] };
    void CancellationScope.nonCancellable(() => this.sendWhatStays());
  }

  /**
   * Speaks an event: it has its id, its number, its time (UTC milliseconds) and its cause (the number of an event) from
   * now on. Gives its number.
   */
  append(spoken: Spoken, at: number, cause: number | undefined): number {
    this.seq += 1;
    const event = eventOf(this.speaker, spoken, { seq: this.seq, at, cause });
    const bytes = jsonBytes(event);
    this.events.push({ event, bytes, cause });
    this.bytes += bytes;
    if (this.bytes > MEMORY && !this.closed) void this.archive();
    return this.seq;
  }

  /** The next event is the run's last. It goes out with the record, and so does all that is not out yet. */
  end(): void {
    this.closed = true;
  }

  get last(): number {
    return this.seq;
  }

  /** The number of the last event that is known to be in the stream. */
  get flushed(): number {
    return this.published;
  }

  /** Events after `after` that are in memory; the archives of older ones. */
  page(after: number, limit: number): EventPage {
    return {
      events: this.inMemory()
        .filter((event) => event.seq > after)
        .slice(0, limit),
      archives: this.archives.filter((archive) => archive.to > after),
      last: this.seq,
    };
  }

  /** Every event that is not in an archive. */
  inMemory(): PlatformEvent[] {
    return this.events.map(({ event }) => event);
  }

  /** Bytes of the events that are in memory. */
  get size(): number {
    return this.bytes;
  }

  get before(): Lineage {
    return this.speaker.before;
  }

  /** References of the archives, for the run's record. */
  get archived() {
    return this.archives.map(({ ref }) => ref);
  }

  board(): Riding | undefined {
    if (this.closed || this.riding || this.sending === 'mirror' || this.boarded >= this.seq) return undefined;
    // a batch under way may arrive later, so every event goes that is not known to have arrived
    const events = this.take(this.published, RIDE);
    if (!events) return undefined;
    this.boarded = this.seq;
    this.riding = { ...this.batchOf(events), execution: this.speaker.runId };
    return this.riding;
  }

  /** A ride is over: `arrival` is undefined if the activity failed: the events may or may not be in the stream. */
  land({ events }: Riding, arrival: Arrival | undefined): void {
    this.riding = undefined;
    if (!arrival || 'away' in arrival) this.boarded = this.published;
    else if ('gap' in arrival) this.notice(arrival.gap);
    else this.arrive(events.at(-1)?.seq ?? 0, arrival.execution, arrival.flushed);
    this.send(arrival !== undefined && 'away' in arrival);
  }

  /** Sends what waits, in a batch of its own, unless something is on its way. `away`: by the mirror's queue. */
  private send(away = false): void {
    if (this.closed || this.sending || (this.boarded >= this.seq && !away)) return;
    if (this.published >= this.seq) return;
    void CancellationScope.nonCancellable(() => this.flush(away));
  }

  /** Archives all events, and lets a batch under way end; one on the mirror's queue is left to the next run. */
  async pack(): Promise<void> {
    this.closed = true;
    if (this.events.length > 0) await this.archive();
    await condition(() => this.sending !== 'batch');
  }

  /** True when every spoken event can be carried along now. */
  get packed(): boolean {
    return this.closed && this.sending !== 'batch' && this.events.length === 0;
  }

  carry(): OutboxState {
    const { seq, published, archives, speaker } = this;
    return { seq, published, archives, before: [...speaker.before, { runId: speaker.runId, upTo: seq }] };
  }

  /** Temporal checks conditions after all other work: an event without a ride by then would wait. */
  private async sendWhatStays(): Promise<void> {
    while (!this.closed) {
      await condition(() => this.closed || (!this.sending && this.boarded < this.seq));
      this.send();
    }
  }

  private async flush(away: boolean): Promise<void> {
    const archive = this.archives.find(({ to }) => to > this.published);
    const run = this.speaker.workflowId;
    this.sending = archive || away ? 'mirror' : 'batch';
    if (archive) {
      const { ref, to } = archive;
      const input = { run, ref, after: this.published, execution: this.speaker.runId };
      this.landBatch(to, await this.work.mirror('mirrorArchive', input, `events ${this.published + 1} to ${to}`));
      return;
    }
    const events = this.take(this.published, BATCH, true) ?? [];
    const to = events.at(-1)?.seq ?? this.published;
    this.boarded = Math.max(this.boarded, to);
    const names = events.map((event) => event.event_type).join(', ');
    const summary = `events ${this.published + 1} to ${to}: ${names.slice(0, 150)}`;
    const batch = { ...this.batchOf(events), execution: this.speaker.runId };
    try {
      const answer = away
        ? await this.work.mirror('mirrorBatch', batch, summary)
        : await this.work.publish(batch, summary);
      this.landBatch(to, answer);
    } catch {
      this.sending = undefined;
      this.boarded = this.published;
      this.send(true);
    }
  }

  private landBatch(to: number, { gap, execution = this.speaker.runId }: Landed): void {
    this.sending = undefined;
    if (gap) this.notice(gap);
    else this.arrive(to, execution, to);
    this.boarded = Math.max(this.boarded, this.published);
    this.send();
  }

  /** Either events before these are still on their way, or the stream has lost what it had: it gets them again. */
  private notice({ after }: Gap): void {
    this.published = Math.min(this.published, after);
    this.boarded = this.published;
  }

  private arrive(upTo: number, execution: string, flushed: number): void {
    this.published = Math.max(this.published, flushed);
    this.boarded = Math.max(this.boarded, flushed);
    if (execution !== this.speaker.runId) this.adopt(upTo, execution);
  }

  /** After a reset, events from before it are in the stream under the ids of another execution: those stay. */
  private adopt(upTo: number, execution: string): void {
    const older = this.speaker.before.filter(({ runId }) => runId !== execution);
    this.speaker = { ...this.speaker, before: [...older, { runId: execution, upTo }] };
    for (const entry of this.events)
      entry.event = { ...entry.event, ...idsOf(this.speaker, entry.event.seq, entry.cause) };
  }

  /** Events after a number up to a bound; unless a `part` will do, undefined if more are due or some are archived. */
  private take(after: number, most: typeof BATCH, part = false): PlatformEvent[] | undefined {
    const batch: PlatformEvent[] = [];
    let bytes = 0;
    for (const entry of this.events) {
      if (entry.event.seq <= after) continue;
      bytes += entry.bytes;
      if (batch.length > 0 && (batch.length >= most.events || bytes > most.bytes)) return part ? batch : undefined;
      batch.push(entry.event);
    }
    return part || batch[0]?.seq === after + 1 ? batch : undefined;
  }

  private batchOf(events: PlatformEvent[]) {
    return { run: this.speaker.workflowId, events };
  }

  private archive(): Promise<void> {
    this.archiving ??= CancellationScope.nonCancellable(async () => {
      const moved = this.inMemory();
      const [first, last] = [moved[0], moved.at(-1)];
      if (first && last) {
        const ref = await this.work.io('storeEvents', moved, `archive events ${first.seq} to ${last.seq}`);
        this.archives.push({ from: first.seq, to: last.seq, ref });
        this.events = this.events.filter(({ event }) => event.seq > last.seq);
        this.bytes = this.events.reduce((sum, entry) => sum + entry.bytes, 0);
      }
      this.archiving = undefined;
    });
    return this.archiving;
  }
}

/** The run of this workflow, as the speaker of its events. */
export function speakerOf(about: Omit<Speaker, 'workflowId' | 'runId' | 'before'>): Speaker {
  const { workflowId, runId } = workflowInfo();
  return { workflowId, runId, before: [], ...about };
}
