import type { JobInput, JobView } from '../../../schemas/job/run';
import type { Json } from '../../../schemas/json';
import type { Plan } from '../../../schemas/plan';
import type { ApprovalView, RunView } from '../../../schemas/run';
import { workflowIdOf } from '../../temporal/ids';
import { createDecider, type DecisionTaken, type DecisionToSend } from '../decide';
import { notFound, RunError } from '../errors';
import { readNow, type Now } from '../now';
import type { RunDependencies } from '../ports';
import type { RunReader } from '../read-run';
import { createStartInputReader } from '../start-input';

/** A job as it is now. */
export type JobNow = Now<JobView>;

/** A decision on a job, by a person whom the caller has authenticated. */
export interface JobDecision extends Omit<DecisionToSend, 'approval_id'> {
  /** without it, the question that is open: about the plan before any other */
  approval_id?: string;
}

/** Reads jobs, and carries decisions to them. */
export function createJobDesk(dependencies: RunDependencies, { readRun }: Pick<RunReader, 'readRun'>) {
  const { store, settings } = dependencies;
  const decide = createDecider(dependencies);
  const readStartInput = createStartInputReader(dependencies);

  const readJob = (jobId: string): Promise<JobNow> =>
    readNow(readRun, workflowIdOf(settings.namespace, 'job', jobId), `There is no job ${jobId}.`);

  return {
    readJob,

    /** The plan itself, of a version that was drawn. */
    readPlan: ({ plan }: NonNullable<JobView['plan']>): Promise<Plan> => store.getValue(plan),

    /** The input of its plan, which expressions read; undefined where nobody keeps it any more. */
    async readContext({ run }: JobNow): Promise<{ input: Json } | undefined> {
      const { context } = (await readStartInput<JobInput>(run.workflow_id)) ?? {};
      return context && { input: 'inline' in context ? context.inline : await store.getValue(context.ref) };
    },

    /**
     * Decides what a job waits for. Nothing but what is asked now is decided: with a digest, that of what the person was
     * shown. Throws `closed` where nothing is asked, `conflict` where several things are and none is named, and what a
     * decision on any run throws.
     */
    async decideJob(jobId: string, request: JobDecision): Promise<DecisionTaken> {
      const now = await readJob(jobId);
      const question = questionOf(now, request);
      const digest = request.digest ?? question.digest;
      return await decide(now.run.workflow_id, { ...request, approval_id: question.approval_id, digest });
    },
  };
}

/** The question that a decision is about. */
function questionOf({ run, view, questions }: JobNow, { approval_id, choice }: JobDecision): ApprovalView {
  const offered = run.approvals.filter(({ choices }) => choices.includes(choice));
  if (approval_id !== undefined) {
    const named = run.approvals.find((asked) => asked.approval_id === approval_id);
    if (named) return named;
    throw notFound(`Job ${view.job_id} asks no question ${approval_id}.`);
  }
  const open = offered.filter(({ status }) => status === 'open');
  const plan = open.find(({ kind }) => kind === 'plan');
  if (plan) return plan;
  const [question, ...others] = open;
  if (question && others.length === 0) return question;
  if (question) {
    const ids = open.map((asked) => asked.approval_id).join(', ');
    throw new RunError('conflict', `The job asks several questions; say which with approval_id: ${ids}.`);
  }
  // the answer to a decision that was sent before, or that came too late
  const decided = offered.findLast(({ status }) => status === 'decided');
  if (decided && questions.length === 0) return decided;
  throw nothingAsked(run, view, questions);
}

function nothingAsked(run: RunView, { stage }: JobView, [other]: ApprovalView[]): RunError {
  if (other)
    return new RunError('conflict', `The job asks ${other.approval_id}, which offers ${other.choices.join(', ')}.`);
  if (run.ended_at !== undefined) return new RunError('closed', `The job has ended: ${run.outcome ?? run.status}.`);
  if (stage === 'planning')
    return new RunError('conflict', 'The plan is not written yet. Try again in a moment.', { retryAfter: 1 });
  return new RunError('conflict', `The job waits for nobody's approval: it is ${stage}.`);
}
