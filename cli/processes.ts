/** Commands of the processes, a row each. */
export { registerAudit } from './commands/audit';
export { registerExecutions } from './commands/executions';
export { registerHooks } from './commands/hooks';
export { registerJobs } from './commands/jobs';
export { registerMemory } from './commands/memory';
export { registerOrders } from './commands/orders';
export { registerProjects } from './commands/projects';
export { registerRecordings } from './commands/recordings';
export { registerReplay } from './commands/replay';
export { registerRun } from './commands/run';
export { registerRuns } from './commands/runs';
export { registerSchedule } from './commands/schedule';
export { registerWebhooks } from './commands/webhooks';
export { registerWorkflows } from './commands/workflows';
