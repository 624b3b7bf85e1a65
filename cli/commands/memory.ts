import type { Command } from 'commander';
import type { MemoryDeleted, MemoryDeletion, MemoryNamespaces } from '../../schemas/memory/api';
import { counted } from '../../src/words';
import type { Cli } from '../cli';
import { readList } from '../list';
import { parseCount, withApiOptions, type ApiOptions } from '../options';
import { formatTable } from '../table';
import { UsageError, withUsageExit } from '../usage';

const HOME = '/api/v1/memory';

interface OfWorkflow extends ApiOptions {
  workflow?: string;
}

export function registerMemory(program: Command, cli: Cli): void {
  const memory = withUsageExit(program.command('memory')).description('what runs have remembered');

  withApiOptions(memory.command('list').description('namespaces, with their texts, values and sizes'))
    .option('--workflow <id>', 'only those of a workflow')
    .option('--limit <n>', 'the most to list', parseCount, 50)
    .action(async ({ workflow, limit, ...options }: OfWorkflow & { limit: number }) => {
      const client = cli.api(options.apiKey);
      const { entries } = await readList(
        client,
        HOME,
        { limit, workflow },
        (page: MemoryNamespaces) => page.namespaces,
      );
      const rows = entries.map((one) => [
        ...[one.namespace, one.kind, one.workflow ?? '-', String(one.texts), String(one.values), String(one.bytes)],
      ]);
      cli.print(options, { namespaces: entries }, () => [
        ...(rows.length === 0
          ? []
          : [...formatTable(['NAMESPACE', 'KIND', 'WORKFLOW', 'TEXTS', 'VALUES', 'BYTES'], rows), '']),
        counted(entries.length, 'namespace'),
      ]);
    });

  withApiOptions(memory.command('delete').description('delete all of a namespace, or all that a workflow remembers'))
    .argument('[namespace]', 'as `list` shows it')
    .option('--workflow <id>', 'all namespaces of this workflow')
    .action(async (namespace: string | undefined, { workflow, ...options }: OfWorkflow) => {
      if ((namespace === undefined) === (workflow === undefined))
        throw new UsageError('Say a namespace, or --workflow: one of them.');
      const path =
        workflow === undefined
          ? `${HOME}/${encodeURIComponent(namespace ?? '')}`
          : `${HOME}?workflow=${encodeURIComponent(workflow)}`;
      const done = await cli.api(options.apiKey).delete<MemoryDeleted | MemoryDeletion>(path);
      cli.print(options, done, () => [wordsOf(done)]);
    });
}

function wordsOf(done: MemoryDeleted | MemoryDeletion): string {
  if ('status' in done) return `it goes on as ${done.workflow_id}`;
  const { namespaces, texts, values, bytes } = done;
  const what = [counted(texts, 'text'), counted(values, 'value'), counted(namespaces, 'namespace')];
  return `deleted: ${what.join(', ')}; ${bytes} bytes`;
}
