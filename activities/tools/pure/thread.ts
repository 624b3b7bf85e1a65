/** Work of pure tools for threads: arguments are read, checked and computed, and the output is checked and kept. */
import type { Json } from '../../../schemas/json';
import { LARGEST_VALUE } from '../../../schemas/refs';
import { threadWork } from '../../../src/threads/work';
import { pureTools } from '../builtin/pure';
import { ToolError } from '../errors';
import { keepOutput, readInput } from '../exchange';
import { createToolRegistry, type RegisteredTool } from '../registry';
import { createToolChildren, type PureThread } from './apart';

const children = createToolChildren();
const registered = new Map<string, RegisteredTool>();

/** Does an order. Bytes to be saved go back as they are, everything else by reference. */
export const compute: PureThread['compute'] = threadWork(async ({ tool: name, given, file }, values) => {
  const tool = pureTools.find(({ spec }) => spec.name === name);
  const known = registered.get(name) ?? (tool && createToolRegistry([tool]).get(name));
  if (!tool || !known) throw new Error(`no thread computes ${name}`);
  registered.set(name, known);
  try {
    const input: Json = await readInput(values, known, given, {}, { size: LARGEST_VALUE });
    const source = file === undefined ? tool.source(input) : undefined;
    if (source) return { source };
    const { output, save } = await tool.work(input, { file, children, signal: undefined });
    return save ? { output, save } : { kept: await keepOutput(values, known, output) };
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const { class: errorClass, type, message, details, retryAfterMs } = error;
    return { fault: { class: errorClass, type, message, details, retryAfterMs } };
  }
});
