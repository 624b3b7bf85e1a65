import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** What running a script needs of a connection; tests put faults in between. */
export type ScriptPort = Pick<Redis, 'evalsha' | 'eval'>;

/** A Lua script, known to Redis by the hash of its text. */
export interface Script {
  lua: string;
  sha: string;
}

export function script(lua: string): Script {
  return { lua, sha: createHash('sha1').update(lua).digest('hex') };
}

/** Runs a script by its hash, and by its text where Redis does not know it (new, restarted, or flushed). */
export async function runScript(
  port: ScriptPort,
  { lua, sha }: Script,
  keys: string[],
  args: (string | number | Buffer)[],
) {
  try {
    return await port.evalsha(sha, keys.length, ...keys, ...args);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
    return await port.eval(lua, keys.length, ...keys, ...args);
  }
}

/** The same, with the bytes of strings as they are. */
export async function runScriptBuffer(
  port: Pick<Redis, 'callBuffer'>,
  { lua, sha }: Script,
  keys: string[],
  args: string[],
): Promise<unknown> {
  try {
    return await port.callBuffer('EVALSHA', sha, keys.length, ...keys, ...args);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
    return await port.callBuffer('EVAL', lua, keys.length, ...keys, ...args);
  }
}
