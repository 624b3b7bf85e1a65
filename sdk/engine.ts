import type { WorkflowResult } from './result';
import type { Static, TSchema } from 'typebox';
import type { Definition, Execution, ExecutionAccepted } from '../schemas/definition/api';
import type { WorkflowDefinition } from '../schemas/definition/definition';
import type { Job, JobAccepted, NewJob } from '../schemas/job/api';
import type { JsonObject } from '../schemas/json';
import type { WrittenPlan } from '../schemas/plan';
import { UserError } from '../src/config/errors';
import type { ApiClient, StreamedEvent } from '../src/http/api-client';
import { applyDefinition, definitionAddress, idOf } from '../src/http/definitions';
import { settled } from '../src/settled';
import { AgentWorkflow } from './definition/agent-workflow';
import { clientOf, type EngineOptions } from './connection';
import { RemoteJobHandle, type FollowOptions } from './job';
import { WorkflowObserver } from './observer';
import { readStory } from './story';

/** Settings of a workflow. */
export interface WorkflowConfig {
  /** how often failed tasks are tried once more when the workflow has failed; 0 by default */
  max_retries?: number;
  /** a word for what kind of workflow it is; expressions see it as `input.workflow.type` */
  workflow_type?: string;
  /** facts of yours; expressions see them as `input.workflow.metadata` */
  custom_metadata?: JsonObject;
}

/** What is to be run: a goal in words, or a plan. */
export type WorkflowRequest = ({ goal: string; plan?: WrittenPlan } | { goal?: string; plan: WrittenPlan }) &
  FollowOptions & {
    /** the same id is the same workflow: a repeated call waits for it and answers the same; a new id by default */
    workflowId?: string;
    /** what expressions see as `input` */
    context?: JsonObject;
    /** 1 (first) to 5 (last), 3 by default */
    priority?: number;
    config?: WorkflowConfig;
  };

/** An execution of a workflow definition. */
export interface ExecutionOptions<Input> {
  /** held to the `input_schema` */
  input: Input;
  /** the same id is the same execution; a new id by default */
  executionId?: string;
  /** called for each event, in order, from the first */
  onEvent?: (event: StreamedEvent) => void;
}

/** Runs workflows on a stack of AWE, through its HTTP API. */
export class WorkflowEngine {
  private readonly client: ApiClient;

  constructor(options: EngineOptions = {}) {
    this.client = clientOf(options);
  }

  /**
   * Runs a workflow to its end, or until it waits for a person. That it fails is a result, not an exception.
   * @throws UserError if the API cannot be reached, or refuses the request
   */
  async run(request: WorkflowRequest): Promise<WorkflowResult> {
    const { max_retries: retries = 0, ...config } = request.config ?? {};
    if (!Number.isInteger(retries) || retries < 0 || retries > 20)
      throw new UserError(`config.max_retries is a whole number from 0 to 20, not ${retries}.`);
    const { job_id } = await this.client.post<JobAccepted>('/jobs', requestOf(request));
    const handle = new RemoteJobHandle(this.client, job_id);
    for (let retried = 0; ; retried++) {
      const { job, question } = await handle.follow(request);
      const result = await this.resultOf(handle, question ? { ...job, status: 'waiting' } : job, config);
      if (retried >= retries || !mayRetry(result)) return result;
      await handle.retryFailed();
    }
  }

  /** Makes the stack have a workflow definition: a new one, or a new version if it says something new. */
  async define(workflow: AgentWorkflow<TSchema, unknown, unknown> | WorkflowDefinition): Promise<Definition> {
    const definition = workflow instanceof AgentWorkflow ? workflow.toDefinition() : workflow;
    return (await applyDefinition(this.client, definition)).now;
  }

  /**
   * Executes the newest version of a workflow definition, to its end. That it fails is a result, not an exception.
   * @throws UserError if the API cannot be reached, or refuses the input
   */
  async execute<Input extends TSchema, Result>(
    workflow: AgentWorkflow<Input, unknown, Result> | string,
    { input, executionId: execution_id, onEvent }: ExecutionOptions<Static<Input>>,
  ): Promise<Omit<Execution, 'result'> & { result?: Result }> {
    const id = workflow instanceof AgentWorkflow ? idOf(workflow.toDefinition()) : workflow;
    const body = { input_data: input, execution_id };
    const { links } = await this.client.post<ExecutionAccepted>(`${definitionAddress(id)}/execute`, body);
    const read = () => this.client.get<Execution>(links.self ?? '');
    for await (const event of readStory(() => this.client.events(links.events ?? ''), read)) onEvent?.(event);
    return (await settled(read)) as Omit<Execution, 'result'> & { result?: Result };
  }

  /** What came of a workflow up to now. */
  async read(workflowId: string): Promise<WorkflowResult> {
    const handle = new RemoteJobHandle(this.client, workflowId);
    return await this.resultOf(handle, await handle.read());
  }

  /** An observer of a workflow, which may run or have ended. */
  observe(workflowId: string): WorkflowObserver {
    return new WorkflowObserver(this, new RemoteJobHandle(this.client, workflowId));
  }

  private async resultOf(handle: RemoteJobHandle, job: Job, config: WorkflowConfig = {}): Promise<WorkflowResult> {
    const [tasks, memory, execution_history] = await Promise.all([
      handle.tasks(),
      handle.memory(job),
      handle.timeline(),
    ]);
    return {
      context: { ...job, ...config },
      completed_tasks: tasks.filter(({ status }) => status === 'completed'),
      failed_tasks: tasks.filter(({ status }) => status === 'failed'),
      memory,
      execution_history,
    };
  }
}

/** The request as the API takes it. */
export function requestOf({ goal, plan, workflowId, context, priority, config = {} }: WorkflowRequest): NewJob {
  const { workflow_type: type, custom_metadata: metadata } = config;
  const words = goal ?? plan?.name;
  if (words === undefined) throw new UserError('Say what to run: a goal, or a plan.');
  const said = type !== undefined || metadata !== undefined;
  if (said && context?.['workflow'] !== undefined)
    throw new UserError('context.workflow is where config.workflow_type and custom_metadata go: use another name.');
  const workflow = { ...(type === undefined ? {} : { type }), ...(metadata === undefined ? {} : { metadata }) };
  return { job_id: workflowId, goal: words, plan, priority, context: said ? { ...context, workflow } : context };
}

/** A workflow that has failed, of whose failures everybody knows that they have had no effect. */
export function mayRetry({ context, failed_tasks }: Pick<WorkflowResult, 'context' | 'failed_tasks'>): boolean {
  return (
    context.status === 'failed' &&
    failed_tasks.length > 0 &&
    failed_tasks.every(({ error }) => error?.outcome !== 'unknown')
  );
}
