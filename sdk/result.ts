import type { Task } from './job';
import type { JsonObject, Json } from '../schemas/json';
import type { Job, JobMoment } from '../schemas/job/api';

/** The workflow as a whole: its job, and what its caller has said of it. */
export type WorkflowContext = Job & { workflow_type?: string; custom_metadata?: JsonObject };

/** What came of a workflow. `context.status` is `completed`, `failed`, `cancelled`, or `waiting` for a person. */
export interface WorkflowResult {
  context: WorkflowContext;
  completed_tasks: Task[];
  failed_tasks: Task[];
  /** values that its tasks have shared, by name */
  memory: { [name: string]: Json };
  /** what happened, in order */
  execution_history: JobMoment[];
}
