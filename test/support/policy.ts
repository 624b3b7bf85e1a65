/** Policies of tests, as files. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import type { PolicyLimits } from '../../schemas/policy';
import { decide, statusOf } from './stack';
import { until } from './until';

/** A policy that allows everything, within limits that can be set anew: for jobs that are planned later. */
export function limitedPolicy(): { file: string; limit(limits: PolicyLimits): void } {
  const file = join(mkdtempSync(join(tmpdir(), 'awe-policy-')), 'policy.yaml');
  const rules = [{ id: 'all', when: 'true', effect: 'allow', reason: 'a test' }];
  // JSON is YAML
  const limit = (limits: PolicyLimits) =>
    writeFileSync(file, JSON.stringify({ version: 1, name: 'test', ask: 'the board', rules, limits }));
  limit({});
  return { file, limit };
}

/** Answers each time that a job asks at a limit, until it has ended. */
export async function answerLimits(handle: WorkflowHandle, choice: 'approve' | 'reject'): Promise<void> {
  for (;;) {
    let asked: string | undefined;
    await until(async () => {
      const { approvals, ended_at } = await statusOf(handle);
      asked = approvals.find(({ kind, status }) => kind === 'limit' && status === 'open')?.approval_id;
      return asked !== undefined || ended_at !== undefined;
    });
    if (asked === undefined) return;
    await decide(handle, { approval_id: asked, choice, by: 'olga' });
  }
}
