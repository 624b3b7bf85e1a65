import type { Span } from '../reading';
import { Refusal } from '../refusal';

/** A path of the workspace: relative, without a way out. @throws Refusal */
export function workspacePath(path: string, at: Span): string {
  if (/^~|(^|\/)\.\.(\/|$)/.test(path))
    throw new Refusal(at, `"${path}" leads out of the workspace: name a path in it, such as output/users.json`);
  if (path.startsWith('/'))
    throw new Refusal(at, `"${path}" is not in the workspace: paths are relative, such as output/users.json`);
  return path.replace(/^\.\//, '');
}
