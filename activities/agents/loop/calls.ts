import { ApplicationFailure } from '@temporalio/common';
import { specFor } from '../../../core/worst-case';
import type { Json, JsonObject } from '../../../schemas/json';
import type { AskedCall, OfferedTool } from '../../../src/llm/client';
import { classify, ToolError } from '../../tools/errors';
import type { RegisteredTool, ToolRegistry } from '../../tools/registry';
import { loopError } from './bounds';
import type { Permit } from './permit';
import type { ModelTask } from './port';
import type { Script } from './script';

/** Makes the call of a tool, with the step's own ways. `place` names it within the step: the key follows from it. */
export type CallTool = (uses: string, args: JsonObject, place: number) => Promise<Json>;

export interface CallParts {
  script: Script;
  task: ModelTask;
  offered: ReadonlyMap<string, RegisteredTool>;
  permit: Permit;
  step: Parameters<Permit>[0]['step'];
  attempt: number;
  callTool: CallTool;
  signal: AbortSignal;
}

/** Characters of the name of a function in the protocol. */
const NAME = 64;

/** The tools of a step by the names that the model knows them by: letters, digits, `_` and `-`. */
export function offeredTools(names: readonly string[], registry: Pick<ToolRegistry, 'get'>) {
  const offered = new Map<string, RegisteredTool>();
  for (const name of names) {
    const tool = registry.get(name);
    if (tool?.kind !== 'tool')
      throw new ToolError({
        class: 'input',
        type: 'agent.tool_unknown',
        message: `the step lists the tool ${name}, and this worker has none of that name`,
      });
    offered.set(freeName(tool.spec.name, offered), tool);
  }
  return offered;
}

/** A name for the model that no other tool of the step has: long names, and those with `__`, may become the same. */
function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  const plain = name.replaceAll('.', '__');
  let free = plain.slice(0, NAME);
  for (let n = 2; taken.has(free); n++) free = `${plain.slice(0, NAME - 3)}_${n}`;
  return free;
}

export const functionsOf = (offered: ReadonlyMap<string, RegisteredTool>): OfferedTool[] =>
  [...offered].map(([name, { spec }]) => ({
    name,
    description: spec.description,
    parameters: spec.input as JsonObject,
  }));

/**
 * Answers a call that the model asks for: makes it, or says why not. Only a tool that the step lists is called, with
 * arguments that fit, which the policy does not deny, and once. @throws ToolError where the task cannot go on
 */
export async function answerCall(parts: CallParts, asked: AskedCall): Promise<void> {
  const { script, attempt } = parts;
  const place = script.place;
  const tool = parts.offered.get(asked.name);
  const about = { kind: 'tool' as const, name: tool?.spec.name ?? asked.name.slice(0, 80), attempt, place };
  const note = async (outcome: 'refused' | 'repeated', error: string): Promise<void> => {
    await (
      await script.begin(about)
    )({ outcome, error });
    await script.answerCall(asked, { error });
  };

  const before = script.repeats(asked);
  if (before > 1) {
    await note('repeated', 'the same call for the third time');
    throw loopError('agent.repeats', `the model asks for the same call of ${about.name} again and again`);
  }
  if (before === 1) return await note('repeated', 'this call was made before; its result stands above');

  const read = tool ? argumentsOf(asked, tool) : { refused: 'this step does not list that tool' };
  if ('refused' in read) return await note('refused', read.refused);
  const { args } = read;
  const { task, step, permit } = parts;
  const forbidden = await permit({ uses: about.name, args, step, purpose: `${task.agent}: ${task.task}` });
  if (forbidden !== undefined) return await note('refused', `the policy forbids it: ${forbidden}`);

  const { effect } = specFor(tool!.spec, args);
  if (script.begun(place) && effect === 'once')
    throw loopError('agent.outcome_unknown', `a call of ${about.name} was cut off, and cannot be repeated`, {
      outcome: 'unknown',
    });
  const end = await script.begin(about);
  try {
    const result = await parts.callTool(about.name, args, place);
    await end({ outcome: 'done' });
    await script.answerCall(asked, { result });
  } catch (error) {
    parts.signal.throwIfAborted();
    const fault = classify(error, effect);
    await end({ outcome: 'failed', error: fault.type });
    if (isUnknown(error))
      throw loopError('agent.outcome_unknown', `${fault.type}: ${fault.message}`, { outcome: 'unknown' });
    if (fault.class === 'transient') throw fault;
    await script.answerCall(asked, { error: `${fault.type}: ${fault.message}` });
  }
}

/** Arguments that fit the tool, or why they do not. */
function argumentsOf(asked: AskedCall, { checkInput }: RegisteredTool): { args: JsonObject } | { refused: string } {
  let args: Json;
  try {
    args = JSON.parse(asked.arguments === '' ? '{}' : asked.arguments) as Json;
  } catch {
    return { refused: 'the arguments are no JSON' };
  }
  if (typeof args !== 'object' || args === null || Array.isArray(args))
    return { refused: 'the arguments are no JSON object' };
  const problems = checkInput(args, asked.arguments.length).slice(0, 5);
  if (problems.length === 0) return { args };
  return { refused: `the arguments do not fit: ${problems.map((one) => `${one.pointer} ${one.message}`).join('; ')}` };
}

/** True for a failed call of which nobody knows whether its effect has happened. */
function isUnknown(error: unknown): boolean {
  if (!(error instanceof ApplicationFailure)) return false;
  const [known] = (error.details ?? []) as { details?: { outcome?: unknown } }[];
  return known?.details?.outcome === 'unknown';
}
