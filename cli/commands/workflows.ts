import type { Command } from 'commander';
import type {
  Definition,
  DefinitionChecked,
  DefinitionDifference,
  Definitions,
  Execution,
  ExecutionAccepted,
} from '../../schemas/definition/api';
import { ownedByServer } from '../../schemas/definition/api';
import type { DefinitionContent } from '../../schemas/definition/definition';
import { differenceOf } from '../../src/definition/difference';
import { writeYaml } from '../../src/definition/yaml';
import {
  applyDefinition,
  definitionAddress as address,
  DEFINITIONS,
  findDefinition,
  idOf,
} from '../../src/http/definitions';
import { settled } from '../../src/settled';
import { counted } from '../../src/words';
import type { Cli } from '../cli';
import { copyExample, listExamples } from '../definition/examples';
import { faultLine, readDefinitionFile } from '../definition/file';
import { registerSimulate } from '../definition/simulate';
import { formatChanges, formatDefinition, formatExecution, tableOfDefinitions } from '../definition/words';
import { readJsonFile } from '../json-file';
import { readList } from '../list';
import { parseCount, withApiOptions, type ApiOptions } from '../options';
import { formatTable } from '../table';
import { withUsageExit } from '../usage';

export function registerWorkflows(program: Command, cli: Cli): void {
  const workflows = withUsageExit(program.command('workflows')).description(
    'workflow definitions: check, keep, compare and execute them',
  );
  const on = (name: string, description: string, argument = '<id>') =>
    withApiOptions(workflows.command(name).description(description).argument(argument));

  withApiOptions(workflows.command('list').description('workflow definitions, by their ids'))
    .option('--limit <n>', 'the most to list', parseCount, 50)
    .action(async ({ apiKey, json, limit }: ApiOptions & { limit: number }) => {
      const { entries } = await readList(
        cli.api(apiKey),
        DEFINITIONS,
        { limit },
        (page: Definitions) => page.workflows,
      );
      cli.print({ json }, { workflows: entries }, () => [
        ...(entries.length === 0 ? [] : [...tableOfDefinitions(entries), '']),
        counted(entries.length, 'workflow'),
      ]);
    });

  workflows
    .command('examples')
    .description('ready definitions to copy')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const examples = await listExamples();
      cli.print(options, { examples }, () =>
        formatTable(
          ['EXAMPLE', 'ABOUT'],
          examples.map(({ name, description }) => [name, description]),
        ),
      );
    });

  workflows
    .command('init')
    .description('copy a ready definition, and an input to try it with, into a folder')
    .argument('<example>', 'its name, as `examples` lists it')
    .argument('[folder]', 'a folder that is there', '.')
    .action(async (name: string, folder: string) => {
      const { definition, input } = await copyExample(name, folder);
      cli.say(`Wrote ${definition} and ${input}. Next:`);
      cli.say(`  awe workflows apply ${definition} && awe workflows execute ${name} --input ${input}`);
    });

  on('show', 'a definition: its version and its steps').action(async (id: string, options: ApiOptions) => {
    const definition = await cli.api(options.apiKey).get<Definition>(address(id));
    cli.print(options, definition, () => formatDefinition(definition));
  });

  on('validate', 'check a file without keeping it; exits with 1 if it has faults', '<file>').action(
    async (file: string, options: ApiOptions) => {
      const { definition, locate } = await readDefinitionFile(file);
      const checked = await cli.api(options.apiKey).post<DefinitionChecked>(`${DEFINITIONS}/validate`, definition);
      const faults = locate(checked.faults);
      cli.print(options, { ...checked, faults }, () =>
        checked.valid
          ? [`${file} can run: ${counted(checked.plan?.steps.length ?? 0, 'step')}`]
          : faults.map((found) => faultLine(file, found)),
      );
      if (!checked.valid) cli.exit(1);
    },
  );

  registerSimulate(workflows, cli);

  on('plan', 'show what `apply` would change on the server', '<file>').action(
    async (file: string, options: ApiOptions) => {
      const { definition } = await readDefinitionFile(file);
      const id = idOf(definition);
      const there = await findDefinition(cli.api(options.apiKey), id);
      const changes = differenceOf(there ? contentOf(there) : ({} as DefinitionContent), contentOf(definition));
      cli.print(options, { id, version: there?.version, changes }, () => [
        there ? `${id}, version ${there.version}` : `${id} is not there yet`,
        ...(changes.length === 0 ? ['no difference'] : formatChanges(changes)),
      ]);
    },
  );

  on('apply', 'make the server have what a file says: a new definition, or a new version', '<file>').action(
    async (file: string, options: ApiOptions) => {
      const { definition } = await readDefinitionFile(file);
      const { before, now } = await applyDefinition(cli.api(options.apiKey), definition);
      cli.print(options, now, () => [
        before?.version === now.version ? `${now.id} is as the file says` : `${now.id} is at version ${now.version}`,
      ]);
    },
  );

  on('export', 'print a definition as YAML')
    .option('--version <n>', 'another version than the newest', parseCount)
    .action(async (id: string, { version, ...options }: ApiOptions & { version?: number }) => {
      const path = version === undefined ? address(id) : `${address(id)}/versions/${version}`;
      const definition = await cli.api(options.apiKey).get<Definition>(path);
      const content = { id, ...contentOf(definition) };
      cli.print(options, content, () => writeYaml(content).trimEnd().split('\n'));
    });

  on('diff', 'the difference of two versions')
    .requiredOption('--from <n>', 'the one version', parseCount)
    .option('--to <n>', 'the other (default: the newest)', parseCount)
    .action(async (id: string, { from, to, ...options }: ApiOptions & { from: number; to?: number }) => {
      const query = to === undefined ? `from=${from}` : `from=${from}&to=${to}`;
      const found = await cli.api(options.apiKey).get<DefinitionDifference>(`${address(id)}/diff?${query}`);
      cli.print(options, found, () => (found.changes.length === 0 ? ['no difference'] : formatChanges(found.changes)));
    });

  on('rollback', 'go back to an earlier version, by a new one that says the same')
    .requiredOption('--to <n>', 'the version to have again', parseCount)
    .action(async (id: string, { to, ...options }: ApiOptions & { to: number }) => {
      const now = await cli.api(options.apiKey).post<Definition>(`${address(id)}/rollback`, { version: to });
      cli.print(options, now, () => [`${id} is at version ${now.version}, which says what version ${to} said`]);
    });

  on('execute', 'execute a workflow, and wait for its end; exits with 1 if it fails')
    .option('--input <file>', 'a file that holds the input, as JSON')
    .option('--detach', 'print the id, and do not wait')
    .action(async (id: string, { input, detach, ...options }: ApiOptions & { input?: string; detach?: boolean }) => {
      const client = cli.api(options.apiKey);
      const input_data = input === undefined ? undefined : await readJsonFile<object>(input);
      const started = await client.post<ExecutionAccepted>(`${address(id)}/execute`, { input_data });
      if (detach) return cli.say(started.execution_id);
      cli.note(started.execution_id);
      for await (const { event_type } of client.events(started.links.events ?? '')) cli.note(`  ${event_type}`);
      const execution = await settled(() => client.get<Execution>(started.links.self ?? ''));
      cli.print(options, execution, () => formatExecution(execution));
      if (execution.status === 'failed' || execution.status === 'cancelled') cli.exit(1);
    });
}

/** What a definition says, without its id and what the server adds. */
function contentOf(
  definition: Definition | (DefinitionContent & { $schema?: string; id?: string }),
): DefinitionContent {
  const others: readonly string[] = ['$schema', 'id', ...ownedByServer];
  const content = Object.entries(definition).filter(([name]) => !others.includes(name));
  return Object.fromEntries(content) as unknown as DefinitionContent;
}
