import type { Json } from '../../schemas/json';
import { specFor } from '../../core/worst-case';
import type { ModelSpending, StepCall, StepResult } from '../../schemas/step-call';
import type { Documents } from '../../src/documents/content';
import type { Effects } from '../../src/effects/effects';
import { withLogFields } from '../../src/telemetry/scope';
import { runInSpan } from '../../src/telemetry/trace';
import type { CallOutcome, WorkMeter } from '../../src/telemetry/work';
import type { Secrets } from '../../src/secrets/secrets';
import type { Solve } from '../agents/loop/port';
import type { Solver } from '../agents/loop/solver';
import { withoutEgress, type Closed } from '../../src/egress/closed';
import { openTape, type Tape } from '../recording/tape';
import { argumentBytes, readTemplate } from './arguments';
import { contextOf, readRework, type ContextParts } from './context';
import { withEffect, type Refusals } from './effects';
import { classify, cleanFault, platformFault, ToolError, toFailure, unforeseen, type Retries } from './errors';
import { keepOutput, readInput, sampleFor } from './exchange';
import { LARGE } from './pure/apart';
import { MCP, type RegisteredTool, type ToolRegistry } from './registry';
import { openSecrets, type CallSecrets } from './secrets';
import { withTimeLimit } from './time-limit';
import { Kept, type ToolContext } from './tool';

export interface ToolRuntimeParts extends ContextParts {
  registry: ToolRegistry;
  /** what runs change outside is written down there */
  effects: Effects;
  /** without it, no secret is known */
  secrets?: Secrets;
  clock?: () => number;
  /** failures after which another attempt follows: transient ones, unless it says otherwise */
  retries?: Retries;
  /** called after every attempt */
  meter?: Pick<WorkMeter, 'call'>;
  /** has models do the tasks of agents; without it, their rules do them */
  solver?: Solver;
}

/** Surroundings of an attempt. */
export interface AttemptControl {
  /** aborted when the step is cancelled or the worker goes down; its reason is thrown */
  signal: AbortSignal;
  heartbeat(detail?: unknown): void;
  /** counts from 1 */
  attempt: number;
  /** milliseconds that this attempt has; the tool's own limit counts where it is shorter */
  timeLimit?: number;
}

export interface ToolRuntime {
  /** @throws ApplicationFailure with a stable type; the reason of the signal, when that is aborted */
  execute(call: StepCall, kind: 'tool' | 'agent', control: AttemptControl): Promise<StepResult>;
}

/** The only way to run tools and agents: arguments, checks, limits, modes, errors. */
export function createToolRuntime(parts: ToolRuntimeParts): ToolRuntime {
  const { registry, log } = parts;
  const clock = parts.clock ?? Date.now;
  return {
    execute: (call, kind, control) =>
      withLogFields({ step_id: call.step_id }, () =>
        runInSpan({ name: `${kind} ${nameOf(registry, call)}`, attributes: factsOf(call, kind, control) }, (span) =>
          execute(call, kind, control, (outcome) => span?.set({ 'awe.outcome': outcome })),
        ),
      ),
  };

  async function execute(
    call: StepCall,
    kind: 'tool' | 'agent',
    control: AttemptControl,
    tell: (outcome: CallOutcome) => void,
  ): Promise<StepResult> {
    const began = clock();
    const about = { workflow_id: call.workflow_id, step_id: call.step_id, uses: call.uses, round: call.round };
    const count = (outcome: CallOutcome): void => {
      parts.meter?.call({ kind, uses: nameOf(registry, call), outcome, seconds: (clock() - began) / 1_000 });
      tell(outcome);
    };
    let { retries } = parts;
    try {
      control.signal.throwIfAborted();
      if (call.uses.startsWith(MCP)) await registry.refresh?.();
      const registered = find(registry, call, kind);
      assertVersion(registered, call);
      const tape = await tapeOf(registered, call, control);
      if (tape.replayed) retries = 'none'; // the attempt that counted was recorded
      const result = await taped(registered, { call, control, tape }, () => clock() - began);
      log.debug({ ...about, attempt: control.attempt, ms: clock() - began }, 'step done');
      count('ok');
      return result;
    } catch (error) {
      if (control.signal.aborted) {
        count('cancelled');
        throw control.signal.reason;
      }
      const fault = error instanceof ToolError ? error : platformFault(error);
      const failure = toFailure(fault, retries, { step: call.step_id, attempt: control.attempt });
      const { type, message } = failure;
      log.warn({ ...about, attempt: control.attempt, ms: clock() - began, type, message }, 'step failed');
      count(fault.class);
      throw failure;
    }
  }

  function tapeOf({ kind, spec }: RegisteredTool, call: StepCall, { attempt }: AttemptControl): Promise<Tape> {
    return openTape(parts, { call, version: spec.version, attempt, resumes: kind === 'agent' });
  }

  /** The result of an attempt. What it has exchanged with the world is kept before anybody learns how it has ended. */
  async function taped(
    registered: RegisteredTool,
    { call, control, tape }: Pick<Attempt, 'call' | 'control' | 'tape'>,
    spent: () => number,
  ): Promise<Pick<StepResult, 'output' | 'spent'>> {
    const thinking = thinkingOf(registered, call, control, tape);
    try {
      await tape.begin(control.signal);
      const about = { call, control, tape, solving: thinking.solving };
      const output = await closedIfReplayed(tape, () => produce(parts, registered, about, spent));
      await tape.close();
      return { output, ...(thinking.spent ? { spent: thinking.spent } : {}) };
    } catch (error) {
      await tape.close(error instanceof ToolError ? error : undefined, control.signal.aborted);
      throw error;
    }
  }

  /** What has a model do an agent's task, and what that has taken so far. The tools that it asks for run here, like any. */
  function thinkingOf({ kind }: RegisteredTool, call: StepCall, control: AttemptControl, tape: Tape) {
    const { solver, documents } = parts;
    const thinking: { solving?: Attempt['solving']; spent?: ModelSpending } = {};
    if (!solver || kind !== 'agent' || call.mode !== 'live') return thinking;
    thinking.solving = ({ signal, deadline, rework }) => {
      const solve = solver({
        ...{ registry, call, tape, control: { ...control, signal, deadline, rework } },
        async callTool(uses, args, place) {
          const own = { ...call, uses, key: `${call.key}/${place}`, arguments: { value: { inline: args } } };
          const given = { ...control, signal, timeLimit: Math.max(1, deadline - clock()) };
          const { output } = await execute({ ...own, rework: undefined }, 'tool', given, () => undefined);
          return await documents.fromValue(output);
        },
      });
      return async (task) => {
        const solved = await solve(task);
        if (solved) {
          const { tokens, cost, model, prompt } = solved.work;
          thinking.spent = { tokens, cost, model, prompt };
        }
        return solved;
      };
    };
    return thinking;
  }
}

/** Work of a replayed attempt reaches nothing; one that has missed its recording, or tried to go out, has failed by that. */
async function closedIfReplayed<T>(tape: Tape, work: () => Promise<T>): Promise<T> {
  if (!tape.replayed) return await work();
  const scope: Closed = {};
  const end = await withoutEgress(scope, work).then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (tape.lost) throw tape.lost;
  if (scope.refused !== undefined) throw wentOut(scope.refused);
  if ('error' in end) throw end.error;
  return end.value;
}

const wentOut = (place: string): ToolError =>
  new ToolError({
    class: 'permanent',
    type: 'replay.egress',
    message: `it wants to reach ${place} by a way of its own, which no recording keeps; a replay reaches nothing. Tools ask by context.fetch or context.exchange`,
  });

/** Label from a small set, for a plan may ask for any name. */
const nameOf = (registry: ToolRegistry, { uses }: StepCall): string => (registry.get(uses) ? uses : 'unknown');

function factsOf({ workflow_id, step_id, uses, round, mode }: StepCall, kind: string, { attempt }: AttemptControl) {
  return {
    'awe.workflow_id': workflow_id,
    ...{ 'awe.step_id': step_id, 'awe.kind': kind, 'awe.uses': uses, 'awe.round': round },
    ...{ 'awe.attempt': attempt, 'awe.mode': mode },
  };
}

function find(registry: ToolRegistry, { uses }: StepCall, kind: 'tool' | 'agent'): RegisteredTool {
  const registered = registry.get(uses);
  if (!registered)
    throw new ToolError({ class: 'permanent', type: 'tool.unknown', message: `this worker has no ${kind} ${uses}` });
  if (registered.kind === kind) return registered;
  const message = `${uses} is of kind ${registered.kind}, but the step is of kind ${kind}`;
  throw new ToolError({ class: 'permanent', type: 'tool.wrong_kind', message });
}

/** @throws ToolError `lock.tool` where this worker has another version of the tool than the plan was drawn with */
function assertVersion({ spec: { name, version } }: RegisteredTool, { terms }: StepCall): void {
  const locked = terms?.locks?.tools?.[name];
  if (locked === undefined || locked === version) return;
  const message = `the run is bound to version ${locked} of ${name}; this worker has ${version}`;
  throw new ToolError({ class: 'policy', type: 'lock.tool', message });
}

/** The kept output of an attempt. Its secrets are opened here, and leave neither with the output nor with an error. */
async function produce(
  parts: ToolRuntimeParts,
  registered: RegisteredTool,
  { call, control, tape, solving }: Pick<Attempt, 'call' | 'control' | 'tape' | 'solving'>,
  spent: () => number,
): Promise<StepResult['output']> {
  const { documents, effects, log } = parts;
  const template = await readTemplate(documents, call.arguments);
  const mode = tape.replayed ? 'replay' : call.mode;
  const secrets = await openSecrets(template, registered.spec, mode, parts.secrets);
  tape.keepOut(secrets);
  try {
    const refusals: Refusals = { count: 0 };
    const about = { ...parts, call, control, tape, solving, given: secrets, refusals };
    const apart = apartOf(registered, call, template);
    if (apart) return await kept(documents, registered, await attempt(about, registered, apart, spent()));
    const input = await readInput(documents, registered, call.arguments, secrets.values);
    const fitting = { ...registered, spec: specFor(registered.spec, input) };
    const work = () => attempt(about, fitting, (context) => perform(fitting, call, input, context), spent());
    const effect = { call, spec: fitting.spec, input, secrets, effects, log };
    const output = tape.replayed ? await work() : await withEffect(effect, refusals, work);
    return await kept(documents, fitting, output instanceof Kept ? output : secrets.clean(output));
  } catch (error) {
    throw cleanFault(error, secrets.clean);
  }
}

/** The work of an attempt. */
type Work = (context: ToolContext) => Promise<Json | Kept>;

/** Work that is done elsewhere, for the arguments are large; undefined where it is done here. */
function apartOf({ tool }: RegisteredTool, { mode, arguments: given }: StepCall, template: Json): Work | undefined {
  const { apart } = tool;
  if (!apart || mode !== 'live' || argumentBytes(template, given) <= LARGE) return undefined;
  return (context) => apart(given, context);
}

async function perform(registered: RegisteredTool, { mode }: StepCall, input: Json, context: ToolContext) {
  const { tool } = registered;
  if (mode === 'live') return await tool.run(input, context);
  return tool.simulate ? await tool.simulate(input, context) : sampleFor(registered);
}

const kept = async (documents: Documents, registered: RegisteredTool, output: Json | Kept) =>
  output instanceof Kept ? output.value : await keepOutput(documents, registered, output);

interface Attempt extends ContextParts {
  call: StepCall;
  control: AttemptControl;
  tape: Tape;
  given: CallSecrets;
  refusals: Refusals;
  /** what has models do the task, within the time of the attempt */
  solving?: (within: Within) => Solve;
}

/** What an attempt has of its time, and of the rounds before. */
type Within = Pick<ToolContext, 'signal' | 'deadline' | 'rework'>;

/** One attempt of the tool itself, cut off when its time is up. `spent`: milliseconds that the attempt has used. */
async function attempt(
  { call, control, tape, given, refusals, solving, ...parts }: Attempt,
  registered: RegisteredTool,
  work: Work,
  spent: number,
): Promise<Json | Kept> {
  const { spec } = registered;
  const rework = await readRework(parts.documents, call);
  const limit = limitOf(registered, control, spent);
  const expired = (): ToolError =>
    unforeseen('tool.timeout', `${spec.name} had no result after ${limit} ms`, spec.effect);
  try {
    // An effect that cannot be repeated runs to its end when cancelled, so that its outcome is known.
    const patient = spec.effect === 'once';
    return await withTimeLimit({ limit, outer: control.signal, expired, patient }, async (limited) => {
      const solve = solving?.({ ...limited, rework });
      return await work(
        contextOf(parts, registered, call, limited, { ...control, rework }, { given, refusals, tape, solve }),
      );
    });
  } catch (error) {
    throw classify(error, call.mode === 'live' ? spec.effect : 'none');
  }
}

/** A tool without a time limit has the attempt's: a plan may then give it more than the default. */
function limitOf({ tool, spec }: RegisteredTool, { timeLimit }: AttemptControl, spent: number): number {
  if (timeLimit === undefined) return spec.timeout;
  return Math.max(1, Math.min(tool.spec.timeout ?? Infinity, timeLimit - spent));
}
