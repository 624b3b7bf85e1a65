import { minimalValue } from './minimal';
import { lastUserText, type Rule } from './rule';

const EXTRACT = 200;

/**
 * The mock's answer to a task without a rule: the smallest value that the schema allows, or the beginning of the user's
 * message, marked as such. It never claims to have understood anything.
 */
export const generic: Rule = ({ messages, responseFormat, schema }) => {
  if (schema !== undefined) return minimalValue(schema);
  const text = lastUserText(messages).replaceAll(/\s+/g, ' ').trim();
  const extract = text.length > EXTRACT ? `${text.slice(0, EXTRACT)}…` : text;
  const note = 'mock: no rule for this task; the beginning of the last message follows';
  return responseFormat?.type === 'json_object' ? { note, extract } : `[${note}] ${extract}`;
};
