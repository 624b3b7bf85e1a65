import type { JobView } from '../../../schemas/job/run';
import type { PlatformEvent } from '../../../schemas/envelope';
import type { Plan } from '../../../schemas/plan';
import type { Ref } from '../../../schemas/refs';
import type { RunView } from '../../../schemas/run';
import type { PlanVersion } from '../../../schemas/run-plan';
import { notFound, RunError } from '../errors';
import type { RunDependencies } from '../ports';
import type { RunReader } from '../read-run';

/** A version of a run's plan, and the one that it is held beside. */
export interface ReadPlan {
  plan: Plan;
  version: number;
  versions: PlanVersion[];
  since?: { version: number; plan: Plan };
}

/** Fields of events that tell of versions. */
interface Facts {
  version?: number;
  plan?: Ref<Plan>;
  by?: string;
  changes?: string[];
}

/**
 * Reads the plan that a run follows: the newest version, or another. Throws `not_found` for a version that there is not,
 * `conflict` for a run that shows no plan, and what reading a run throws.
 */
export function createPlanReader(
  { store }: Pick<RunDependencies, 'store'>,
  { readRun, readAllEvents }: Pick<RunReader, 'readRun' | 'readAllEvents'>,
) {
  return async function readPlanOf(
    workflowId: string,
    wanted: { version?: number; since?: number } = {},
  ): Promise<ReadPlan> {
    const run = await readRun(workflowId);
    const drawn = drawnOf(run);
    if (!drawn) throw new RunError('conflict', `This run shows no plan: ${whyNone(run)}`);

    const versions = run.process === 'job' ? versionsOf(await readAllEvents(workflowId)) : [];
    const known =
      versions.length > 0 ? versions : [{ version: 1, digest: drawn.plan.$ref, changes: [], ref: drawn.plan }];
    const { version = drawn.version, since = version - 1 } = wanted;
    const find = (number: number) => known.find((one) => one.version === number);
    const found = find(version);
    if (!found) throw notFound(`The plan of this run has no version ${version}.`);
    const before = since === undefined || since === version ? undefined : find(since);
    return {
      plan: await store.getValue(found.ref),
      version,
      versions: known.map(({ ref: _, ...shown }) => shown),
      since: before && { version: before.version, plan: await store.getValue(before.ref) },
    };
  };
}

/** The plan that a run follows now. */
function drawnOf({ process, view }: RunView): { version: number; plan: Ref<Plan> } | undefined {
  if (typeof view !== 'object' || view === null) return undefined;
  if (process === 'job') return (view as unknown as JobView).plan;
  const { plan } = view as { plan?: Ref<Plan> };
  return plan && typeof plan === 'object' && '$ref' in plan ? { version: 1, plan } : undefined;
}

function whyNone({ process, ended_at }: RunView): string {
  if (process !== 'job') return 'it goes a way of its own, which its steps tell.';
  return ended_at === undefined ? 'it is not written yet.' : 'it has ended before one was written.';
}

type Kept = PlanVersion & { ref: Ref<Plan> };

/** Versions of a job's plan, by the events that tell of them. */
function versionsOf(events: readonly PlatformEvent[]): Kept[] {
  const versions = new Map<number, Kept>();
  for (const { event_type, occurred_at, payload } of events) {
    const { version, plan, by, changes = [] } = payload as Facts;
    if (version === undefined) continue;
    if (plan && (event_type === 'PLAN.CREATED' || event_type === 'PLAN.REPLANNED'))
      versions.set(version, { version, digest: plan.$ref, by, at: occurred_at, changes, ref: plan });
    const approved = versions.get(version);
    if (event_type === 'PLAN.APPROVED' && approved) approved.approved_by = by;
  }
  return [...versions.values()];
}
