/** Microtasks after which whatever follows from one answer has been done; the longest way takes about thirty. */
const HOPS = 200;

/**
 * Lets answers from outside (activities, timers, conditions) into the workflow one at a time, in the order in which
 * they come: what follows from one is done before the next is seen.
 *
 * Local activities that run side by side need it. Live, each answer comes alone, in the order of their ends; on a
 * replay several come at once (in the same order). Without this, what follows from them would interleave otherwise
 * than it did, and the commands of the replay would not be those of the history. See docs/decisions/003.
 */
export class Turnstile {
  private last: Promise<void> = Promise.resolve();

  async pass<T>(answer: PromiseLike<T>): Promise<T> {
    const come = await answer.then(
      (value) => () => value,
      (error: unknown) => () => {
        throw error;
      },
    );
    const turn = this.last;
    this.last = turn.then(settle);
    await turn;
    return come();
  }
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
