/** Builds the workflow bundle ahead of time, so that a worker starts at once: `node dist/workers/bundle.js`. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

/** Path of the built bundle, beside the compiled code. */
export const BUNDLE_PATH = resolve(__dirname, '..', 'workflow-bundle.js');

/** The converter of payloads, which workflows and the worker around them share. */
export const PAYLOAD_CONVERTER = require.resolve('../workflows/engine/payloads');

/**
 * The code of a bundle, source map and all, from the file that exports its workflows. The modules are loaded once for
 * all runs of a worker and frozen, instead of once for each run, which takes longer than a short run itself. So they
 * keep nothing that belongs to a run: the linter refuses a module that declares a variable with `let`.
 */
export async function bundleWorkflows(workflowsPath: string): Promise<string> {
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    preloadModules: [workflowsPath],
    payloadConverterPath: PAYLOAD_CONVERTER,
    workflowInterceptorModules: [require.resolve('../workflows/ahead'), require.resolve('../workflows/tracing')],
    logger: new DefaultLogger('WARN'),
  });
  return code;
}

async function main(): Promise<void> {
  writeFileSync(BUNDLE_PATH, await bundleWorkflows(join(__dirname, '..', 'workflows', 'index.js')));
}

if (require.main === module) void main();
