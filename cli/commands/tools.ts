import type { Command } from 'commander';
import type { CompleteSpec } from '../../core/worst-case';
import type { JsonSchema } from '../../schemas/tool';
import { wordsOfTool } from '../../src/catalogue/words';
import type { Cli } from '../cli';
import { formatTable } from '../table';
import { toolsOf } from '../tools';
import { tryTool, withTryOptions, type TryOptions } from '../try-tool';
import { UsageError, withUsageExit } from '../usage';

export function registerTools(program: Command, cli: Cli): void {
  const tools = withUsageExit(program.command('tools')).description('the tools that plans may use');

  tools
    .command('list')
    .description('list the tools: what each does, and its effect')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const { specs } = await toolsOf(cli.config());
      cli.print(options, specs, () => tableOf(specs));
    });

  tools
    .command('show')
    .description('show a tool: its arguments, its output, and what the platform holds it to')
    .argument('<tool>')
    .option('--json', 'print its whole specification, with its schemas, as JSON')
    .action(async (name: string, options: { json?: boolean }) => {
      const spec = await toolNamed(cli, name);
      cli.print(options, spec, () => linesOf(spec));
    });

  withTryOptions(tools.command('try'))
    .description('run a tool as a job of one step, and show its output; exits as "awe run" does')
    .argument('<tool>')
    .action(async (name: string, options: TryOptions) => {
      const { name: uses } = await toolNamed(cli, name);
      await tryTool(cli, uses, options);
    });
}

async function toolNamed(cli: Cli, name: string): Promise<CompleteSpec> {
  const { catalogue } = await toolsOf(cli.config());
  const spec = catalogue.tool(name);
  if (spec) return spec;
  const [near] = catalogue.near(name, 'tool');
  throw new UsageError(
    `There is no tool "${name}"${near === undefined ? '' : `; did you mean ${near}?`} "awe tools list" has all.`,
  );
}

/** Tools for people, a row each. */
export const tableOf = (specs: readonly CompleteSpec[]): string[] =>
  formatTable(
    ['tool', 'effect', 'risk', 'does'],
    specs.map(({ name, effect, risk, description }) => [name, effect, risk, description]),
    { does: 90 },
  );

/** A tool for people. */
export function linesOf(spec: CompleteSpec): string[] {
  const { name, version, aliases, description } = spec;
  return [
    `${name}, version ${version}${aliases.length > 0 ? `, also called ${aliases.join(', ')}` : ''}`,
    description,
    '',
    ...membersOf('argument', spec.input),
    '',
    ...membersOf('output', spec.output),
    '',
    ...wordsOfTool(spec),
  ];
}

/** Members of an object's schema, a row each; of alternatives, those of all. */
function membersOf(kind: string, schema: JsonSchema): string[] {
  const parts = [schema, ...['anyOf', 'oneOf', 'allOf'].flatMap((key) => (schema[key] ?? []) as JsonSchema[])];
  const rows = new Map<string, string[]>();
  for (const { properties = {}, required = [] } of parts as { properties?: object; required?: string[] }[])
    for (const [name, member] of Object.entries(properties as { [name: string]: JsonSchema }))
      rows.set(name, [name, typeOf(member), required.includes(name) ? 'yes' : '', textOf(member.description)]);
  return rows.size === 0 ? [`${kind}: any JSON`] : formatTable([kind, 'type', 'needed', ''], [...rows.values()]);
}

function typeOf(schema: JsonSchema): string {
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if ('const' in schema) return JSON.stringify(schema.const);
  const choices = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (choices) return [...new Set(choices.map(typeOf))].join(' | ');
  if (schema.type === 'array') return `list of ${typeOf((schema.items ?? {}) as JsonSchema)}`;
  return Array.isArray(schema.type) ? schema.type.join(' | ') : textOf(schema.type) || 'any';
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
