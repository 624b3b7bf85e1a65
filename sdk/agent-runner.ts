import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentRun, AgentRunAccepted, AgentRunStatus, Determinism, NewAgentRun } from '../schemas/agent-run/api';
import type { JsonObject } from '../schemas/json';
import type { WrittenPlan } from '../schemas/plan';
import type { McpServerList, McpToolList } from '../schemas/mcp/api';
import type { ApiClient } from '../src/http/api-client';
import { UserError } from '../src/config/errors';
import { clientOf, type EngineOptions } from './connection';

/** The MCP servers of a stack, whose tools its runs use once somebody has accepted them. */
export class McpServers {
  readonly client: ApiClient;

  constructor(options: EngineOptions = {}) {
    this.client = clientOf(options);
  }

  async list(): Promise<McpServerList['servers']> {
    return (await this.client.get<McpServerList>('/api/v1/mcp')).servers;
  }

  async tools(server: string): Promise<McpToolList['tools']> {
    return (await this.client.get<McpToolList>(`/api/v1/mcp/${encodeURIComponent(server)}/tools`)).tools;
  }
}

/** What a run is about. */
export interface RunRequest {
  asset_id: string;
  goal: string;
  metadata?: JsonObject;
  determinism?: Determinism;
  /** in place of one that the planner would write */
  plan?: WrittenPlan;
}

/** The context of a run: what was asked, and what planner, critic and executor have made of it. */
export class RunContext {
  readonly asset_id: string;
  readonly goal: string;
  readonly metadata: JsonObject;
  readonly determinism: Determinism | undefined;
  readonly plan: WrittenPlan | undefined;
  /** names the request, so that a repeated call is one run */
  readonly key = randomUUID();
  /** as the platform has it; undefined before it was started */
  run: AgentRun | undefined;

  constructor({ asset_id, goal, metadata = {}, determinism, plan }: RunRequest) {
    this.asset_id = asset_id;
    this.goal = goal;
    this.metadata = metadata;
    this.determinism = determinism;
    this.plan = plan;
  }

  get run_id(): string | undefined {
    return this.run?.run_id;
  }

  get status(): AgentRunStatus | undefined {
    return this.run?.status;
  }

  get state(): AgentRun['state'] {
    return this.run?.state ?? { results: [] };
  }

  toJSON(): Partial<AgentRun> & RunRequest {
    const { asset_id, goal, metadata, determinism, state } = this;
    return { asset_id, goal, metadata, determinism, ...this.run, state };
  }
}

/** An event of a run, as `GET /api/runs/:id/stream` tells it. */
export interface AgentRunEvent {
  type: 'status' | 'approval' | 'error' | 'result';
  data: { run_id: string; seq: number; at: string; status: AgentRunStatus; [more: string]: unknown };
}

export interface RunOptions {
  /** you approve what the first plan asks about; it needs the role approver */
  humanApproved?: boolean;
}

/** Milliseconds before a stream that has broken off is opened again, and how often without an event in between. */
const AGAIN = { pause: 1_000, tries: 60 };

/** Has goals planned, criticised and executed on a stack of AWE. */
export class AgentRunner {
  constructor(
    private readonly mcp: Pick<McpServers, 'client'> = new McpServers(),
    private readonly eventHook: (event: AgentRunEvent) => void | Promise<void> = () => undefined,
  ) {}

  /**
   * Runs a goal to its end, or until it waits for a person: then its status is `AWAITING_APPROVAL`, and the same call
   * with the same context goes on from there. That it fails is a result, not an exception.
   * @throws UserError if the API cannot be reached, or refuses the request
   */
  async runWorkflow(context: RunContext, { humanApproved = false }: RunOptions = {}): Promise<RunContext> {
    const { client } = this.mcp;
    const { asset_id, goal, metadata, determinism, plan, key } = context;
    const body: NewAgentRun = { asset_id, goal, metadata, determinism, plan, human_approved: humanApproved };
    const run_id =
      context.run_id ?? (await client.post<AgentRunAccepted>('/api/runs', body, { 'Idempotency-Key': key })).run_id;
    const address = `/api/runs/${encodeURIComponent(run_id)}`;
    const read = async (): Promise<RunContext> => {
      context.run = await client.get<AgentRun>(address);
      return context;
    };
    await read();
    for (let seen = 0, tries = 0; tries < AGAIN.tries; tries++) {
      for await (const { name, data } of client.stream<AgentRunEvent['data']>(`${address}/stream?after=${seen}`)) {
        if (data.seq > seen || name === 'result') await this.eventHook({ type: name as AgentRunEvent['type'], data });
        [seen, tries] = [Math.max(seen, data.seq), 0];
        if (name === 'result') return await read();
        // one that was decided since is no reason to stop
        const isAsked = data['event'] === 'APPROVAL.REQUESTED';
        if (isAsked && (await read()).run?.questions.some(({ approval_id }) => approval_id === data['approval_id']))
          return context;
      }
      await sleep(AGAIN.pause);
    }
    throw new UserError(`The stream of run ${run_id} breaks off again and again: look at ${address}.`);
  }
}
