import { processes, type EventType } from '../../schemas/catalogue';
import type { Job, JobPlan } from '../../schemas/job/api';
import type { ApiClient, StreamedEvent } from '../../src/http/api-client';
import { settled } from '../../src/settled';
import { RemoteJobHandle } from '../../sdk/job';
import type { Cli } from '../cli';
import { formatPlan } from './plan';
import { begun, lineOf, told, treeOf } from './progress';

/** Exit codes of a job: done, failed, waits for a person. */
export const exits = { done: 0, failed: 1, waits: 7 } as const;

export interface FollowOptions {
  /** approve the plan as it is shown */
  yes?: boolean;
  json?: boolean;
}

/** Follows a job to its end, or until it waits for a person; prints what came of it, and sets the exit code. */
export async function followJob(cli: Cli, client: ApiClient, jobId: string, options: FollowOptions): Promise<void> {
  const self = `/jobs/${encodeURIComponent(jobId)}`;
  const show = shower(cli, jobId);
  let last = '';
  for await (const event of new RemoteJobHandle(client, jobId).story()) {
    show(event);
    last = event.event_type;
    if (event.event_type !== 'APPROVAL.REQUESTED') continue;
    const job = await client.get<Job>(self);
    const question = job.questions.find(({ approval_id }) => approval_id === event.payload.approval_id);
    if (!question) continue;
    if (question.kind === 'plan') {
      const plan = await client.get<JobPlan>(`${self}/plan`);
      if (plan.digest !== question.digest) continue;
      if (!options.json) formatPlan(plan).forEach(cli.say);
    }
    if (question.kind === 'plan' && options.yes) {
      const { approval_id, digest } = question;
      await client.post(`${self}/approve`, { approval_id, digest });
      continue;
    }
    cli.print(options, job, () => [`${question.approval_id} waits for a person: ${question.question}`, howTo(jobId)]);
    return cli.exit(exits.waits);
  }
  const job = await settled(() => client.get<Job>(self));
  const end = processes.get('job')?.ends[last as EventType] ?? job.outcome ?? job.status;
  cli.print(options, job, () => [job.error ? `${jobId} ${end}: ${job.error.message}` : `${jobId} ${end}`]);
  cli.exit(end === 'completed' ? exits.done : exits.failed);
}

const howTo = (jobId: string): string =>
  `awe jobs approve ${jobId}, or awe jobs reject ${jobId}; then awe jobs follow ${jobId}`;

/** Shows each event: as a tree that is drawn anew in a terminal, as a line elsewhere. */
function shower(cli: Cli, jobId: string): (event: StreamedEvent) => void {
  const { live } = cli;
  if (!live) return (event) => cli.note(lineOf(event));
  let progress = begun(jobId);
  return (event) => {
    progress = told(progress, event);
    live(treeOf(progress));
  };
}
