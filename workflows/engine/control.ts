import type { JsonObject } from '../../schemas/json';
import type { Pause } from '../../schemas/run';

/** Requests of people; a run that continues as new takes it along. */
export interface ControlState {
  pausedBy?: string;
  /** the run around this one that was paused, by its workflow id */
  pausedThrough?: string;
  /** UTC milliseconds */
  pausedAt?: number;
  cancelledBy?: string;
  wishes?: Wish[];
}

/** A change that somebody wants of the plan that a run follows, in the process's own form. */
export interface Wish {
  by: string;
  change: JsonObject;
}

/** A request that concerns a run as a whole. */
export type ControlName = 'pause' | 'resume' | 'cancel';

/** Requests that concern a run as a whole, and what they have come to. */
export class Control {
  private pausedBy: string | undefined;
  private pausedThrough: string | undefined;
  private resumedBy: string | undefined;
  private pausedAt: number | undefined;
  private cancelledBy: string | undefined;
  private readonly wishes: Wish[];
  private readonly watchers = new Set<() => void>();

  constructor(
    private readonly speak: (moment: { at: 'run.paused' | 'run.resumed'; by: string }) => void,
    state: ControlState = {},
  ) {
    this.pausedBy = state.pausedBy;
    this.pausedThrough = state.pausedThrough;
    this.pausedAt = state.pausedAt;
    this.cancelledBy = state.cancelledBy;
    this.wishes = state.wishes ?? [];
  }

  /** `through`: the run around this one of which it was asked. */
  pause(by: string, through?: string): void {
    if (this.pausedBy !== undefined || this.cancelledBy !== undefined) return;
    this.pausedBy = by;
    this.pausedThrough = through;
    this.pausedAt = Date.now();
    this.speak({ at: 'run.paused', by });
    this.changed();
  }

  /** A run around this one that goes on leaves a pause alone that was asked of this one. */
  resume(by: string, through?: string): void {
    if (this.pausedBy === undefined || (through !== undefined && through !== this.pausedThrough)) return;
    this.pausedBy = undefined;
    this.pausedThrough = undefined;
    this.resumedBy = by;
    this.pausedAt = undefined;
    this.speak({ at: 'run.resumed', by });
    this.changed();
  }

  cancel(by: string): void {
    this.cancelledBy ??= by;
    this.changed();
  }

  /** Notes a change that somebody wants; the plan comes to rest, and the process takes it up. */
  wish(wish: Wish): void {
    this.wishes.push(wish);
    this.changed();
  }

  get isWished(): boolean {
    return this.wishes.length > 0;
  }

  /** The oldest wish, which counts as taken up. */
  takeWish(): Wish | undefined {
    return this.wishes.shift();
  }

  get paused(): boolean {
    return this.pausedBy !== undefined;
  }

  /** Since when the run is paused, UTC milliseconds; undefined while it is not. */
  get pausedSince(): number | undefined {
    return this.pausedAt;
  }

  /** Who has paused the run, and since when; undefined while it is not paused. */
  get pauser(): Pause | undefined {
    const { pausedBy: by, pausedAt = 0, pausedThrough: through } = this;
    return by === undefined ? undefined : { by, since: new Date(pausedAt).toISOString(), through };
  }

  /** Name of whoever has last paused the run, or let it go on. */
  get asker(): string | undefined {
    return this.pausedBy ?? this.resumedBy;
  }

  /** Name of whoever cancelled the run, if anybody did. */
  get cancelled(): string | undefined {
    return this.cancelledBy;
  }

  /** Calls back whenever one of them is asked for, until `unwatch` is called. */
  watch(changed: () => void): () => void {
    this.watchers.add(changed);
    return () => void this.watchers.delete(changed);
  }

  carry(): ControlState {
    const { pausedBy, pausedThrough, pausedAt, cancelledBy, wishes } = this;
    return { pausedBy, pausedThrough, pausedAt, cancelledBy, wishes };
  }

  /** Calls everybody back: something else has happened that concerns the run as a whole. */
  changed(): void {
    for (const watcher of this.watchers) watcher();
  }
}
