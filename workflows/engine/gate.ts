import { jsonBytes } from '../../core/identity';

/** Local activities in flight at a time. */
const IN_FLIGHT = 50;

/** Bytes of their results that one workflow task may gather; above 4 MB the server refuses it for ever. */
const BYTES = 1024 * 1024;

/**
 * Bounds what local activities put into one workflow task. When their results have reached the limit, nothing new
 * starts until those in flight have ended and a `barrier` has made the task complete.
 */
export class Gate {
  private inFlight = 0;
  private bytes = 0;
  /** who may not start yet, the first first */
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly barrier: () => Promise<void>) {}

  pass<T>(start: () => Promise<T>): Promise<T> {
    if (this.waiting.length > 0 || !this.open) return this.queued(start);
    this.inFlight += 1;
    return this.through(start);
  }

  private get open(): boolean {
    return this.inFlight < IN_FLIGHT && this.bytes < BYTES;
  }

  /** Goes on where it was called, so that it starts in the caller's cancellation scope. */
  private async queued<T>(start: () => Promise<T>): Promise<T> {
    await new Promise<void>((enter) => {
      this.waiting.push(enter);
      this.letIn();
    });
    return await this.through(start);
  }

  private through<T>(start: () => Promise<T>): Promise<T> {
    return this.begun(start).then(
      (result) => {
        this.bytes += jsonBytes(result);
        this.leave();
        return result;
      },
      (error: Error) => {
        this.leave();
        throw error;
      },
    );
  }

  /** What may not start any more says so at once. */
  private begun<T>(start: () => Promise<T>): Promise<T> {
    try {
      return start();
    } catch (error) {
      this.leave();
      throw error;
    }
  }

  private leave(): void {
    this.inFlight -= 1;
    this.letIn();
  }

  /** Only as many are woken as may start. */
  private letIn(): void {
    while (this.waiting.length > 0 && this.open) {
      this.inFlight += 1;
      this.waiting.shift()?.();
    }
    if (this.waiting.length > 0 && this.inFlight === 0) void this.complete();
  }

  private async complete(): Promise<void> {
    this.inFlight += 1;
    await this.barrier();
    this.bytes = 0;
    this.leave();
  }
}
