import type { PlatformEvent } from '../../schemas/envelope';

/** Events held back while an earlier one is missing; more are forgotten, since the history has them. */
const HELD = 500;

/**
 * Puts events from several sources (history, archives, the live stream) into one sequence: every `seq` once, in order,
 * none left out. Pure: its output depends on its input alone.
 */
export class SeqMerge {
  private readonly held = new Map<number, PlatformEvent>();

  /** `after`: the last event that the reader has */
  constructor(private last: number) {}

  /** The last `seq` returned. */
  get position(): number {
    return this.last;
  }

  /** True while an event is missing before others that have arrived. */
  get gap(): boolean {
    return this.held.size > 0;
  }

  /** Takes events as they come, and returns those whose turn it is. */
  offer(events: Iterable<PlatformEvent>): PlatformEvent[] {
    const due: PlatformEvent[] = [];
    const give = (event: PlatformEvent) => {
      this.last = event.seq;
      due.push(event);
    };
    for (const event of events) {
      if (event.seq > this.last + 1 && this.held.size < HELD) this.held.set(event.seq, event);
      if (event.seq !== this.last + 1) continue;
      give(event);
      for (let next = this.take(); next; next = this.take()) give(next);
    }
    // events that a later source has brought meanwhile are superseded
    for (const seq of this.held.keys()) if (seq <= this.last) this.held.delete(seq);
    return due;
  }

  private take(): PlatformEvent | undefined {
    const next = this.held.get(this.last + 1);
    if (next) this.held.delete(next.seq);
    return next;
  }
}
