import { bundleWorkflowCode } from '@temporalio/worker';
import vm from 'node:vm';
import type * as workflows from './sandbox.workflow';

/**
 * The bundler refuses Node modules, and the context has only what Temporal's sandbox adds to JavaScript: no Buffer, no
 * timers, no process.
 */
describe('in the workflow sandbox', () => {
  let workflow: typeof workflows;
  let code: string;

  beforeAll(async () => {
    const silent = () => undefined;
    const logger = { log: silent, trace: silent, debug: silent, info: silent, warn: silent, error: silent };
    ({ code } = await bundleWorkflowCode({ workflowsPath: require.resolve('./sandbox.workflow'), logger }));
    const globals = { TextEncoder, TextDecoder, AbortController, URL, URLSearchParams, __webpack_module_cache__: {} };
    const context = vm.createContext(globals);
    new vm.Script(code).runInContext(context);
    workflow = vm.runInContext('__TEMPORAL__.importWorkflows()', context) as typeof workflows;
  });

  it('expressions are rendered, read and checked', async () => {
    const value = { n: '${{ steps.a.output.n + 1 }}', t: 'Hi ${{ input.name }} ${{ bytes("hé") }}', u: '${{ nope }}' };
    const scope = { steps: { a: { output: { n: 1 } } }, input: { name: 'Ada' }, nope: null };
    expect(copy(await workflow.usesExpressions(value, scope))).toEqual({
      rendered: { n: 2, t: 'Hi Ada aMOp', u: null },
      references: 3,
      faults: 0,
    });
  });

  it('failures are ExpressionErrors', () => {
    expect(workflow.codeOf('x.y.z', { x: {} })).toBe('expression.unknown_name');
    expect(workflow.codeOf('timestamp("now")', {})).toBe('expression.failed');
  });

  it('the dearest loops end long before the sandbox would be killed', () => {
    const many = Array.from({ length: 50_000 }, (_, n) => n);
    const began = performance.now();
    expect(workflow.codeOf('many.all(a, many.exists(b, b == -1) || true)', { many })).toBe('expression.limit');
    expect(workflow.codeOf('many.exists(a, a.nope)', { many })).toBe('expression.limit');
    expect(workflow.codeOf('many.map(a, sum(many))', { many })).toBe('expression.limit');
    expect(workflow.codeOf('many.map(a, json(many))', { many })).toBe('expression.limit');
    const took = performance.now() - began;
    if (process.env.MEASURE) process.stdout.write(`four attacks: ${took.toFixed(0)} ms\n`);
    expect(took).toBeLessThan(4_000);
  });

  it('a simple field costs microseconds', () => {
    const scope = { steps: { a: { output: { x: 1 } } } };
    workflow.renderRepeatedly('${{ steps.a.output.x }}', scope, 2_000);
    const began = performance.now();
    workflow.renderRepeatedly('${{ steps.a.output.x }}', scope, 10_000);
    const each = ((performance.now() - began) / 10_000) * 1_000;
    if (process.env.MEASURE)
      process.stdout.write(`a simple field: ${each.toFixed(1)} µs; bundle ${code.length} bytes\n`);
    expect(each).toBeLessThan(100);
  });
});

/** Copies an object of the context, because `toEqual` distinguishes its prototypes. */
function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
