/** Makers of the plans of pre-built workflows, for the command line and for code. */
export { planApiOrchestration, type ApiCall, type ApiOrchestration } from './api-orchestration';
export { ParameterError, type HttpCall } from './call';
export {
  planDataPipeline,
  type DataPipeline,
  type PipelineDestination,
  type PipelineSource,
  type Transformation,
} from './data-pipeline';
export { planJobExecution, type JobExecution, type RemoteJob } from './job-execution';
