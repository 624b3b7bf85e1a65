/** A first API key, made here for an installation that has none. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Role } from '../../schemas/access';

/** Roles for a first look: all but `admin`, who runs the platform. */
const ROLES: Role[] = ['requester', 'approver', 'operator', 'auditor'];

export interface FirstKey {
  /** the file of keys, for AWE_API_KEYS_FILE */
  file: string;
  /** the file with the key itself, to be read once and removed */
  keyFile: string;
  made: boolean;
}

/**
 * Makes `gateway/gateway-keys.json` for AWE_GATEWAY_KEYS_FILE, and `worker/gateway-key`, the key that workers send, for
 * LLM_GATEWAY_KEY_FILE: folders of their own, because neither needs to see the other's. Keeps keys that exist.
 */
export function ensureGatewayKeys(folder: string): FirstKey {
  const file = join(folder, 'gateway', 'gateway-keys.json');
  const keyFile = join(folder, 'worker', 'gateway-key');
  if (existsSync(file) && existsSync(keyFile)) return { file, keyFile, made: false };
  const { key, sha256 } = newKey();
  for (const path of [file, keyFile]) mkdirSync(dirname(path), { recursive: true });
  write(keyFile, `${key}\n`);
  write(file, `${JSON.stringify({ keys: [{ name: 'workers', sha256 }] }, null, 2)}\n`);
  return { file, keyFile, made: true };
}

/** Makes `api/keys.json` and `api/first-key` in a folder, readable by their owner alone; keeps keys that exist. */
export function ensureApiKeys(folder: string): FirstKey {
  const file = join(folder, 'api', 'keys.json');
  const keyFile = join(folder, 'api', 'first-key');
  if (existsSync(file)) return { file, keyFile, made: false };
  mkdirSync(dirname(file), { recursive: true });
  const { key, sha256 } = newKey();
  write(keyFile, `${key}\n`);
  write(file, `${JSON.stringify({ keys: [{ name: 'first-look', sha256, roles: ROLES }] }, null, 2)}\n`);
  return { file, keyFile, made: true };
}

function newKey(): { key: string; sha256: string } {
  const key = randomBytes(24).toString('base64url');
  return { key, sha256: createHash('sha256').update(key).digest('hex') };
}

/** Writes a file whole or not at all: the API may read it at any moment. */
function write(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
