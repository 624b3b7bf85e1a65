import { CancellationScope } from '@temporalio/workflow';

/** Microtasks after which whatever follows from one answer has been done; the longest way takes about thirty. */
const HOPS = 200;

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
  /** answers that are to enter, the first first */
  private readonly queue: (() => void)[] = [];
  /** an answer has entered, and what follows from it is not done yet */
  private settling = false;
  private underWay = 0;
  private swift = 0;
  /** answers that wait until no local activity is under way, the first first */
  private readonly arrivals: (() => void)[] = [];
  private readonly watchers = new Set<Watcher>();

  /** Starts a local activity; its result goes before everything that waits. `swift`: the run goes on at once with it. */
  local<T>(start: () => Promise<T>, swift: boolean): Promise<T> {
    const coming = start();
    this.underWay += 1;
    if (swift) this.swift += 1;
    return new Promise((resolve, reject) => {
      const enter = (answer: () => void) =>
        this.turn(() => {
          this.underWay -= 1;
          if (swift) this.swift -= 1;
          answer();
        });
      coming.then(
        (value) => enter(() => resolve(value)),
        (error: Error) => enter(() => reject(error)),
      );
    });
  }

  /** A local activity is under way with which the run goes on in milliseconds. */
  get isSwift(): boolean {
    return this.swift > 0;
  }

  /** An answer that the history holds as an event of its own: an activity, a timer, a signal, a child. */
  pass<T>(coming: PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      coming.then(
        (value) => this.arrive(() => resolve(value)),
        (error: Error) => this.arrive(() => reject(error)),
      );
    });
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
      const watcher = this.watch(holds, () => resolve(true));
      const end = (how: () => void) => () => {
        if (this.watchers.delete(watcher)) how();
      };
      const rung = end(() => resolve(false));
      if (timer) void CancellationScope.nonCancellable(timer).then(() => this.arrive(rung));
      if (around.cancellable)
        around.cancelRequested.catch((error: Error) => {
          if (this.watchers.has(watcher)) this.turn(end(() => reject(error)));
        });
    });
  }

  /** The same, but looked at only when what is being done now is done. */
  settled(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.watch(holds, resolve);
      this.turn(() => undefined);
    });
  }

  private watch(holds: () => boolean, met: () => void): Watcher {
    const watcher: Watcher = {
      holds,
      meet: () => {
        this.watchers.delete(watcher);
        met();
      },
    };
    this.watchers.add(watcher);
    return watcher;
  }

  private arrive(enter: () => void): void {
    this.arrivals.push(enter);
    // results of local activities that come with it are here before it enters
    this.turn(() => undefined);
  }

  /** One, and not the next before the local activities are over that follow from it. */
  private admit(): void {
    const first = this.underWay > 0 ? undefined : this.arrivals.shift();
    if (first) this.queue.push(first);
  }

  private turn(enter: () => void): void {
    this.queue.push(enter);
    if (!this.settling) this.advance();
  }

  private advance(): void {
    const enter = this.queue.shift();
    this.settling = enter !== undefined;
    if (!enter) return;
    enter();
    settle(() => this.next());
  }

  /** What follows from an answer is done: who waits for that goes on, then others may come in. */
  private next(): void {
    const met = [...this.watchers].filter(({ holds }) => holds());
    for (const { meet } of met) meet();
    if (met.length > 0) return settle(() => this.next());
    if (this.queue.length === 0) this.admit();
    this.advance();
  }
}

/**
 * Lets microtasks run, through one promise that is resolved with a thenable again and again: the SDK records a stack
 * trace for every promise that a workflow makes, which costs a hundred times more than a microtask.
 */
function settle(done: () => void): void {
  let left = HOPS;
  const hop = {
    then(next: (value?: unknown) => void): void {
      left -= 1;
      if (left > 0) return next(hop);
      done(); // what it throws fails the workflow task, for nobody else hears of it
      next();
    },
  };
  void new Promise((resolve) => resolve(hop));
}
