import type { Sentence } from '../../../llm/choices';
import { textOf, type Rule } from '../rule';

/** The question for the rows of a request, by rule: the first of those that are offered. */
export const auditQuestion: Rule = ({ messages }) => {
  const asked = messages.find(({ role }) => role === 'user');
  const { questions = [] } = JSON.parse(asked ? textOf(asked) : '{}') as { questions?: Sentence[] };
  return { questions: questions.slice(0, 1).map(({ id }) => id) };
};
