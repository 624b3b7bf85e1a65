/** Something that happens at an instant of the virtual clock. */
interface Entry {
  /** UTC milliseconds */
  time: number;
  act: () => void | Promise<void>;
}

/** A virtual clock, and what happens by it: in the order of time, and at one instant in the order of asking. */
export class Agenda {
  private readonly entries: Entry[] = [];

  /** @param now UTC milliseconds */
  constructor(public now: number) {}

  /** Has something done at an instant; at once where that is past. */
  at(time: number, act: Entry['act']): void {
    const entry = { time: Math.max(time, this.now), act };
    let [low, high] = [0, this.entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.entries[middle] as Entry).time <= entry.time) low = middle + 1;
      else high = middle;
    }
    this.entries.splice(low, 0, entry);
  }

  /** The instant of what comes next; undefined where nothing does. */
  get next(): number | undefined {
    return this.entries[0]?.time;
  }

  /** Goes on to the next entry, and does it. */
  async step(): Promise<void> {
    const entry = this.entries.shift();
    if (!entry) return;
    this.now = entry.time;
    await entry.act();
  }
}
