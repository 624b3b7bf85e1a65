import type { JobView } from '../../schemas/job/run';
import type { Json, JsonObject } from '../../schemas/json';
import type { Ref, Value } from '../../schemas/refs';
import type { RunRecord } from '../../schemas/run';
import { canonicalJson } from '../documents/json';
import { withoutIds, withStrings } from './strings';

/** A file of a run, by its path in the workspace. */
export interface MadeFile {
  path: string;
  sha256: string;
}

export interface ResultParts {
  getValue(ref: Ref): Promise<Json>;
}

/** Bytes of a value that is compared by its content; a larger one by its hash. */
const LARGEST = 4 * 1024 * 1024;

/**
 * Messages that change nothing of a run's result, letters to the operator, which a replay does not write, and that a step
 * waits for a place, which is a matter of time.
 */
const PASSING: ReadonlySet<string> = new Set([
  ...[
    'JOB.PAUSED',
    'JOB.RESUMED',
    'JOB.CHANGE_REFUSED',
    'RUN.REQUEST_REFUSED',
    'DECISION.REFUSED',
    'TASK.DEAD_LETTERED',
    'TASK.READY',
  ],
]);

/** Facts of events that differ from run to run: times, and digests of what holds ids. */
const DIFFERS: ReadonlySet<string> = new Set([
  'milliseconds',
  'expires_at',
  'due_at',
  'decided_at',
  'digest',
  'attempts',
]);

/**
 * Everything that a run has come to, without what differs from run to run: ids, times, numbers of attempts. Two runs
 * are the same where these are. Events of a step stand in their order, those of different steps side by side. `ids`: those
 * of all runs that are compared.
 */
export async function resultOf(
  record: RunRecord,
  files: readonly MadeFile[],
  ids: readonly string[],
  parts: ResultParts,
): Promise<JsonObject> {
  const plain = withoutIds([...ids].sort((a, b) => b.length - a.length));
  const settle = async (value: unknown): Promise<Json> =>
    withStrings(await opened((value ?? null) as Json, parts), plain);

  const steps: JsonObject = {};
  for (const { id, status, rounds, output, error, elements } of record.step_views)
    steps[id] = await settle({
      ...{ status, rounds, output, error },
      // how far a step had come that was cut off is a matter of time
      elements: status === 'cancelled' ? undefined : elements,
    });
  // what a step has written that was cut off is a matter of time: then the files count that others have given
  const isCutOff = record.step_views.some(({ status, rounds }) => status === 'cancelled' && rounds > 0);
  const outputs = isCutOff ? canonicalJson(steps) : '';
  const named = isCutOff ? files.filter(({ sha256 }) => outputs.includes(sha256)) : files;
  const events: { [of: string]: Json[] } = {};
  for (const { event_type, payload } of record.events) {
    if (PASSING.has(event_type)) continue;
    const { step, approval_id } = payload as { step?: string; approval_id?: string };
    const told = Object.entries(payload).filter(([name]) => !DIFFERS.has(name));
    (events[step ?? approval_id ?? 'run'] ??= []).push({
      event_type,
      ...((await settle(Object.fromEntries(told))) as JsonObject),
    });
  }
  const decisions = record.approvals.flatMap(({ approval_id, decision }) => {
    if (!decision) return [];
    const { choice, by, comment = null, channel, verified } = decision;
    return [{ approval_id, choice, by, comment, channel, verified }];
  });
  return {
    ...{ status: record.status, outcome: record.outcome ?? null },
    error: await settle(record.error),
    result: await settle(record.result),
    steps,
    decisions: decisions as unknown as Json,
    files: Object.fromEntries(named.map(({ path, sha256 }) => [path, sha256])),
    events,
  };
}

/** The ids of a run. */
export const idsOf = ({ workflow_id, run_id, correlation_id, view }: RunRecord): string[] => {
  const { job_id = '' } = (view ?? {}) as Partial<JobView>;
  return [workflow_id, run_id, correlation_id, job_id];
};

/** A value with all that it refers to in the place of the references. */
async function opened(value: Json, parts: ResultParts): Promise<Json> {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return await Promise.all(value.map((one) => opened(one, parts)));
  if (isRef(value)) return value.bytes > LARGEST ? { ...value } : await opened(await parts.getValue(value), parts);
  const { inline, ref } = value as Partial<{ inline: Json; ref: Ref }> & Partial<Value>;
  const isValue = Object.keys(value).length === 1;
  if (isValue && inline !== undefined) return await opened(inline, parts);
  if (isValue && ref !== undefined && isRef(ref)) return await opened(ref, parts);
  const members = await Promise.all(
    Object.entries(value).map(async ([name, member]) => [name, await opened(member, parts)] as const),
  );
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}

const isRef = (value: unknown): value is Ref =>
  typeof value === 'object' && value !== null && /^sha256:[0-9a-f]{64}$/.test((value as { $ref?: string }).$ref ?? '');
