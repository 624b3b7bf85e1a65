import type { Json } from '../../../schemas/json';
import type { StepCall } from '../../../schemas/step-call';
import type { ToolSpec } from '../../../schemas/tool';
import type { AgentState } from '../../../activities/agents/state';
import { createToolRegistry } from '../../../activities/tools/registry';
import {
  createToolRuntime,
  type AttemptControl,
  type ToolRuntime,
  type ToolRuntimeParts,
} from '../../../activities/tools/runtime';
import type { Tool, ToolContext } from '../../../activities/tools/tool';
import type { Log } from '../../../activities/tools/log';
import { createDocuments, type Documents } from '../../../src/documents/content';
import type { DocumentStore } from '../../../src/documents/port';
import { createRecordings } from '../../../src/recordings/recordings';
import { createEffects } from '../../../src/effects/effects';
import { createMemories } from '../../../src/memory/memory';
import { createStates } from '../../../src/state/state';
import { createWorkspaces } from '../../../src/workspaces/workspaces';
import { temporaryStore } from '../documents/support';

export const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export const nobody: AgentState = { report: () => {} };

/** Limits of a workspace that no test meets by chance. */
export const roomy = { bytes: 64 * 1024 * 1024, files: 1_000, pathBytes: 400 };

/** A tool without effect that takes and gives back anything. */
export function toolOf(
  run: (input: Json, context: ToolContext) => Promise<Json>,
  spec: Partial<ToolSpec> = {},
  more: Partial<Tool> = {},
): Tool {
  return {
    spec: { name: 'test.tool', version: '1', description: 'a test', input: {}, output: {}, effect: 'none', ...spec },
    run,
    ...more,
  };
}

export function callOf(value: Json = null, change: Partial<StepCall> = {}): StepCall {
  return {
    workflow_id: 'awe.run.1',
    correlation_id: 'c1',
    step_id: 'step',
    uses: 'test.tool',
    round: 1,
    key: 'awe.run.1/step/1',
    mode: 'live',
    arguments: { value: { inline: value } },
    ...change,
  };
}

export function controlOf(change: Partial<AttemptControl> = {}): AttemptControl {
  return { signal: new AbortController().signal, heartbeat: () => {}, attempt: 1, ...change };
}

export interface Bench {
  runtime: ToolRuntime;
  documents: Documents;
  store: DocumentStore;
}

/** A runtime on real files. */
export async function benchOf(tools: Tool[], parts: Partial<ToolRuntimeParts> = {}): Promise<Bench> {
  const { store } = await temporaryStore();
  const documents = parts.documents ?? createDocuments(store);
  const runtime = createToolRuntime({
    registry: createToolRegistry(tools),
    documents,
    workspaces: createWorkspaces(store, roomy),
    memories: createMemories(store),
    states: createStates(store),
    effects: createEffects(store),
    recordings: createRecordings(store),
    log: silent,
    state: nobody,
    ...parts,
  });
  return { runtime, documents, store };
}

/** The failure that a promise ends in. */
export async function failureOf(promise: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await promise;
  } catch (error) {
    const { name, type, message, nonRetryable, details, nextRetryDelay } = error as Record<string, unknown>;
    return { name, type, message, nonRetryable, details, nextRetryDelay };
  }
  throw new Error('it did not fail');
}
