import { CancellationScope, workflowInfo } from '@temporalio/workflow';

/** Microtasks after which whatever follows from one answer has been done; the longest way takes about thirty. */
const HOPS = 200;

/** An answer that has come: the workflow task that brought it, and the way in. */
interface Arrival {
  task: number;
  enter: () => void;
}

/** Who waits until something holds. */
interface Watcher {
  holds: () => boolean;
  meet: () => void;
}

/**
 * Lets answers from outside into the workflow one at a time, in an order that a replay keeps: what follows from one is
 * done before the next is seen, results of local activities go first, and everything else waits until no local
 * activity is under way.
 *
 * Local activities need it. On a replay their results may come several at once where they came alone, and earlier than
 * other answers that they came after; without this, what follows from them would interleave otherwise than it did, and
 * the commands of the replay would not be those of the history. See docs/decisions/003.
 */
export class Turnstile {
  private last: Promise<void> = Promise.resolve();
  private underWay = 0;
  private readonly arrivals: Arrival[] = [];
  private readonly watchers = new Set<Watcher>();

  /** Starts a local activity; its result goes before everything that waits. */
  async local<T>(start: () => Promise<T>): Promise<T> {
    this.underWay += 1;
    const answer = await comeOf(start());
    await this.turn();
    this.underWay -= 1;
    return answer();
  }

  /** An answer that the history holds as an event of its own: an activity, a timer, a signal, a child. */
  async pass<T>(coming: PromiseLike<T>): Promise<T> {
    const answer = await comeOf(coming);
    await this.admission();
    return answer();
  }

  /**
   * Waits until something holds that the workflow does itself; false when the timer rings before. It is looked at after
   * every answer, when what follows from it is done: a condition of the SDK is looked at only when everything that an
   * activation has brought is done, and a replay brings more in one.
   *
   * A timer that is no longer needed rings in vain: one that is cancelled in the workflow task that started it leaves no
   * event, and a replay may see both in one task where the run saw them in two.
   */
  until(holds: () => boolean, timer?: () => Promise<void>): Promise<boolean> {
    if (holds()) return Promise.resolve(true);
    return new Promise((resolve, reject) => {
      const around = CancellationScope.current();
      const watcher: Watcher = {
        holds,
        meet: () => {
          this.watchers.delete(watcher);
          resolve(true);
        },
      };
      const end = (how: () => void) => () => this.watchers.delete(watcher) && how();
      const rung = end(() => resolve(false));
      this.watchers.add(watcher);
      if (timer) void CancellationScope.nonCancellable(timer).then(() => this.admission().then(rung));
      if (around.cancellable)
        around.cancelRequested.catch((error: Error) => {
          if (this.watchers.has(watcher)) return this.turn().then(end(() => reject(error)));
        });
    });
  }

  private admission(): Promise<void> {
    return new Promise((enter) => {
      this.arrivals.push({ task: workflowInfo().historyLength, enter });
      // all that the same workflow task has brought is here before the first of it enters
      this.last = this.last.then(settle).then(() => this.next());
    });
  }

  /** What follows from an answer is done: who waits for that goes on, then others may come in. */
  private next(): Promise<void> | void {
    const met = [...this.watchers].filter(({ holds }) => holds());
    if (met.length === 0) return this.admit();
    for (const { meet } of met) meet();
    return settle().then(() => this.next());
  }

  /** The answers of one workflow task enter together, one after the other. */
  private admit(): void {
    if (this.underWay > 0) return;
    const [first] = this.arrivals;
    while (first && this.arrivals[0]?.task === first.task) {
      const { enter } = this.arrivals.shift() as Arrival;
      void this.turn().then(enter);
    }
  }

  private turn(): Promise<void> {
    const turn = this.last;
    this.last = turn.then(settle).then(() => this.next());
    return turn;
  }
}

/** What has come, as a function that gives or throws it. */
function comeOf<T>(coming: PromiseLike<T>): PromiseLike<() => T> {
  return coming.then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error;
    },
  );
}

/**
 * Lets microtasks run, through one promise that is resolved with a thenable again and again: the SDK records a stack
 * trace for every promise that a workflow makes, which costs a hundred times more than a microtask.
 */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    let left = HOPS;
    const hop = {
      then(next: (value?: unknown) => void): void {
        left -= 1;
        next(left > 0 ? hop : undefined);
      },
    };
    resolve(hop as PromiseLike<void>);
  });
}
