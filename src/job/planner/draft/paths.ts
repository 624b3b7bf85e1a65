import type { Span } from '../reading';
import { Refusal } from '../refusal';
import { leadsOut } from '../text/outside';

/** A path of the workspace: relative, without a way out. @throws Refusal */
export function workspacePath(path: string, at: Span): string {
  const outside = leadsOut(path);
  if (outside !== undefined) throw new Refusal(at, outside);
  if (path.startsWith('/'))
    throw new Refusal(at, `"${path}" is not in the workspace: paths are relative, such as output/users.json`);
  return path.replace(/^\.\//, '');
}
