import { useLanguage, useWords } from '../../i18n/words';
import { words } from '../../parts/status.words';

/** States by which lists of runs are filtered: those under way, then ends. */
export const STATES = [
  ...['running', 'waiting', 'paused', 'mirroring'],
  ...['completed', 'failed', 'cancelled', 'terminated', 'timed_out'],
];

/** States to choose from, with the number of runs that are so. */
export function useStates(states: readonly string[], counts: Readonly<Record<string, number>> = {}) {
  const known: Readonly<Record<string, string>> = useWords(words);
  const number = new Intl.NumberFormat(useLanguage().language);
  return [...new Set([...states, ...Object.keys(counts)])].map((state) => {
    const word = known[state] ?? state.replaceAll('_', ' ');
    const count = counts[state];
    return { value: state, label: count === undefined ? word : `${word} (${number.format(count)})` };
  });
}
