import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** The part of a connection that runs scripts; tests put faults in between. */
export type ScriptPort = Pick<Redis, 'evalsha' | 'eval'>;

/** A Lua script, known to Redis by the hash of its text. */
export interface Script {
  lua: string;
  sha: string;
}

export function script(lua: string): Script {
  return { lua, sha: createHash('sha1').update(lua).digest('hex') };
}

/** Runs a script by its hash, or by its text if Redis does not know it (new, restarted, or flushed). */
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

/** `runScript` with strings answered as buffers. */
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
