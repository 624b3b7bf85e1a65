import type { Refused } from '../refusal';
import type { Token } from './tokens';

/** Why a path cannot be one of the workspace, because it leads out of it; undefined for one that does not. */
export const leadsOut = (path: string): string | undefined =>
  /^~|(^|\/)\.\.(\/|$)/.test(path)
    ? `"${path}" leads out of the workspace: name a path in it, such as output/users.json`
    : undefined;

/** Paths of a goal that lead out of the workspace, whatever is to be done with them. */
export const outsidePaths = (tokens: readonly Token[]): Refused[] =>
  tokens.flatMap(({ kind, text, from, to }) => {
    const message = kind === 'path' ? leadsOut(text) : undefined;
    return message === undefined ? [] : [{ part: text, from, to, message, near: [] }];
  });
