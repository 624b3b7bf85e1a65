import { randomBytes, randomUUID } from 'node:crypto';
import { outermostOf } from '../../../core/engine/row-id';
import { linksOf } from '../../../core/plan/check';
import type { DrawnPlan, JobInput, JobView } from '../../../schemas/job/run';
import type { RunRecord } from '../../../schemas/run';
import type { Locks, Replaying, TriedChange } from '../../../schemas/terms';
import type { PublishedCatalogue } from '../../catalogue/published';
import { withDependents } from '../../definition/again';
import { canonicalJson, sha256 } from '../../documents/json';
import { findRecorded } from '../../recordings/recorded';
import { REQUEST, type Recordings } from '../../recordings/recordings';
import { parseWorkflowId, workflowIdOf } from '../../temporal/ids';
import { invalid, noSuchRun, RunError } from '../errors';
import type { RunDependencies } from '../ports';
import { createRunStarter } from '../start-run';
import { jobOptions, memoOf } from './start';

/** A replay that somebody wants. */
export interface ReplayRequest {
  /** workflow id of the run that was recorded */
  of: string;
  /** step from which on it is live, with all that depends on it */
  live_from?: string;
  /** another model; the steps that ask one are live */
  model?: string;
  /** other instructions for models, by task; the steps that ask so are live */
  prompts?: { [task: string]: string };
  by: string;
}

export interface ReplayStarted {
  job_id: string;
  workflow_id: string;
  /** steps that are live */
  live: string[];
}

/** The request with which a recorded job began. */
type RecordedRequest = Pick<JobInput, 'goal' | 'context' | 'plan' | 'mode' | 'priority' | 'requested_by'>;

export interface ReplayParts extends Pick<RunDependencies, 'temporal' | 'store' | 'settings'> {
  recordings: Recordings;
  catalogue: Pick<PublishedCatalogue, 'read'>;
}

/**
 * Starts the replay of a recorded job: a job of its own with the same request. Throws `not_found`, `closed` where the run
 * cannot be replayed, `invalid` for a step that there is not.
 */
export function createReplayStarter({ temporal, store, settings, recordings, catalogue }: ReplayParts) {
  const startRun = createRunStarter({ temporal, settings });

  /** The recorded run, which a replay of a replay goes back to. */
  async function recordedRun(of: string): Promise<{ record: RunRecord; request: RecordedRequest }> {
    const record = await findRecorded({ records: store, recordings }, of);
    if (!record) {
      const isThere = parseWorkflowId(settings.namespace, of) !== undefined && (await isUnderWay(of));
      throw isThere
        ? new RunError('conflict', `The run ${of} has not ended yet: it can be replayed when it has.`)
        : noSuchRun(of);
    }
    if (record.process !== 'job') throw cannot(`it is of the process ${record.process}: jobs alone are recorded`);
    const request = await recordings.of(of).read<RecordedRequest>('run', REQUEST);
    const { replay_of } = record.view as unknown as JobView;
    if (!request && replay_of !== undefined) return await recordedRun(replay_of);
    if (!request) throw cannot('it was not recorded: start it with `record: true`, or set AWE_RECORD=always');
    if (record.status === 'cancelled') throw cannot('it was cancelled, at a moment that no recording keeps');
    if (wishes(record) > 0)
      throw cannot('somebody has changed its plan while it ran, or has let it go on after its end');
    return { record, request };
  }

  async function isUnderWay(workflowId: string): Promise<boolean> {
    return await temporal
      .call((client) => client.workflow.getHandle(workflowId).describe())
      .then(() => true)
      .catch(() => false);
  }

  /** The steps that a change makes live, and all that depend on them. */
  async function liveSteps(record: RunRecord, { live_from, model, prompts }: ReplayRequest): Promise<string[]> {
    const { plan: drawn } = record.view as unknown as JobView;
    const begun = new Set(live_from === undefined ? [] : [live_from]);
    if (model !== undefined || prompts) {
      for await (const { step, exchanges } of recordings.of(record.workflow_id).steps())
        for (const { kind, request } of exchanges) {
          if (kind !== 'model') continue;
          const asked = 'inline' in request ? request.inline : await store.getValue(request.ref);
          const { task = '' } = asked as { task?: string };
          if (model !== undefined || Object.hasOwn(prompts ?? {}, task)) begun.add(outermostOf(step));
        }
      if (begun.size === 0)
        throw invalid('No step of the run asks a model so.', [{ pointer: '', detail: 'nothing would be live' }]);
    }
    return begun.size === 0 ? [] : await withThoseAfter(drawn, begun);
  }

  async function withThoseAfter(drawn: DrawnPlan | undefined, begun: ReadonlySet<string>): Promise<string[]> {
    const known = await catalogue.read();
    if (!drawn || !known) throw cannot('its plan is not known here');
    const plan = await store.getValue(drawn.plan);
    const ids = plan.steps.map(({ id }) => id);
    const missing = [...begun].find((id) => !ids.includes(id));
    if (missing !== undefined)
      throw invalid(`There is no step "${missing}"; there are ${ids.slice(0, 20).join(', ')}.`, [
        { pointer: '/live_from', detail: 'names no step of the plan' },
      ]);
    const live = withDependents(plan, linksOf(plan, known), [...begun]);
    return ids.filter((id) => live.has(id));
  }

  return async function startReplay(wanted: ReplayRequest): Promise<ReplayStarted> {
    const { record, request } = await recordedRun(wanted.of);
    const { job_id: origin, agent_run, locks } = record.view as unknown as JobView;
    const live = await liveSteps(record, wanted);
    const job_id = `${origin.slice(0, 60)}-replay-${randomBytes(4).toString('hex')}`;
    const { live_from: _, of: __, by, ...change } = wanted;
    const recording: Replaying = {
      ...{ mode: 'replay', of: record.workflow_id },
      live: live.length === 0 ? undefined : await store.putValue(live),
      change: live.length === 0 ? undefined : await storedChange(change),
    };
    const input: JobInput = {
      ...request,
      // what is live is done in the name of whoever wants it
      requested_by: live.length === 0 ? request.requested_by : by,
      ...{ job_id, correlation_id: randomUUID() },
      terms: { recording, locks: locks && asked(locks, change) },
      // what is live is approved anew
      agent_run: agent_run && live.length > 0 ? { ...agent_run, approval: undefined } : agent_run,
      request_digest: sha256(canonicalJson({ replay: recording })),
      options: jobOptions(settings),
    };
    await startRun({
      ...{ process: 'job', name: job_id, subject: job_id, input, priority: input.priority },
      memo: { ...memoOf(input) },
      summary: `replay of ${record.workflow_id}`,
    });
    return { job_id, workflow_id: workflowIdOf(settings.namespace, 'job', job_id), live };
  };

  async function storedChange({ model, prompts }: Pick<ReplayRequest, 'model' | 'prompts'>): Promise<TriedChange> {
    const kept = await Promise.all(
      Object.entries(prompts ?? {}).map(async ([task, text]) => [task, await store.putValue(text)] as const),
    );
    return { model, prompts: kept.length === 0 ? undefined : Object.fromEntries(kept) };
  }
}

/** Locks that were asked for; another model is tried in the place of the one of the run. */
const asked = ({ model_version, seed, temperature }: Locks, { model }: Pick<ReplayRequest, 'model'>): Locks => ({
  ...{ seed, temperature },
  model_version: model === undefined ? model_version : undefined,
});

const cannot = (why: string): RunError => new RunError('closed', `The run cannot be replayed: ${why}.`);

/** Changes of the plan that people have wanted, other than by answering what a failed step has asked. */
function wishes({ events }: RunRecord): number {
  const changes = events.filter(({ event_type }) => event_type === 'JOB.CHANGE_REQUESTED').length;
  const answers = events.filter(({ event_type, payload }) => {
    const { approval_id = '', choice = '' } = payload as { approval_id?: string; choice?: string };
    return event_type === 'APPROVAL.DECIDED' && approval_id.startsWith('recovery-') && choice !== 'fail';
  }).length;
  return changes - answers;
}
