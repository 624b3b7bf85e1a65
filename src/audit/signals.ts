import type { Evidence } from './evidence';

/** Kinds of friction. A row may show several. */
export const signalIds = ['repetition', 'interruption', 'handover', 'waiting', 'rework', 'bouncing'] as const;
export type SignalId = (typeof signalIds)[number];

/** Signals of a row and the words that show them; `repetition` comes from its duplicate group, not from words. */
export function signalsOf(evidence: Evidence, repeats: boolean): Map<SignalId, string[]> {
  const signals = new Map<SignalId, string[]>();
  if (repeats) signals.set('repetition', []);
  for (const id of signalIds) {
    const words = id === 'repetition' ? undefined : evidence.quotes.get(id);
    if (words) signals.set(id, words);
  }
  return signals;
}
