import type { Sentence } from '../../../llm/choices';
import { textOf, type Rule } from '../rule';

interface Asked {
  headlines: Sentence[];
  causes: { id: string; name: string; weight: number | null }[];
  questions: Sentence[];
}

/**
 * Choice for an audit, by rule: the shortest headline; among causes of the same weight the shorter name first, as it is
 * grasped sooner; the last three questions. A repair gets the same answer again.
 */
export const auditWording: Rule = ({ messages }) => {
  const asked = messages.find(({ role }) => role === 'user');
  const { headlines = [], causes = [], questions = [] } = JSON.parse(asked ? textOf(asked) : '{}') as Partial<Asked>;
  const [shortest] = [...headlines].sort((a, b) => a.text.length - b.text.length);
  const order = causes
    .map(({ id, name, weight }, i) => ({ id, name, first: causes.findIndex((one) => one.weight === weight), i }))
    .sort((a, b) => a.first - b.first || a.name.length - b.name.length || a.i - b.i)
    .map(({ id }) => id);
  return { headline: shortest?.id ?? '', order, questions: questions.slice(-3).map(({ id }) => id) };
};
