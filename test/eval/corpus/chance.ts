/** Chance from a seed: the same seed gives the same draws on every machine. */
export class Chance {
  private state: number;

  constructor(seed: string | number) {
    // FNV-1a over the seed's letters, so that neighbouring seeds differ at once
    this.state = [...String(seed)].reduce(
      (hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 16777619),
      2166136261,
    );
    for (let i = 0; i < 8; i++) this.next();
  }

  /** From 0 up to, but not including, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number, including both ends. */
  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<T>(from: readonly T[]): T {
    return from[this.int(0, from.length - 1)]!;
  }

  /** Different members, in their order. */
  some<T>(from: readonly T[], count: number): T[] {
    const left = from.map((_, index) => index);
    const taken = Array.from(
      { length: Math.min(count, from.length) },
      () => left.splice(this.int(0, left.length - 1), 1)[0]!,
    );
    return taken.sort((a, b) => a - b).map((index) => from[index]!);
  }

  yes(probability = 0.5): boolean {
    return this.next() < probability;
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => this.int(0, 9)).join('');
  }

  letters(count: number): string {
    return Array.from({ length: count }, () => this.pick([...'ABCDEFGHJKLMNPRSTUVWXYZ'])).join('');
  }
}
