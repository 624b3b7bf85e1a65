/** Tools for tests of the engine: small, and odd in the ways that tests need. */
import { existsSync } from 'node:fs';
import type { Json } from '../../schemas/json';
import type { ToolSpec } from '../../schemas/tool';
import { ToolError } from '../../activities/tools/errors';
import type { Tool, ToolContext } from '../../activities/tools/tool';

const anything = {};
const base = {
  version: '1.0.0',
  description: 'for tests',
  input: { type: 'object' },
  output: anything,
  risk: 'low',
  approval: false,
} as const;

type Input = { [name: string]: Json };

function tool(
  spec: Partial<ToolSpec> & { name: string },
  run: (input: Input, context: ToolContext) => Promise<Json> | Json,
): Tool {
  return {
    spec: { ...base, effect: 'none', timeout: 10_000, ...spec },
    run: async (input, context) => await run(input as Input, context),
  };
}

/** Counts of calls by key, within the process of the test. */
export const calls = new Map<string, number>();

const counted = (context: ToolContext): number => {
  const count = (calls.get(context.key) ?? 0) + 1;
  calls.set(context.key, count);
  return count;
};

const sleep = (ms: number, signal?: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => (clearTimeout(timer), reject(new Error('aborted'))), { once: true });
  });

export const testTools: Tool[] = [
  tool({ name: 'test.note', local: true, timeout: 1_000 }, (input) => input),
  tool({ name: 'test.work' }, async ({ ms = 0, ...rest }, context) => {
    counted(context);
    await sleep(Number(ms), context.signal);
    return rest;
  }),
  tool({ name: 'test.gate', timeout: 60_000 }, async ({ file }, { signal }) => {
    while (!existsSync(String(file)) && !signal.aborted) await sleep(20);
    return null;
  }),
  tool({ name: 'test.big', local: true, timeout: 2_000 }, ({ bytes = 1000, fill = 'x' }) => ({
    text: String(fill).repeat(Number(bytes)),
  })),
  tool({ name: 'test.big_remote' }, ({ bytes = 1000 }) => ({ text: 'y'.repeat(Number(bytes)) })),
  tool(
    { name: 'test.flaky', retry: { attempts: 5, initialMs: 50, backoff: 1, maxMs: 100 } },
    ({ failures = 1 }, context) => {
      counted(context);
      // by the attempt, which a worker's death does not forget
      if (context.attempt <= Number(failures))
        throw new ToolError({ class: 'transient', type: 'test.flaky', message: 'not this time' });
      return { attempts: calls.get(context.key) ?? 0 };
    },
  ),
  tool({ name: 'test.fail', errors: { 'test.broken': 'permanent' } }, ({ message = 'broken' }) => {
    throw new ToolError({ class: 'permanent', type: 'test.broken', message: String(message) });
  }),
  tool({ name: 'test.once', effect: 'once' }, (_, context) => {
    counted(context);
    throw new ToolError({ class: 'transient', type: 'test.flaky', message: 'and nobody knows what happened' });
  }),
  tool({ name: 'test.unanswered', effect: 'once' }, () => {
    throw new Error('the line is dead');
  }),
  tool({ name: 'test.improve', local: true, timeout: 1_000 }, (input, context) => ({
    ...input,
    round: context.round,
    told: context.rework?.findings.map(({ code }) => code) ?? [],
    instruction: context.rework?.instruction ?? null,
  })),
  tool({ name: 'test.check', local: true, timeout: 1_000 }, ({ output, good_from = 1 }) => {
    const round = Number((output as Input)['round']);
    const accepted = round >= Number(good_from);
    return { accepted, findings: accepted ? [] : [{ code: 'test.not_good', message: `round ${round} is not good` }] };
  }),
];
