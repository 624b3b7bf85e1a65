import type { Json } from '../../../../schemas/json';
import type { StepCall } from '../../../../schemas/step-call';
import { builtinTools } from '../../../../activities/tools/builtin';
import type { HttpInput } from '../../../../activities/tools/builtin/http/schema';
import type { ToolRuntimeParts } from '../../../../activities/tools/runtime';
import { parseEgressAllow } from '../../../../src/egress/allow';
import { createConnector } from '../../../../src/egress/connector';
import { TEST_CA } from '../../../support/web';
import { benchOf, callOf, controlOf, failureOf, type Bench } from '../support';

/** The tools of the platform on a way out that reaches this machine; names in `.example` are of this machine too. */
export async function networkBench(parts: Partial<ToolRuntimeParts> = {}): Promise<Bench & Calls> {
  const bench = await benchOf([...builtinTools], {
    egress: createConnector({
      allow: parseEgressAllow('127.0.0.1, *.example'),
      resolve: async () => ['127.0.0.1'],
      ca: TEST_CA,
    }),
    ...parts,
  });
  const run = async (uses: string, input: object, change: Partial<StepCall> = {}): Promise<Output> => {
    const call = callOf(input as Json, { uses, step_id: 'ask', ...change });
    const { output } = await bench.runtime.execute(call, 'tool', controlOf());
    return (await bench.documents.fromValue(output)) as unknown as Output;
  };
  return {
    ...bench,
    run,
    ask: (input, change) => run('http.request', input, change),
    fail: (input, change) => failureOf(run('http.request', input, change)),
  };
}

export interface Calls {
  run(uses: string, input: object, change?: Partial<StepCall>): Promise<Output>;
  ask(input: HttpInput, change?: Partial<StepCall>): Promise<Output>;
  fail(input: HttpInput, change?: Partial<StepCall>): Promise<Record<string, unknown>>;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into what came back
export type Output = Record<string, any>;
