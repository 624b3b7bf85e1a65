import type { Failure } from '../../schemas/catalogue';
import type { LoadedStep } from '../../schemas/loaded-plan';
import { STOPPED } from './failures';
import type { Job } from './job';
import { newParts, PART, partOf } from './parts';
import { elementId } from './row-id';
import type { StepState, StepTable } from './table';

/** Elements of one list. */
export const MOST_ELEMENTS = 10_000;

/** Rows of elements in the table at a time, of all steps that repeat; and of one of them, whose list is gathered in parts. */
export const MOST_ROWS = 5_000;
const MOST_ROWS_OF_ONE = 1_500;

/** Rows that the elements of a list may have at a time. */
const rowsFor = (count: number, inParts = newParts(count) !== undefined): number =>
  inParts ? Math.min(count, MOST_ROWS_OF_ONE) : count;

/** An element as a step of its own. Its step has waited for what it needs. */
export const elementOf = (step: LoadedStep, index: number): LoadedStep => ({
  ...step,
  id: elementId(step.id, index),
  needs: [],
  when: undefined,
  for_each: undefined,
  element: { of: step.id, index },
});

/** The elements of a step that are at work or may begin, by their ids, and the index of the next one. */
interface Window {
  open: Map<string, LoadedStep>;
  next: number;
}

/**
 * The elements of the steps that run for each element of a list, while they run: which may begin, and what their steps
 * do next. Each element is a step of its own, with its own row, rounds, attempts and key, on the side where it belongs.
 * The row of its step changes in segments alone, of which one is under way at a time.
 */
export class Elements {
  private readonly windows = new Map<string, { step: LoadedStep } & Window>();

  constructor(private readonly table: StepTable) {}

  /** Begins to look after the elements of a step, once its list is known. */
  watch(step: LoadedStep): void {
    if (!this.table.get(step.id).each?.list || this.table.hasEnded(step.id)) return;
    if (!this.windows.has(step.id)) this.windows.set(step.id, { step, open: new Map(), next: 0 });
  }

  /** Elements of a step that join those that may be at work, in their order, where others have ended. */
  joining({ id, for_each }: LoadedStep): LoadedStep[] {
    const window = this.windows.get(id);
    if (!window) return [];
    const { count, parts } = this.table.get(id).each ?? { count: 0 };
    const most = this.isFailing(window.step) ? 0 : (for_each?.parallel ?? 1);
    const joining: LoadedStep[] = [];
    const hasRow = !parts || this.table.rowsOf(id) < MOST_ROWS_OF_ONE;
    for (; window.next < count; window.next++) {
      while (parts?.[partOf(window.next)]) window.next = (partOf(window.next) + 1) * PART;
      if (window.next >= count) break;
      const element = elementOf(window.step, window.next);
      if (this.table.hasEnded(element.id)) continue;
      // elements begin in their order; those that have begun on the other side go on here, and take their places
      if (this.table.get(element.id).status === 'pending' && (window.open.size >= most || !hasRow)) break;
      window.open.set(element.id, element);
      joining.push(element);
    }
    return joining;
  }

  /** An element that may be at work. */
  get(id: string, of: string): LoadedStep | undefined {
    return this.windows.get(of)?.open.get(id);
  }

  /** Takes an element out that has ended. */
  leave({ id, element }: LoadedStep): void {
    this.windows.get(element?.of ?? '')?.open.delete(id);
  }

  /** Forgets the elements of a step that has ended; gives those that might still have been at work. */
  close(step: LoadedStep): LoadedStep[] {
    const { open } = this.windows.get(step.id) ?? {};
    this.windows.delete(step.id);
    return [...(open?.values() ?? [])];
  }

  /** The next job of such a step, besides those of its elements. */
  next(step: LoadedStep, list: string, stopping = false): Job | undefined {
    const { each } = this.table.get(step.id);
    if (stopping) return this.stop(step);
    if (!each?.list) return this.hasRoom(each?.count ?? 1) ? { do: 'list', step, list } : undefined;
    const { begun, ended } = this.table.progress(step.id);
    if (!this.isFailing(step)) {
      if (ended === each.count) return { do: 'gather', step };
      const part = this.table.endedPart(step.id);
      return part === undefined ? undefined : { do: 'gather', step, part };
    }
    // a run that fails cancels what is at work; a fallback waits for it
    if (step.on_error !== 'fail' && begun > ended) return undefined;
    return { do: 'gather', step, error: firstFailure(this.table.elementsOf(step.id)) };
  }

  /** A step that something beside it has failed ends with its elements at work; those between two rounds begin no other. */
  private stop(step: LoadedStep): Job | undefined {
    const isAtWork = this.table.elementsOf(step.id).some(({ status }) => status === 'running');
    return isAtWork ? undefined : { do: 'gather', step, error: STOPPED };
  }

  /** True where the rows of a part wait to be gathered. */
  get hasEndedPart(): boolean {
    for (const { step } of this.windows.values())
      if (!this.isFailing(step) && this.table.endedPart(step.id) !== undefined) return true;
    return false;
  }

  /** Elements that the other side has gathered with their part, and that are open here. */
  gathered({ id }: LoadedStep): LoadedStep[] {
    return [...(this.windows.get(id)?.open.values() ?? [])].filter((element) => this.table.isGathered(element.id));
  }

  /** True for an element that does not begin any more, since another has failed their step. */
  isLate({ id, element }: LoadedStep): boolean {
    if (!element || this.table.get(id).status !== 'pending') return false;
    const { step } = this.windows.get(element.of) ?? {};
    return step !== undefined && this.isFailing(step);
  }

  /** True where an element has failed the run, and its step has yet to say so: nothing else begins. */
  get fails(): boolean {
    for (const { step } of this.windows.values())
      if (!step.within && step.on_error === 'fail' && this.isFailing(step)) return true;
    return false;
  }

  /** True if the rows of this many elements fit into the table besides those of steps that are under way. */
  hasRoom(count: number): boolean {
    const taken = this.taken(() => true);
    return taken === 0 || taken + rowsFor(count) <= MOST_ROWS;
  }

  /** True if they would fit once only the elements around their step are under way, which wait for it. */
  mayHaveRoom({ id }: LoadedStep, count: number): boolean {
    const around = this.taken((other) => id.startsWith(`${other}.`));
    return around === 0 || around + rowsFor(count) <= MOST_ROWS;
  }

  private taken(by: (step: string) => boolean): number {
    let taken = 0;
    for (const id of this.windows.keys()) {
      const { count, parts } = this.table.get(id).each ?? { count: 0 };
      if (by(id)) taken += rowsFor(count, parts !== undefined);
    }
    return taken;
  }

  private isFailing({ id, on_error }: LoadedStep): boolean {
    return on_error !== 'continue' && this.table.progress(id).failed > 0;
  }
}

/** The first failure; of unknown outcome where that of any is: a repetition would repeat that one, too. */
function firstFailure(elements: readonly StepState[]): Failure | undefined {
  const index = elements.findIndex(({ status }) => status === 'failed');
  const { error } = elements[index] ?? {};
  if (!error) return undefined;
  const isUnknown = elements.some((element) => element.error?.outcome === 'unknown');
  const message = `element ${index}: ${error.message}`;
  return { type: error.type, message, ...(isUnknown ? { outcome: 'unknown' as const } : {}) };
}
