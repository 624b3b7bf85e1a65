import type { Command } from 'commander';
import type { JobAccepted, NewJob } from '../schemas/job/api';
import type { JsonObject } from '../schemas/json';
import type { Cli } from './cli';
import { followJob } from './jobs/follow';
import { readJsonFile } from './json-file';
import { withApiOptions, type ApiOptions } from './options';
import { UsageError } from './usage';

export interface TryOptions extends ApiOptions {
  with?: string;
  simulate?: boolean;
  yes?: boolean;
}

export const withTryOptions = (command: Command): Command =>
  withApiOptions(command)
    .option('--with <json>', 'its arguments: JSON, or @file', '{}')
    .option('--simulate', 'run it without effects')
    .option('--yes', 'approve it, where the policy asks');

/** Runs a tool as a job of one step, held to the policy as every job, and prints its output. */
export async function tryTool(cli: Cli, uses: string, options: TryOptions): Promise<void> {
  const given = await argumentsOf(options.with ?? '{}');
  const client = cli.api(options.apiKey);
  const body: NewJob = {
    goal: `Try ${uses}`,
    mode: options.simulate ? 'simulate' : 'run',
    plan: {
      name: `Try ${uses}`,
      steps: [{ id: 'tried', kind: 'tool', uses, with: given }],
      result: { output: '${{ steps.tried.output }}' },
    },
  };
  const { job_id, links } = await client.post<JobAccepted>('/jobs', body);
  cli.note(job_id);
  await followJob(cli, client, job_id, { yes: options.yes, json: options.json });
  if (options.json || options.simulate) return;
  const { result } = await client.get<{ result?: JsonObject }>(links.self ?? '');
  if (result !== undefined) cli.json(result.output);
}

/** Arguments as they stand on the command line, or in the file that it names. */
async function argumentsOf(text: string): Promise<JsonObject> {
  if (text.startsWith('@')) return await readJsonFile<JsonObject>(text.slice(1));
  try {
    return JSON.parse(text) as JsonObject;
  } catch (error) {
    throw new UsageError(`--with is no JSON: ${(error as Error).message}`);
  }
}
