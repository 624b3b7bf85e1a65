import type { CompleteSpec } from '../../core/worst-case';
import type { Json, JsonObject } from '../../schemas/json';
import type { StepCall } from '../../schemas/step-call';
import { DocumentError } from '../../src/documents/errors';
import type { Effects, Intention } from '../../src/effects/effects';
import { EgressError } from '../../src/egress/errors';
import { targetsOfKnown } from '../../src/job/targets';
import { MemoryError } from '../../src/memory/errors';
import { WorkspaceError } from '../../src/workspaces/errors';
import { documentFault, platformFault, ToolError } from './errors';
import type { CallSecrets } from './secrets';
import type { Log } from './log';

/** A call, as far as its effect is concerned. */
export interface EffectCall {
  call: StepCall;
  /** with the effect of these arguments */
  spec: CompleteSpec;
  input: Json;
  secrets: Pick<CallSecrets, 'clean'>;
  effects: Effects;
  log: Log;
}

/** Counts how often a simulation was refused the way to the outside. */
export interface Refusals {
  count: number;
}

/**
 * Does the work of one attempt. An effect outside of the run is written down before, and settled after; without the first
 * nothing is done. A simulation writes down what it did not do.
 */
export async function withEffect<T>(about: EffectCall, refusals: Refusals, work: () => Promise<T>): Promise<T> {
  if (about.call.mode === 'simulate') return await simulated(about, refusals, work);
  if (!reachesOutside(about.spec)) return await work();
  const { call, spec, effects, log } = about;
  const most = call.limits?.effects;
  const entry = await effects.of(call.workflow_id).intend(intentionOf(about), most).catch(notWritten);
  if (!entry) throw tooMany(most);
  const settle = async (end: Parameters<typeof entry.settle>[0]): Promise<void> => {
    // the effect has been made or not: what cannot be written is then unknown, and no reason to make it again
    await entry.settle(end).catch((error: unknown) => {
      log.error({ workflow_id: call.workflow_id, step_id: call.step_id, err: error }, 'effect not settled');
    });
  };
  try {
    const output = await work();
    await settle({ status: 'done' });
    return output;
  } catch (error) {
    const fault = platformFault(error);
    await settle({ status: isUndone(fault, spec) ? 'failed' : 'unknown', error: fault.type });
    throw error;
  }
}

async function simulated<T>(about: EffectCall, refusals: Refusals, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    if (refusals.count > 0 || reachesOutside(about.spec))
      await about.effects.of(about.call.workflow_id).simulated(intentionOf(about), refusals.count).catch(notWritten);
  }
}

/** True for a call that changes something beyond the run: by the way out, in a database, by another's tool. */
function reachesOutside({ effect, egress, input, name }: CompleteSpec): boolean {
  if (effect === 'none') return false;
  return egress.length > 0 || name.startsWith('mcp.') || Object.hasOwn(input.properties ?? {}, 'database');
}

function intentionOf({ call, spec, input, secrets }: EffectCall): Intention {
  const { key, step_id, round } = call;
  const isObject = input !== null && typeof input === 'object' && !Array.isArray(input);
  const args: JsonObject = isObject ? input : {};
  const targets = secrets.clean(targetsOfKnown({ spec, args })).filter(({ outside }) => outside);
  return { key, step: step_id, round, tool: spec.name, targets };
}

const tooMany = (most = 0): ToolError =>
  new ToolError({
    class: 'policy',
    type: 'limit.effects',
    message: `the policy allows the run ${most} changes outside of it, and it has had them; this one was not made`,
  });

function notWritten(error: unknown): never {
  throw error instanceof DocumentError ? documentFault(error) : error;
}

/** Errors that pass, of a target that has done nothing. */
const UNDONE: ReadonlySet<string> = new Set([
  ...['sql.conflict', 'http.rate_limited', 'http.status_425'],
  ...['mcp.unavailable', 'mcp.rate_limited', 'mcp.session_lost'],
]);
/** Errors that do not pass, of what comes after the target has answered. */
const AFTERWARDS: ReadonlySet<string> = new Set(['http.bad_json']);

/** True where the effect of a call that ended with this error has not happened; else nobody knows. */
function isUndone({ class: errorClass, type, details, cause }: ToolError, { egress }: CompleteSpec): boolean {
  if ((details as { outcome?: unknown } | undefined)?.outcome === 'unknown') return false;
  if (cause instanceof EgressError) return cause.stage === 'before';
  if (UNDONE.has(type)) return true;
  if (errorClass === 'transient' || AFTERWARDS.has(type)) return false;
  // what a request brought was not kept; a transaction would have been undone
  const isOurs = cause instanceof WorkspaceError || cause instanceof MemoryError || cause instanceof DocumentError;
  return !(isOurs && egress.length > 0);
}
