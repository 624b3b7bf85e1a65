import type { Evidence } from './evidence';
import { type Waste, wastes } from './lexicon/topics';

const isWaste = (id: string): id is Waste => (wastes as readonly string[]).includes(id);

/** Kinds of friction. A row may show several. */
export const signalIds = ['repetition', 'interruption', 'handover', 'waiting', 'rework', 'bouncing'] as const;
export type SignalId = (typeof signalIds)[number];

/**
 * Signals of a row and the words that show them. `repetition` comes from its duplicate group, not from words; a signal
 * that is also a waste is shown by the rows of that waste, so that both have one figure.
 */
export function signalsOf(evidence: Evidence, repeats: boolean): Map<SignalId, string[]> {
  const signals = new Map<SignalId, string[]>();
  if (repeats) signals.set('repetition', []);
  for (const id of signalIds) {
    if (id === 'repetition' || (isWaste(id) && evidence.waste !== id)) continue;
    const words = evidence.quotes.get(id);
    if (words) signals.set(id, words);
  }
  return signals;
}
