/** AWE from code: `import { WorkflowEngine } from 'awe'`. See docs/from-code.md. */
export { Type } from 'typebox';
export { defineAgent, type Agent } from '../activities/agents/base';
export { defineTask, defineTaskAgent } from '../activities/agents/task-agent';
export { defineTool, type ToolDefinition } from '../activities/tools/define';
export { ToolError } from '../activities/tools/errors';
export type { Tool, ToolContext } from '../activities/tools/tool';
export type { AgentRun, Critique, ExecutionResult } from '../schemas/agent-run/api';
export type { Approval } from '../schemas/api';
export type { Definition, Execution } from '../schemas/definition/api';
export type { Job, JobMetrics, JobMoment } from '../schemas/job/api';
export type { WrittenPlan, WrittenStep } from '../schemas/plan';
export { UserError } from '../src/config/errors';
export type { StreamedEvent } from '../src/http/api-client';
export * from '../src/job/examples';
export {
  AgentRunner,
  McpServers,
  RunContext,
  type AgentRunEvent,
  type RunOptions,
  type RunRequest,
} from './agent-runner';
export type { EngineOptions } from './connection';
export { AgentWorkflow, type AgentWorkflowOptions } from './definition/agent-workflow';
export { cel, orElse, type Expression, type Reference } from './definition/expressions';
export { WorkflowEngine, type ExecutionOptions, type WorkflowConfig, type WorkflowRequest } from './engine';
export type { WorkflowContext, WorkflowResult } from './result';
export type { ApprovalDecision, Task } from './job';
export { tryTool } from './try-tool';
export { summaryOf, WorkflowObserver, type WorkflowState } from './observer';
export { ApiOrchestrationWorkflow, DataPipelineWorkflow, JobExecutionWorkflow, Workflow } from './workflow';
