import { minimalValue } from './minimal';
import { lastUserText, type Rule } from './rule';

const EXTRACT = 200;

/**
 * What the mock answers where it has no rule: the smallest value that the asked schema allows, or the beginning of what
 * the user said, and says so. It never claims to have understood anything.
 */
export const generic: Rule = ({ messages, responseFormat, schema }) => {
  if (schema !== undefined) return minimalValue(schema);
  const text = lastUserText(messages).replaceAll(/\s+/g, ' ').trim();
  const extract = text.length > EXTRACT ? `${text.slice(0, EXTRACT)}…` : text;
  const note = 'mock: no rule for this task; the beginning of the last message follows';
  return responseFormat?.type === 'json_object' ? { note, extract } : `[${note}] ${extract}`;
};
