import { startApi, type RunningApi } from '../../api/server';
import { freePorts } from '../../src/local/ports';
import { createLogger } from '../../src/logging';
import { startStack, type Stack, type StackOptions } from './stack';

/** A worker with an API beside it, on a port of its own. Both are stopped by whoever starts them, the API first. */
export async function startServed(options: StackOptions = {}): Promise<{ stack: Stack; api: RunningApi }> {
  const [port] = await freePorts(1);
  const stack = await startStack({ ...options, env: { AWE_PORT: String(port), ...options.env } });
  return { stack, api: await startApi(stack.config, createLogger(stack.config, 'test')) };
}
