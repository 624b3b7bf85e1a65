import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { Job, JobAccepted, JobPlan } from '../../schemas/job/api';
import type { Config } from '../../src/config';
import type { ApiClient } from '../../src/http/api-client';

/** The port at which the demo serves its data; `make demo` opens it to the tools. */
export const DEMO_PORT = 8089;

const HOST = `127.0.0.1:${DEMO_PORT}`;
const GOAL = `Fetch http://${HOST}/visits, keep those whose status is done, group by city with the sum of hours, and save as CSV to output/hours.csv`;
const SAVED = 'output/hours.csv';

/** The result that the demo leaves to look at. */
export type JobShown = Pick<JobAccepted, 'job_id' | 'links'>;

/** A goal as whoever has it sees it: the plan before it runs, the approval, the steps, the file. */
export class JobDemo {
  constructor(
    private readonly config: Config,
    private readonly api: ApiClient,
    private readonly say: (line: string) => void,
  ) {}

  async showGoal(): Promise<JobShown> {
    this.say(`\n4. A goal becomes a plan, which is shown before it runs\n\n   « ${GOAL} »\n`);
    const server = await this.serveVisits();
    try {
      const accepted = await this.api.post<JobAccepted>('/jobs', { goal: GOAL, mode: 'plan' });
      this.say(`   accepted as ${accepted.job_id}`);
      await this.follow(accepted);
      await this.show(accepted);
      return accepted;
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  private async follow(accepted: JobAccepted): Promise<void> {
    for await (const { event_type, payload } of this.api.events(accepted.links.events ?? '')) {
      const { step, error } = payload as { step?: string; error?: { message: string } };
      this.say(`   ${event_type.padEnd(22)} ${[step, error?.message].filter(Boolean).join(': ')}`.trimEnd());
      if (event_type === 'APPROVAL.REQUESTED') await this.approve(accepted);
    }
  }

  /** Approves exactly what was shown. */
  private async approve({ links }: JobAccepted): Promise<void> {
    const { plan, touches, risk, digest } = await this.api.get<JobPlan>(links.plan ?? '');
    this.say('');
    for (const { id, uses, with: args } of plan.steps)
      this.say(`     ${id.padEnd(14)} ${(uses ?? '').padEnd(18)} ${JSON.stringify(args).slice(0, 110)}`);
    const touched = touches.map(({ access, kind, target }) => `${access} ${kind} ${target}`);
    this.say(`     touches: ${touched.join(', ')}; risk: ${risk}\n`);
    this.say(`   Approved, with the digest of what was shown: ${digest?.slice(0, 19)}…\n`);
    await this.api.post(links.approve ?? '', { digest });
  }

  private async show({ links, workflow_id }: JobAccepted): Promise<void> {
    const { status, error } = await this.api.get<Job>(links.self ?? '');
    this.say(`\n   ${status}${error ? `: ${error.message}` : ''}`);
    if (error?.type === 'egress.refused')
      this.say(`   The stack runs without it: "make down", then "make demo" opens ${HOST} to the tools.`);
    if (status !== 'completed') return;
    const query = new URLSearchParams({ run: workflow_id, path: SAVED }).toString();
    const { bytes } = await this.api.file(`/workspace/download?${query}`);
    this.say(`   ${SAVED}:\n`);
    for (const line of bytes.toString('utf8').trim().split(/\r?\n/)) this.say(`     ${line}`);
  }

  /** Serves the visits as somebody's API would. */
  private async serveVisits(): Promise<Server> {
    const visits = await readFile(join(this.config.root, 'examples', 'jobs', 'visits.json'));
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json').end(visits);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(DEMO_PORT, '127.0.0.1', resolve);
    });
    return server;
  }
}
