import { jsonBytes } from './identity';
import { Latch } from './latch';

/** Local activities in flight at a time. */
const IN_FLIGHT = 50;

/** Bytes of their results that one workflow task may gather; above 4 MB the server refuses it for ever. */
const BYTES = 1024 * 1024;

/**
 * Bounds what local activities put into one workflow task. When their results have reached the limit, nothing new
 * starts until those in flight have ended and a `barrier` (a timer) has made the task complete.
 */
export class Gate {
  private inFlight = 0;
  private bytes = 0;
  private readonly changed = new Latch();

  constructor(private readonly barrier: () => Promise<void>) {}

  async pass<T>(start: () => Promise<T>): Promise<T> {
    while (this.inFlight >= IN_FLIGHT || this.bytes >= BYTES) {
      if (this.bytes >= BYTES && this.inFlight === 0) await this.complete();
      else await this.changed.wait();
    }
    this.inFlight += 1;
    try {
      const result = await start();
      this.bytes += jsonBytes(result);
      return result;
    } finally {
      this.inFlight -= 1;
      this.changed.open();
    }
  }

  private async complete(): Promise<void> {
    this.inFlight += 1;
    await this.barrier();
    this.inFlight -= 1;
    this.bytes = 0;
    this.changed.open();
  }
}
