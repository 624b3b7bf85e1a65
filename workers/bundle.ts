/** Makes the workflow bundle ahead of time, so that a worker starts with it at once: `node dist/workers/bundle.js`. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

/** Where the built bundle lies, beside the compiled code. */
export const BUNDLE_PATH = resolve(__dirname, '..', 'workflow-bundle.js');

async function main(): Promise<void> {
  const workflowsPath = join(__dirname, '..', 'workflows', 'index.js');
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  writeFileSync(BUNDLE_PATH, code);
}

if (require.main === module) void main();
