import type { Json } from '../../schemas/json';
import type { LoadedStep } from '../../schemas/loaded-plan';

/** What an approval step asks, and whom: its expressions. */
export const askingOf = ({ id, approval }: LoadedStep): Json => ({
  question: approval?.question ?? id,
  shows: approval?.shows ?? null,
  assignee: approval?.assignee ?? null,
});

/** The same once they are rendered. Whoever is named by no text is anybody. */
export function askedIn(rendered: Json): { question: string; shows: Json; assignee?: string } {
  const { question, shows, assignee } = rendered as { question: Json; shows: Json; assignee: Json };
  return {
    question: typeof question === 'string' ? question : JSON.stringify(question),
    shows,
    assignee: typeof assignee === 'string' && assignee !== '' ? assignee.slice(0, 200) : undefined,
  };
}
