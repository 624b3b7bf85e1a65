import type { Command } from 'commander';
import type { Cli } from './cli';

/** By the name of a command, what loads its module: most need much that the others do not. */
export type Commands = Record<string, () => Promise<(program: Command, cli: Cli) => void>>;

/** Commands of the processes, a row each. */
export const processCommands = {
  audit: async () => (await import('./commands/audit.js')).registerAudit,
  executions: async () => (await import('./commands/executions.js')).registerExecutions,
  hooks: async () => (await import('./commands/hooks.js')).registerHooks,
  jobs: async () => (await import('./commands/jobs.js')).registerJobs,
  memory: async () => (await import('./commands/memory.js')).registerMemory,
  orders: async () => (await import('./commands/orders.js')).registerOrders,
  projects: async () => (await import('./commands/projects.js')).registerProjects,
  recordings: async () => (await import('./commands/recordings.js')).registerRecordings,
  replay: async () => (await import('./commands/replay.js')).registerReplay,
  run: async () => (await import('./commands/run.js')).registerRun,
  runs: async () => (await import('./commands/runs.js')).registerRuns,
  schedule: async () => (await import('./commands/schedule.js')).registerSchedule,
  webhooks: async () => (await import('./commands/webhooks.js')).registerWebhooks,
  workflows: async () => (await import('./commands/workflows.js')).registerWorkflows,
} satisfies Commands;
