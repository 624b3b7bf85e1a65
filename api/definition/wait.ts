import type { Request } from 'express';
import { header } from '../http';

/** Seconds that an answer waits for an execution, if the caller does not say, and at most. */
const USUAL = 20;
const LONGEST = 40;

/** How long the answer to `execute` waits: undefined where it does not. `Prefer: respond-async` is a wish not to. */
export function waitOf(req: Request, isAsync: boolean): { ms: number; headers: Record<string, string> } | undefined {
  const prefer = header(req, 'Prefer', 'Prefer takes at most 200 printable characters.') ?? '';
  if (isAsync || /(^|[\s,;])respond-async\b/i.test(prefer)) return undefined;
  const [, given] = /(?:^|[\s,;])wait\s*=\s*"?(\d{1,6})/i.exec(prefer) ?? [];
  const seconds = Math.min(given === undefined ? USUAL : Number(given), LONGEST);
  const headers: Record<string, string> = given === undefined ? {} : { 'Preference-Applied': `wait=${seconds}` };
  return { ms: seconds * 1_000, headers };
}
