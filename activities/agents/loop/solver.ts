import type { AgentCall } from '../../../schemas/agents/work';
import type { JsonObject } from '../../../schemas/json';
import type { StepCall } from '../../../schemas/step-call';
import type { LlmClient, Question } from '../../../src/llm/client';
import { promptRef, type Prompts } from '../../../src/llm/prompt';
import type { Transcripts } from '../../../src/transcripts/transcripts';
import { assertAnswered, llmError, llmFault } from '../../llm/faults';
import { assertModel, assertPrompt, lockedQuestion } from '../../llm/locks';
import { parseAnswer } from '../../llm/parse-answer';
import type { ToolRegistry } from '../../tools/registry';
import type { Tape } from '../../recording/tape';
import type { ToolContext } from '../../tools/tool';
import { loopError, spentBy, tokensLeft, type LoopBounds } from './bounds';
import { answerCall, functionsOf, offeredTools, type CallTool } from './calls';
import type { Permit } from './permit';
import type { ModelTask, Solve } from './port';
import { openingOf, objectionTo, type SolverPrompt } from './question';
import { Script } from './script';

export interface SolverParts {
  client: LlmClient;
  prompts: Prompts<SolverPrompt>;
  bounds: LoopBounds;
  transcripts: Transcripts;
  permit: Permit;
}

/** The step that a task belongs to, in one attempt. */
export interface SolverDesk {
  registry: Pick<ToolRegistry, 'get'>;
  call: StepCall;
  control: Pick<ToolContext, 'attempt' | 'signal' | 'deadline' | 'heartbeat' | 'rework'>;
  callTool: CallTool;
  tape: Pick<Tape, 'ask'>;
}

/** Makes what has a model do the tasks of a step. */
export type Solver = (desk: SolverDesk) => Solve;

/** Purpose that the gateway accounts for, and by which the mock finds its rule. */
export const SOLVE_TASK = 'agent.task';

/** Tokens of one answer. */
const ANSWER_TOKENS = 4_000;

/** Objections to an answer that does not fit: one, then the task has failed. */
const REPAIRS = 1;

/** Milliseconds of the attempt that are kept back, so that what was said is kept. */
const MARGIN = 2_000;

/** Milliseconds that an answer may take: longer than the gateway's queue and its provider may take together. */
const LONGEST = 165_000;

/**
 * Has a model do tasks in a loop that is bounded in questions, calls of tools, tokens, money and time. Whatever a tool
 * gives is data to the model. Each call is kept before it is made: a further attempt goes on from there, and no call
 * with an effect is made twice.
 */
export function createSolver(parts: SolverParts): Solver {
  return (desk) => (task) => solve(parts, desk, task);
}

async function solve(parts: SolverParts, desk: SolverDesk, task: ModelTask): ReturnType<Solve> {
  const { call, control, callTool, registry, tape } = desk;
  const { bounds } = parts;
  const permit: Permit = async (wanted) => {
    const { uses, args } = wanted;
    const forbidden = await tape.ask('policy', { uses, args }, async () => (await parts.permit(wanted)) ?? null);
    return forbidden ?? undefined;
  };
  const prompt = parts.prompts('agent.task', task.language);
  const opening = openingOf(task, prompt, control.rework);
  if (!opening) return undefined;
  assertPrompt(call.terms?.locks, promptRef(prompt));
  const { step_id: step, round, workflow_id } = call;
  const offered = offeredTools(task.tools, registry);
  const kept = parts.transcripts.of(workflow_id);
  const script = await Script.open(kept, call.key, { step, round }, () => opening);
  const { attempt, signal } = control;
  const calls = { ...{ script, task, offered, permit, attempt, callTool, signal }, step: call };

  for (;;) {
    signal.throwIfAborted();
    const [asked] = script.open;
    if (asked) {
      if (script.place > bounds.toolCalls)
        throw loopError(
          'agent.limit_tool_calls',
          `${bounds.toolCalls} calls of tools were asked for (AGENT_MAX_CALLS)`,
        );
      await answerCall(calls, asked);
      continue;
    }
    const answer = script.answer;
    if (answer === undefined) {
      await ask(parts, desk, task, script, functionsOf(offered));
      continue;
    }
    const value = parseAnswer(answer);
    const objection = objectionTo(value, task);
    if (objection === undefined) return { answer: value as JsonObject, work: workOf(script.is.calls, prompt) };
    if (script.objections >= REPAIRS)
      throw llmError('llm.bad_output', `not accepted after ${script.objections + 1} answers: ${objection}`);
    await script.object(`Your answer is not accepted: ${objection}. Answer again, with the JSON alone.`);
  }
}

/** Asks the model once more, and notes what it has said. */
async function ask(
  { client, bounds }: SolverParts,
  { call, control, tape }: SolverDesk,
  { output }: ModelTask,
  script: Script,
  tools: ReturnType<typeof functionsOf>,
): Promise<void> {
  const { calls, messages } = script.is;
  const { turns } = spentBy(calls);
  // an answer that was objected to is asked for once more, whatever the turn
  if (turns >= bounds.turns + script.objections)
    throw loopError('agent.limit_turns', `there is no answer after ${turns} questions (AGENT_MAX_TURNS)`);
  const max_tokens = Math.min(ANSWER_TOKENS, tokensLeft(calls, bounds));
  const time = control.deadline - Date.now() - MARGIN;
  if (time <= 0) throw loopError('agent.limit_time', 'the time of the step is up; a step may say `timeout`');
  control.heartbeat({ turn: turns + 1 });
  const locks = call.terms?.locks;
  const end = await script.begin({ kind: 'model', name: 'default', attempt: control.attempt });
  const may_call = turns < bounds.turns - 1 && script.objections === 0;
  try {
    const question: Question = {
      ...{ task: SOLVE_TASK, messages, schema: output as JsonObject, strict: false, max_tokens, tools, may_call },
      ...lockedQuestion(locks),
    };
    const options = { run: call.workflow_id, limits: call.limits, signal: control.signal };
    const said = await tape.ask('model', question, (wanted) =>
      client.ask(wanted, { ...options, timeout: Math.min(time, LONGEST) }).catch((error: unknown) => {
        throw llmFault(error);
      }),
    );
    assertModel(locks, said);
    if (said.calls.length === 0) assertAnswered(said);
    await end({ outcome: 'done', name: said.model, tokens: said.tokens, cost: said.cost });
    await script.said(said);
  } catch (error) {
    control.signal.throwIfAborted();
    const fault = llmFault(error);
    await end({ outcome: 'failed', error: fault.type });
    throw fault;
  }
}

function workOf(calls: readonly AgentCall[], prompt: Parameters<typeof promptRef>[0]) {
  const { turns, tokens, cost } = spentBy(calls);
  const made = calls.filter(({ kind, outcome }) => kind === 'tool' && (outcome === 'done' || outcome === 'failed'));
  const model = calls.findLast(({ kind, outcome }) => kind === 'model' && outcome === 'done')?.name ?? 'unknown';
  const ref = promptRef(prompt);
  return { model, prompt: ref, model_calls: Math.max(1, turns), tool_calls: made.length, tokens, cost };
}
