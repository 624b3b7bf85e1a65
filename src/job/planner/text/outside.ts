import type { Refused } from '../refusal';
import type { Token } from './tokens';

/** Paths of a goal that lead out of the workspace, whatever is to be done with them. */
export const outsidePaths = (tokens: readonly Token[]): Refused[] =>
  tokens
    .filter(({ kind, text }) => kind === 'path' && /^~|(^|\/)\.\.(\/|$)/.test(text))
    .map(({ text, from, to }) => ({
      part: text,
      from,
      to,
      message: `"${text}" leads out of the workspace: name a path in it, such as output/users.json`,
      near: [],
    }));
