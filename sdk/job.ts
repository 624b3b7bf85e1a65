import type { Approval } from '../schemas/api';
import type { Job, JobDetails, JobMetrics, JobMoment, JobTasks } from '../schemas/job/api';
import type { Json } from '../schemas/json';
import type { MemoryList } from '../schemas/workspace';
import type { ApiClient, StreamedEvent } from '../src/http/api-client';
import { settled } from '../src/settled';
import { readStory } from './story';

/** A task of a workflow: its step, with its status, times, output and error. */
export type Task = JobTasks['tasks'][number];

/** A person's decision on a question. */
export type ApprovalDecision = 'approve' | 'reject' | { choice: 'approve' | 'reject'; comment?: string };

export interface FollowOptions {
  /** called for each event, in order, from the first */
  onEvent?: (event: StreamedEvent) => void;
  /** decides what the workflow asks a person; without an answer the wait ends, and the question stays open */
  onApproval?: (question: Approval, job: Job) => ApprovalDecision | undefined | Promise<ApprovalDecision | undefined>;
}

/** A job behind the HTTP API. */
export class RemoteJobHandle {
  private readonly address: string;

  constructor(
    private readonly client: ApiClient,
    readonly id: string,
  ) {
    this.address = `/jobs/${encodeURIComponent(id)}`;
  }

  read = (): Promise<Job> => this.client.get<Job>(this.address);

  metrics = (): Promise<JobMetrics> => this.client.get<JobMetrics>(`${this.address}/metrics`);

  events = (): AsyncGenerator<StreamedEvent> => this.client.events(`${this.address}/events`);

  /** Its events, each once, until it has ended. */
  story = (): AsyncGenerator<StreamedEvent> => readStory(this.events, this.read);

  retryFailed = (): Promise<unknown> => this.client.post(`${this.address}/retry_failed`, {});

  async tasks(): Promise<Task[]> {
    return await this.pages((cursor) =>
      this.client.get<JobTasks>(`${this.address}/tasks?limit=500${cursor}`).then((page) => [page.tasks, page]),
    );
  }

  async timeline(): Promise<JobMoment[]> {
    return await this.pages((cursor) =>
      this.client.get<JobDetails>(`${this.address}/details?limit=1000${cursor}`).then((page) => [page.timeline, page]),
    );
  }

  async memory({ workflow_id }: Job): Promise<{ [name: string]: Json }> {
    const { entries } = await this.client.get<MemoryList>(`/runs/${encodeURIComponent(workflow_id)}/memory`);
    return Object.fromEntries(entries.map(({ name, value }) => [name, value]));
  }

  /** Waits for its end, or for a question that nobody answers. @returns the job as it is then, and that question */
  async follow({ onEvent, onApproval }: FollowOptions = {}): Promise<{ job: Job; question?: Approval }> {
    for await (const event of this.story()) {
      onEvent?.(event);
      if (event.event_type !== 'APPROVAL.REQUESTED') continue;
      const job = await this.read();
      const question = job.questions.find(({ approval_id }) => approval_id === event.payload['approval_id']);
      if (!question) continue;
      const decision = await onApproval?.(question, job);
      if (decision === undefined) return { job, question };
      await this.decide(question, decision);
    }
    return { job: await settled(this.read) };
  }

  private async decide({ approval_id, digest }: Approval, decision: ApprovalDecision): Promise<void> {
    const { choice, comment } = typeof decision === 'string' ? { choice: decision, comment: undefined } : decision;
    await this.client.post(`${this.address}/${choice}`, { approval_id, digest, comment });
  }

  private async pages<T>(read: (cursor: string) => Promise<[T[], { next_cursor?: string }]>): Promise<T[]> {
    const all: T[] = [];
    for (let cursor = ''; ;) {
      const [items, { next_cursor }] = await read(cursor);
      all.push(...items);
      if (next_cursor === undefined) return all;
      cursor = `&cursor=${next_cursor}`;
    }
  }
}
