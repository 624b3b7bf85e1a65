import { builtinTools } from '../../../../activities/tools/builtin';
import { createApart } from '../../../../activities/tools/pure/apart';
import type { Json } from '../../../../schemas/json';
import type { Output } from '../http/support';
import type { Workspace } from '../../../../src/workspaces/port';
import { createWorkspaces } from '../../../../src/workspaces/workspaces';
import { benchOf, callOf, controlOf, roomy, type Bench } from '../support';

/** Threads and children for the tools of a test file, and their end. */
export function openApart() {
  const apart = createApart();
  return { apart, close: () => apart.close() };
}

export interface ToolBench extends Bench {
  /** of the run whose tools are run */
  workspace: Workspace;
  /** the output of a tool on these arguments, by the runtime */
  run(uses: string, input: object): Promise<Output>;
  /** the same with arguments that are stored, as a large output of a step before is */
  runStored(uses: string, template: object, input: object): Promise<Output>;
}

/** The tools that come with the platform, on real files. */
export async function toolBench(parts: Parameters<typeof benchOf>[1] = {}): Promise<ToolBench> {
  const bench = await benchOf([...builtinTools], parts);
  const { runtime, documents } = bench;
  const outputOf = async (call: ReturnType<typeof callOf>) => {
    const { output } = await runtime.execute(call, 'tool', controlOf());
    return (await documents.fromValue(output)) as unknown as Output;
  };
  return {
    ...bench,
    workspace: createWorkspaces(bench.store, roomy).of('awe.run.1'),
    run: (uses, input) => outputOf(callOf(input as Json, { uses })),
    async runStored(uses, template, input) {
      const scope = { input: { ref: await documents.putValue(input as Json) }, steps: {} };
      return await outputOf(callOf(null, { uses, arguments: { template: { inline: template as Json }, scope } }));
    },
  };
}
