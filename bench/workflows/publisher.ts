import { uuid4, workflowInfo } from '@temporalio/workflow';
import type { PlatformEvent } from '../../schemas/envelope';
import type { Spoken } from '../../core/engine/event';

/** Publishes events in batches, as one would by hand: events that come while a batch is under way go in the next. */
export class Publisher {
  private waiting: PlatformEvent[] = [];
  private seq = 0;
  private ended = false;
  private publishing: Promise<void> | undefined;

  constructor(private readonly call: (name: string, input: unknown, summary: string) => Promise<unknown>) {}

  append({ type, payload }: Spoken): void {
    this.seq += 1;
    const { workflowId } = workflowInfo();
    this.waiting.push({
      event_id: uuid4(),
      event_type: type,
      schema_version: 1,
      source: 'awe.run',
      occurred_at: new Date().toISOString(),
      correlation_id: workflowId,
      causation_id: null,
      subject: { kind: 'run', id: workflowId },
      seq: this.seq,
      payload,
    });
    this.publishing ??= this.publish();
  }

  /** The last event; resolves when all are out. */
  async end(spoken: Spoken): Promise<void> {
    this.ended = true;
    this.append(spoken);
    while (this.publishing) await this.publishing;
  }

  private async publish(): Promise<void> {
    await Promise.resolve(); // events of the same turn go together
    while (this.waiting.length > 0) {
      const events = this.waiting;
      this.waiting = [];
      const batch = { run: workflowInfo().workflowId, events, ended: this.ended };
      await this.call('publishBatch', batch, `${events.length} events`);
    }
    this.publishing = undefined;
  }
}
