import type { Json } from '../../../../schemas/json';
import { textOf, type Rule } from '../rule';

/** The answer to an agent's task, by rule: the draft as it was shown. This model knows no more, and calls no tool. */
export const agentTask: Rule = ({ messages }) => {
  const asked = messages.find(({ role }) => role === 'user');
  const { draft = {} } = JSON.parse(asked ? textOf(asked) : '{}') as { draft?: Json };
  return draft;
};
