import { Work } from './engine/work';

/** Publishes from a run's record the events that were not out when the run ended. It outlives the run. */
export async function mirrorRecord(input: { workflow_id: string; after: number }): Promise<void> {
  const work = new Work();
  for (let after = input.after; ;) {
    const { last, more } = await work.mirror('mirrorRecord', { ...input, after }, `events after ${after}`);
    if (!more) return;
    after = last;
  }
}
