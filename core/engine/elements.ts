import type { Failure } from '../../schemas/catalogue';
import type { LoadedStep } from '../../schemas/loaded-plan';
import type { Job } from './job';
import { elementId } from './row-id';
import type { StepState, StepTable } from './table';

/** Elements of one step, and of all steps that repeat at a time: each has a row in the table. */
export const MOST_ELEMENTS = 5_000;

/** The end of a step that others have stopped. */
export const STOPPED: Failure = { type: 'group.stopped', message: 'a step beside it has failed' };

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
    const { count } = this.table.get(id).each ?? { count: 0 };
    const most = this.isFailing(window.step) ? 0 : (for_each?.parallel ?? 1);
    const joining: LoadedStep[] = [];
    for (; window.next < count; window.next++) {
      const element = elementOf(window.step, window.next);
      if (this.table.hasEnded(element.id)) continue;
      // elements begin in their order; those that have begun on the other side go on here, and take their places
      if (this.table.get(element.id).status === 'pending' && window.open.size >= most) break;
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
    if (!this.isFailing(step)) return ended === each.count ? { do: 'gather', step } : undefined;
    // a run that fails cancels what is at work; a fallback waits for it
    if (step.on_error !== 'fail' && begun > ended) return undefined;
    return { do: 'gather', step, error: firstFailure(this.table.elementsOf(step.id)) };
  }

  /** A step that something beside it has failed ends with its elements at work; those between two rounds begin no other. */
  private stop(step: LoadedStep): Job | undefined {
    const isAtWork = this.table.elementsOf(step.id).some(({ status }) => status === 'running');
    return isAtWork ? undefined : { do: 'gather', step, error: STOPPED };
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

  /** True if the rows of so many elements fit into the table besides those of steps that are under way. */
  hasRoom(count: number): boolean {
    const taken = this.taken(() => true);
    return taken === 0 || taken + count <= MOST_ELEMENTS;
  }

  /** True if they would fit once only the elements around their step are under way, which wait for it. */
  mayHaveRoom({ id }: LoadedStep, count: number): boolean {
    const around = this.taken((other) => id.startsWith(`${other}.`));
    return around === 0 || around + count <= MOST_ELEMENTS;
  }

  private taken(by: (step: string) => boolean): number {
    let taken = 0;
    for (const id of this.windows.keys()) if (by(id)) taken += this.table.get(id).each?.count ?? 0;
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
