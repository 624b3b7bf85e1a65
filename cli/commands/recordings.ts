import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { RecordingImported } from '../../schemas/recordings/api';
import type { ApiClient } from '../../src/http/api-client';
import type { Cli } from '../cli';
import { runIdOf } from '../jobs/run-id';
import { withApiOptions, type ApiOptions } from '../options';
import { withUsageExit } from '../usage';

export function registerRecordings(program: Command, cli: Cli): void {
  const recordings = withUsageExit(program.command('recordings')).description(
    'recordings of runs as files, which can be sent to somebody and replayed there',
  );

  withApiOptions(
    recordings
      .command('export')
      .description('write the recording of a run into one file; no secret is in it')
      .argument('<run>', 'id of the job, the agent run or its workflow')
      .requiredOption('-o, --output <file>', 'the file'),
  ).action(async (run: string, { output, ...options }: ApiOptions & { output: string }) => {
    const client = cli.api(options.apiKey);
    const id = await runIdOf(client, run);
    const { bytes } = await client.file(`/runs/${encodeURIComponent(id)}/recording`);
    await writeFile(output, bytes);
    cli.print(options, { run, file: output, bytes: bytes.length }, () => [`${output}: ${bytes.length} bytes`]);
  });

  withApiOptions(
    recordings
      .command('import')
      .description('take in a recording that somebody has sent; every hash in it is checked')
      .argument('<file>'),
  ).action(async (file: string, options: ApiOptions) => {
    const imported = await importFile(cli.api(options.apiKey), file);
    const { workflow_id, entries, repeated } = imported;
    const already = repeated ? ' (already here)' : '';
    cli.print(options, imported, () => [
      `${workflow_id}: ${entries} entries${already}`,
      `next: awe replay ${workflow_id}`,
    ]);
  });
}

/** Sends the file of a recording to the API. */
export async function importFile(client: ApiClient, file: string): Promise<RecordingImported> {
  const form = new FormData();
  form.append('file', await openAsBlob(file), basename(file));
  return await client.form<RecordingImported>('/recordings', form);
}
