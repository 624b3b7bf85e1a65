/** API keys of people in tests. */
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '../../schemas/access';

export const keyOf = (name: string): string => `key-of-${name}-0123456789`;

/** Writes a file of keys for AWE_API_KEYS_FILE, by the names of people with their roles. @returns its path */
export function writeKeys(
  people: Readonly<Record<string, readonly Role[]>>,
  file = join(mkdtempSync(join(tmpdir(), 'awe-keys-')), 'keys.json'),
): string {
  const keys = Object.entries(people).map(([name, roles]) => ({
    name,
    roles,
    sha256: createHash('sha256').update(keyOf(name)).digest('hex'),
  }));
  writeFileSync(file, JSON.stringify({ keys }));
  return file;
}
