import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { WorkContext } from '../../schemas/audit/work-context';
import type { Config } from '../../src/config';
import { apiUrl } from '../../src/local/api-url';
import type { ApiClient, StreamedEvent } from '../../src/http/api-client';
import type { Cli } from '../cli';
import { JobDemo, type JobShown } from './demo-job';
import { OrderDemo, type OrderShown } from './demo-order';

interface Started {
  project_id: string;
  links: { self: string; events: string; clarifications: string; temporal?: string };
}

interface Project {
  status: string;
  deliverables: { backlog_item_id: string; headline: string; artifacts: { path: string }[] }[];
}

interface Clarification {
  approval_id: string;
  question: string;
  expires_at: string;
}

/** Lines of a report that are shown, with the facts that a reader looks for first. */
const SHOWN = 10;

export function registerDemo(program: Command, cli: Cli): void {
  program
    .command('demo')
    .description('run two audit projects, an order and a goal through the running stack and show what happens')
    .option('--api-key <key>', 'if the API needs one (default: AWE_API_KEY)')
    .action(async ({ apiKey }: { apiKey?: string }) => {
      const config = cli.config();
      const api = cli.api(apiKey);
      const demo = new Demo(config, api, cli.say);
      const projects = [await demo.runWithRows(), await demo.runWithoutRows()];
      const order = await new OrderDemo(config, api, cli.say).showIncomplete();
      const job = await new JobDemo(config, api, cli.say).showGoal();
      demo.listPlaces(projects, order, job);
    });
}

/** Two audits as their users see them: through the API and its stream of events. */
class Demo {
  constructor(
    private readonly config: Config,
    private readonly api: ApiClient,
    private readonly say: (line: string) => void,
  ) {}

  async runWithRows(): Promise<Started> {
    const work_context = this.example('sales-back-office.json');
    this.say(`\n1. A request with ${work_context.rows?.length} rows of work in a sales back office\n`);
    const started = await this.submit({ request_text: 'Full audit of the sales back office', work_context });
    await this.follow(started);
    await this.show(started);
    return started;
  }

  async runWithoutRows(): Promise<Started> {
    this.say('\n2. A request without rows: the project asks for them, and a person answers\n');
    const started = await this.submit({
      request_text: 'Audit complet de la comptabilité',
      work_context: { language: 'fr' },
    });
    await this.follow(started, async () => {
      const { clarifications } = await this.api.get<{ clarifications: Clarification[] }>(started.links.clarifications);
      const [open] = clarifications;
      if (!open) return;
      this.say(`\n   It waits, until ${open.expires_at} at the latest:\n   « ${open.question} »\n`);
      const work_context = this.example('comptabilite.json');
      this.say(`   Answered through the API with ${work_context.rows?.length} rows.\n`);
      await this.api.post(`${started.links.clarifications}/${open.approval_id}`, { choice: 'provide', work_context });
    });
    await this.show(started);
    return started;
  }

  listPlaces(projects: Started[], order: OrderShown, job: JobShown): void {
    this.say('\nWhere to look\n');
    for (const { project_id, links } of projects) {
      this.say(`   ${project_id}`);
      this.say(`     deliverables  ${join(this.config.store.dir, 'projects', project_id)}`);
      this.say(`     project       ${apiUrl(this.config)}${links.self}`);
      this.say(`     events        ${apiUrl(this.config)}${links.events}`);
      if (links.temporal) this.say(`     Temporal      ${links.temporal}`);
    }
    this.say(`   ${order.order_id}`);
    this.say(`     export        ${order.export}`);
    this.say(`     order         ${apiUrl(this.config)}${order.links.self}`);
    this.say(`     history       ${apiUrl(this.config)}${order.links.history}`);
    if (order.links.temporal) this.say(`     Temporal      ${order.links.temporal}`);
    this.say(`   ${job.job_id}`);
    this.say(`     job           ${apiUrl(this.config)}${job.links.self}`);
    this.say(`     plan          ${apiUrl(this.config)}${job.links.plan}`);
    if (job.links.temporal) this.say(`     Temporal      ${job.links.temporal}`);
    const { port } = new URL(this.config.redis.url);
    this.say(`   Console         ${apiUrl(this.config)}/console/`);
    this.say(`   API docs        ${apiUrl(this.config)}/docs`);
    this.say(`   Stream          redis-cli -p ${port} XRANGE ${this.config.streams.events} - + COUNT 20`);
    this.say('\nThe stack keeps running: "make down" stops it, and keeps its state.');
  }

  private async submit(body: { request_text: string; work_context: WorkContext }): Promise<Started> {
    const started = await this.api.post<Started>('/initial-request', body);
    this.say(`   accepted as ${started.project_id}`);
    return started;
  }

  private async follow(project: Started, onQuestion?: () => Promise<void>): Promise<void> {
    let first: number | undefined;
    for await (const event of this.api.events(project.links.events)) {
      first ??= Date.parse(event.occurred_at);
      const seconds = ((Date.parse(event.occurred_at) - first) / 1000).toFixed(1).padStart(5);
      this.say(`   ${seconds} s  ${event.event_type.padEnd(33)} ${summarise(event)}`);
      if (event.event_type === 'CLARIFICATION.REQUESTED') await onQuestion?.();
    }
  }

  private async show({ links }: Started): Promise<void> {
    const { status, deliverables } = await this.api.get<Project>(links.self);
    this.say(`\n   ${status}: ${deliverables.length} deliverables, each as JSON, Markdown and XLSX`);
    for (const { backlog_item_id, headline } of deliverables)
      this.say(`     ${backlog_item_id.padEnd(11)} ${headline}`);
    const summary = deliverables.find(({ backlog_item_id }) => backlog_item_id === 'summary');
    const report = summary?.artifacts.find(({ path }) => path.endsWith('.md'));
    if (!report) return;
    this.say('\n   The summary begins:\n');
    const text = readFileSync(join(this.config.store.dir, report.path), 'utf8');
    for (const line of text.split('\n').slice(0, SHOWN)) this.say(`     ${line}`);
  }

  private example(file: string): WorkContext {
    return JSON.parse(readFileSync(join(this.config.root, 'examples', 'audit', file), 'utf8')) as WorkContext;
  }
}

/** The facts that tell an event from its neighbours. */
function summarise({ payload }: StreamedEvent): string {
  const { backlog_item_id, headline, items, error, by, rows } = payload as {
    backlog_item_id?: string;
    headline?: string;
    items?: unknown[];
    error?: { message: string };
    by?: string;
    rows?: number;
  };
  const words = [
    backlog_item_id,
    headline,
    items && `${items.length} items`,
    error?.message,
    by && `by ${by}`,
    rows === undefined ? undefined : `${rows} rows`,
  ];
  return words.filter(Boolean).join(': ');
}
