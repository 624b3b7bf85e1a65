import { textOf, type Rule } from '../rule';

/**
 * The answer to a customer, by rule: each point of the list as a sentence, with a capital and a full stop. It adds no
 * question and no promise.
 */
export const orderReply: Rule = ({ messages }) => {
  const asked = messages.find(({ role }) => role === 'user');
  const { reply = '' } = JSON.parse(asked ? textOf(asked) : '{}') as { reply?: string };
  return { reply: reply.split('\n').map(point).join('\n') };
};

function point(line: string): string {
  const [, text] = /^- (\S.*)$/.exec(line) ?? [];
  if (text === undefined) return line;
  return `- ${text.charAt(0).toLocaleUpperCase()}${text.slice(1)}${/[.!?:…]$/.test(text) ? '' : '.'}`;
}
