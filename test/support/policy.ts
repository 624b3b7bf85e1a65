/** Policies of tests, as files. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PolicyLimits } from '../../schemas/policy';

/** A policy that allows everything, within limits that can be set anew: for jobs that are planned later. */
export function limitedPolicy(): { file: string; limit(limits: PolicyLimits): void } {
  const file = join(mkdtempSync(join(tmpdir(), 'awe-policy-')), 'policy.yaml');
  const rules = [{ id: 'all', when: 'true', effect: 'allow', reason: 'a test' }];
  // JSON is YAML
  const limit = (limits: PolicyLimits) =>
    writeFileSync(file, JSON.stringify({ version: 1, name: 'test', rules, limits }));
  limit({});
  return { file, limit };
}
