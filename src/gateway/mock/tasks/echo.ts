import type { Json } from '../../../../schemas/json';
import { lastUserText, type Rule } from '../rule';

/** Repeats the user's message, as JSON if JSON is asked for. For tests of the code around a model. */
export const echo: Rule = ({ messages, responseFormat }) => {
  const text = lastUserText(messages);
  if (responseFormat === undefined || responseFormat.type === 'text') return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return { echo: text };
  }
};
