import { outermostOf } from './row-id';

/**
 * Rows that steps held which have failed, or were cut off: their table drops them, and a run that goes on from its end
 * goes on from them. Where such a step begins anew, is completed after all, or is gone on without, they are forgotten.
 */
export class LeftRows<Row> {
  /** by the step of the plan */
  private readonly kept = new Map<string, Map<string, Row>>();

  /** Keeps rows that are about to be dropped, and the row that holds them. What was kept within them before stays. */
  keep(rows: [string, Row][]): void {
    for (const [id, state] of rows) {
      const kept = this.kept.get(outermostOf(id)) ?? new Map<string, Row>();
      if (!kept.has(id)) kept.set(id, state);
      this.kept.set(outermostOf(id), kept);
    }
  }

  /** Forgets the rows that a row has held. */
  forget(id: string): void {
    const kept = this.kept.get(outermostOf(id));
    for (const other of kept?.keys() ?? []) if (other === id || other.startsWith(`${id}.`)) kept?.delete(other);
  }

  /** All of them, each row before those that it holds. */
  rows(): [string, Row][] {
    const depth = (id: string): number => id.split('.').length;
    return [...this.kept.values()].flatMap((kept) => [...kept].sort(([a], [b]) => depth(a) - depth(b)));
  }
}
