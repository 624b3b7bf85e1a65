import type { JsonObject, Json } from '../../schemas/json';
import type { Value } from '../../schemas/refs';
import type { StepStatus } from '../../schemas/run';

/** Elements of a long list that are gathered together, once all of them have ended. */
export const PART = 250;

/** A part of a list that has been gathered: the outputs of its elements, and how many of these have failed. */
export interface Part {
  /** a `PartFile`; inline where the plan is followed within one process */
  kept: Value<PartFile>;
  failed: number;
}

/** What is kept of a part: the outputs of its elements in their order, null where one has failed; the failures with their `index`. */
export interface PartFile {
  items: Json[];
  errors: JsonObject[];
}

/** Elements of one step that have begun, have ended, have failed. */
export interface Progress {
  begun: number;
  ended: number;
  failed: number;
}

/** The part of its list in which an element stands. */
export const partOf = (index: number): number => Math.floor(index / PART);

/** The first element of a part, and their number, of a list of `count`. */
export const boundsOf = (part: number, count: number): { first: number; size: number } => ({
  first: part * PART,
  size: Math.max(0, Math.min(PART, count - part * PART)),
});

/** The parts of a list that has just been made, none of them gathered; undefined for one that is gathered as a whole. */
export const newParts = (count: number): null[] | undefined =>
  count > PART ? Array.from({ length: partOf(count - 1) + 1 }, () => null) : undefined;

const ENDED: readonly StepStatus[] = ['completed', 'failed', 'skipped', 'cancelled'];

export const hasEnded = (status: StepStatus): boolean => ENDED.includes(status);

/** Counts the elements of one step, by their rows while they have any, and by parts that have been gathered. */
export class ElementCounter {
  private readonly progress: Progress = { begun: 0, ended: 0, failed: 0 };
  /** elements of each part that have ended */
  private readonly endedIn: number[] = [];

  get total(): Progress {
    return { ...this.progress };
  }

  endedOf(part: number): number {
    return this.endedIn[part] ?? 0;
  }

  /** The row of an element has changed. */
  change(index: number, before: StepStatus, now: StepStatus): void {
    const by = (is: (status: StepStatus) => boolean): number => Number(is(now)) - Number(is(before));
    this.add(partOf(index), {
      begun: by((status) => status !== 'pending'),
      ended: by(hasEnded),
      failed: by((status) => status === 'failed'),
    });
  }

  /** A part has been gathered whose elements have no rows any more. */
  take(part: number, size: number, failed: number): void {
    this.add(part, { begun: size, ended: size, failed });
  }

  private add(part: number, { begun, ended, failed }: Progress): void {
    this.progress.begun += begun;
    this.progress.ended += ended;
    this.progress.failed += failed;
    this.endedIn[part] = this.endedOf(part) + ended;
  }
}
