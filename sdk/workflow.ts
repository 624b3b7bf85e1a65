import type { WrittenPlan } from '../schemas/plan';
import {
  planApiOrchestration,
  planDataPipeline,
  planJobExecution,
  type ApiOrchestration,
  type DataPipeline,
  type JobExecution,
} from '../src/job/examples';
import { WorkflowEngine, type WorkflowRequest } from './engine';
import type { WorkflowResult } from './result';

/** Settings of a run, besides what the workflow itself says. */
export type WorkflowRunOptions = Omit<WorkflowRequest, 'goal' | 'plan'>;

/** A workflow of your own: a class that says its plan. */
export abstract class Workflow {
  /** a word for its kind, as `config.workflow_type` */
  abstract readonly type: string;

  /** The plan as it is written; the stack checks it before anything runs. */
  abstract plan(): WrittenPlan;

  /** Runs it to its end, or until it waits for a person. */
  async run(options: WorkflowRunOptions = {}, engine = new WorkflowEngine()): Promise<WorkflowResult> {
    const config = { workflow_type: this.type, ...options.config };
    return await engine.run({ ...options, plan: this.plan(), config });
  }
}

/** Takes items from a source, transforms them in turn, and puts them where they belong. */
export class DataPipelineWorkflow extends Workflow {
  override readonly type = 'data_pipeline';

  constructor(readonly parameters: DataPipeline) {
    super();
  }

  override plan = (): WrittenPlan => planDataPipeline(this.parameters);
}

/** Calls APIs in an order that their dependencies give, or one after another. */
export class ApiOrchestrationWorkflow extends Workflow {
  override readonly type = 'api_orchestration';

  constructor(readonly parameters: ApiOrchestration) {
    super();
  }

  override plan = (): WrittenPlan => planApiOrchestration(this.parameters);
}

/** Starts a job somewhere else by HTTP, and watches it until it is done. */
export class JobExecutionWorkflow extends Workflow {
  override readonly type = 'job_execution';

  constructor(readonly parameters: JobExecution) {
    super();
  }

  override plan = (): WrittenPlan => planJobExecution(this.parameters);
}
