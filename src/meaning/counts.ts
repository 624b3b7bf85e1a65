import { canonicalJson } from '../documents/json';
import type { Remembered, SpaceCounts } from './port';

/** Counts texts by their spaces. */
export class Counts {
  private readonly bySpace = new Map<string, SpaceCounts>();

  add(space: string, { text, facts }: Pick<Remembered, 'text' | 'facts'>): void {
    const before = this.bySpace.get(space) ?? { space, texts: 0, bytes: 0 };
    const bytes = before.bytes + Buffer.byteLength(text) + Buffer.byteLength(canonicalJson(facts));
    this.bySpace.set(space, { space, texts: before.texts + 1, bytes });
  }

  /** by the names of the spaces */
  get all(): SpaceCounts[] {
    return [...this.bySpace.values()].sort((a, b) => (a.space < b.space ? -1 : 1));
  }
}
