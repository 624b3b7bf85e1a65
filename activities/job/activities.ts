import type { ToolCatalogue } from '../../core/plan/catalogue';
import { linksOf } from '../../core/plan/check';
import { attemptsOf } from '../../core/plan/load';
import { specFor } from '../../core/worst-case';
import type { TableState } from '../../core/engine/table';
import type { Failure } from '../../schemas/catalogue';
import type {
  DeadTask,
  Drafted,
  DrawnPlan,
  GoOn,
  JobChange,
  Planned,
  Recovery,
  Revised,
  Rung,
} from '../../schemas/job/run';
import type { Json } from '../../schemas/json';
import type { Plan, Step } from '../../schemas/plan';
import type { Ref, Value } from '../../schemas/refs';
import type { Documents } from '../../src/documents/content';
import { proposeRecovery } from '../../src/job/recovery/rules';
import { revise, type Revising } from '../../src/plans/revise';
import { withStore } from '../engine/values';
import type { Drafter, DraftRequest } from './draft';

/** A plan to be changed, and where its steps stand. */
export interface Underway extends Omit<DraftRequest, 'plan' | 'answer'> {
  drawn: DrawnPlan;
  table?: Ref;
}

/** A plan under way as it is kept: its steps, and their rows. */
type Standing = Pick<Revising, 'before' | 'rows'>;

/** Steps that are carried out once more, and steps that are left out. */
interface Chosen {
  again?: string[];
  skip?: string[];
}

interface Fault {
  fault: string;
}

export interface JobActivityParts {
  documents: Documents;
  catalogue: ToolCatalogue;
  drafter: Drafter;
  /** failures after which a step is tried again */
  retries: 'transient' | 'any' | 'none';
  /** a step that fails for good becomes a dead letter */
  deadLetters: boolean;
}

/** Activities of jobs: a goal becomes a plan, and a plan another. */
export function createJobActivities({ documents, catalogue, drafter, retries, deadLetters }: JobActivityParts) {
  /** The plan under way, and where its steps stand. */
  async function standingOf({ drawn, table }: Underway): Promise<Standing> {
    const rows = table ? ((await documents.getValue(table)) as unknown as TableState) : [];
    return { before: await documents.getValue(drawn.plan), rows };
  }

  /** The steps of the next plan where those of the one before stand. */
  async function revised(standing: Standing, after: Plan, next: DrawnPlan, { again = [], skip = [] }: Chosen) {
    const links = linksOf(after, catalogue);
    const { rows: kept, retried } = revise({
      ...standing,
      after,
      again: new Set(again),
      skip: new Set(skip),
      needs: (step) => links.get(step)?.needs ?? [],
      isOnce,
      now: Date.now(),
    });
    return { drawn: next, table: await documents.putValue(kept as unknown as Json), retried };
  }

  /** The steps that a change tries again or leaves out. What may have happened is repeated only where it is named. */
  function stepsOf(
    change: Exclude<JobChange, { do: 'replan' }> | GoOn,
    { before, rows: kept }: Standing,
  ): Chosen | Fault {
    const { steps } = before;
    const rows = new Map(kept);
    if (change.do === 'retry_failed' || change.do === 'go_on') {
      const isMeant = ({ type }: Failure) => change.do === 'retry_failed' || type.startsWith('limit.');
      const again = steps.filter((step) => {
        const { status, error } = rows.get(step.id) ?? {};
        if (status === 'failed' && error)
          return isMeant(error) && error.outcome !== 'unknown' && !(step.for_each !== undefined && isOnce(step));
        return status === 'cancelled' && !isOnce(step);
      });
      const isNothing = again.length === 0 && change.do === 'retry_failed';
      return isNothing ? { fault: 'no step has failed' } : { again: again.map(({ id }) => id) };
    }
    const { step } = change;
    const ids = steps.map(({ id }) => id);
    if (!ids.includes(step)) return { fault: `there is no step "${step}"; there are ${ids.slice(0, 20).join(', ')}` };
    if (change.do === 'retry') return { again: [step] };
    return rows.get(step)?.status === 'completed' ? { fault: `${step} is done already` } : { skip: [step] };
  }

  const isOnce = (step: Step): boolean => {
    const spec = catalogue.of(step);
    return spec !== undefined && specFor(spec, step.with ?? {}).effect === 'once';
  };

  /** Not to be repeated, and cut off after it had begun, or begun for some of its elements. */
  const isLost = (step: Step, { type }: Failure): boolean =>
    isOnce(step) && (step.for_each !== undefined || ['step.timeout', 'step.cancelled', 'tool.timeout'].includes(type));

  /** What somebody needs to judge a step that fails for good; undefined where such steps become no letters. */
  async function deadTaskOf(step: Step, { before, rows }: Standing, context: Value): Promise<DeadTask | undefined> {
    if (!deadLetters) return undefined;
    const { reads = [] } = linksOf(before, catalogue).get(step.id) ?? {};
    const states = new Map(rows);
    const outputs = Object.fromEntries(reads.map((id) => [id, states.get(id)?.output ?? { inline: null }]));
    const spec = catalogue.of(step);
    return {
      uses: step.uses,
      rounds: states.get(step.id)?.rounds ?? 0,
      attempts: spec ? attemptsOf(specFor(spec, step.with ?? {}), { retry: step.retry, retries }) : 1,
      input: await documents.putValue({ step, context, outputs }),
    };
  }

  return {
    /** The goal of a job becomes its plan; a plan that the caller has written is checked in its place. */
    async planJob(task: DraftRequest): Promise<Drafted> {
      return await withStore(() => drafter.first(task));
    },

    /** Changes a plan under way as a person wants it; what is done stays. */
    async reviseJob(task: Underway & { change: JobChange | GoOn }): Promise<Revised> {
      return await withStore(async () => {
        const { change, drawn } = task;
        const standing = await standingOf(task);
        if (change.do === 'replan') {
          const goal = change.goal ?? task.goal;
          const planned = await drafter.draft({ ...task, goal, plan: change.plan }, drawn);
          if (!('drawn' in planned)) return { fault: wordsOf(planned) };
          const after = await documents.getValue(planned.drawn.plan);
          return { revision: await revised(standing, after, planned.drawn, {}) };
        }
        const chosen = stepsOf(change, standing);
        return 'fault' in chosen ? chosen : { revision: await revised(standing, standing.before, drawn, chosen) };
      });
    },

    /** The rung of the recovery ladder for a step that has failed. */
    async recoverStep(task: Underway & { step: string; error: Failure; before: Recovery[] }): Promise<Rung> {
      return await withStore(async () => {
        const { drawn, error } = task;
        const standing = await standingOf(task);
        const { before } = standing;
        const failed = before.steps.find(({ id }) => id === task.step);
        if (!failed) return { choice: 'fail', reason: 'It belongs to no step that could be tried again.' };
        const proposal = proposeRecovery(
          failed,
          isLost(failed, error) ? { ...error, outcome: 'unknown' } : error,
          task.before,
          retries,
        );
        const { reason } = proposal;
        const dead = () => deadTaskOf(failed, standing, task.context);
        switch (proposal.choice) {
          case 'ask':
          case 'fail':
            return { choice: proposal.choice, reason, dead: await dead() };
          case 'retry': {
            const revision = await revised(standing, before, drawn, { again: [failed.id] });
            return { choice: 'retry', reason, revision, after_ms: proposal.after_ms };
          }
          case 'modify': {
            const after = { ...before, steps: before.steps.map((step) => (step === failed ? proposal.step : step)) };
            const next = await drafter.draft({ ...task, plan: await documents.putValue(after) }, drawn);
            if (!('drawn' in next))
              return { choice: 'fail', reason: `${reason} But: ${wordsOf(next)}`, dead: await dead() };
            const drawnBy: DrawnPlan = { ...next.drawn, by: 'recovery' };
            const revision = await revised(standing, after, drawnBy, { again: [failed.id] });
            return { choice: 'modify', reason, revision };
          }
        }
      });
    },
  };
}

export type JobActivities = ReturnType<typeof createJobActivities>;

function wordsOf(planned: Exclude<Planned, { drawn: unknown }>): string {
  if ('refused' in planned) return planned.refused.map(({ part, message }) => `“${part}”: ${message}`).join(' ');
  return planned.faults.map(({ pointer, message }) => `${pointer}: ${message}`).join('; ');
}
