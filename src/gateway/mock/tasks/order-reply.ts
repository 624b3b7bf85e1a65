import type { Sentence } from '../../../llm/choices';
import { textOf, type Rule } from '../rule';

type Part = 'greetings' | 'thanks' | 'requests' | 'points' | 'closings';

/** The answer to a customer, by rule: the last sentence of each kind, and the points as they stand. */
export const orderReply: Rule = ({ messages }) => {
  const asked = messages.find(({ role }) => role === 'user');
  const parts = JSON.parse(asked ? textOf(asked) : '{}') as Partial<Record<Part, Sentence[]>>;
  const last = (part: Part) => parts[part]?.at(-1)?.id ?? '';
  return {
    greeting: last('greetings'),
    thanks: last('thanks'),
    request: last('requests'),
    points: (parts.points ?? []).map(({ id }) => id),
    closing: last('closings'),
  };
};
