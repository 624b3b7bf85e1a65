import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { toolsIn } from '../tools/own';
import type { Tool } from '../tools/tool';

const FOLDER = join(__dirname, 'ready');

/**
 * The agents that come with the platform: each file of `ready/` exports one, made with `defineTaskAgent` or
 * `defineAgent`. A file that is put there is found at the next start.
 */
export function readyAgents(): Tool[] {
  const load = createRequire(__filename);
  const files = readdirSync(FOLDER).filter((name) => /(?<!\.d)\.[jt]s$/.test(name));
  return files.sort().flatMap((name) => toolsIn(load(join(FOLDER, name)) as object));
}
