import type { Command } from 'commander';
import type { Cli } from './cli';
import { processCommands, type Commands } from './processes';

/** All commands, in the order of the help. */
const commands: Commands = {
  up: async () => (await import('./commands/up.js')).registerUp,
  down: async () => (await import('./commands/down.js')).registerDown,
  status: async () => (await import('./commands/status.js')).registerStatus,
  demo: async () => (await import('./commands/demo.js')).registerDemo,
  doctor: async () => (await import('./commands/doctor.js')).registerDoctor,
  dlq: async () => (await import('./commands/dlq.js')).registerDlq,
  events: async () => (await import('./commands/events.js')).registerEvents,
  groups: async () => (await import('./commands/groups.js')).registerGroups,
  init: async () => (await import('./commands/init.js')).registerInit,
  logs: async () => (await import('./commands/logs.js')).registerLogs,
  ...processCommands,
  policy: async () => (await import('./commands/policy.js')).registerPolicy,
  tools: async () => (await import('./commands/tools.js')).registerTools,
  mcp: async () => (await import('./commands/mcp.js')).registerMcp,
  agents: async () => (await import('./commands/agents.js')).registerAgents,
  prepare: async () => (await import('./commands/prepare.js')).registerPrepare,
  serve: async () => (await import('./commands/serve.js')).registerServe,
  backup: async () => (await import('./commands/backup.js')).registerBackup,
  setup: async () => (await import('./commands/setup.js')).registerSetup,
  versions: async () => (await import('./commands/versions.js')).registerVersions,
  completion: async () => (await import('./commands/completion.js')).registerCompletion,
};

/** Adds the command that is given, or all of them where none is: for the help, and for a completion of their words. */
export async function addCommands(program: Command, cli: Cli, given: string | undefined): Promise<void> {
  const isOne = given !== undefined && given !== 'completion' && Object.hasOwn(commands, given);
  const loads = Object.entries(commands).filter(([name]) => !isOne || name === given);
  for (const [, load] of loads) (await load())(program, cli);
}
