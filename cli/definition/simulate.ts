import { existsSync } from 'node:fs';
import { InvalidArgumentError, type Command } from 'commander';
import type { DefinitionChecked } from '../../schemas/definition/api';
import type { GivenDecision, Simulation } from '../../schemas/definition/simulation';
import { definitionAddress, DEFINITIONS } from '../../src/http/definitions';
import type { Cli } from '../cli';
import { readJsonFile } from '../json-file';
import { parseCount, withApiOptions, type ApiOptions } from '../options';
import { faultLine, readDefinitionFile } from './file';
import { formatSimulation } from './simulation-words';

interface SimulateOptions extends ApiOptions {
  input?: string;
  outputs?: string;
  decide: { [step: string]: GivenDecision };
  startsAt?: string;
  version?: number;
}

/** `awe workflows simulate FILE|ID` */
export function registerSimulate(workflows: Command, cli: Cli): void {
  withApiOptions(
    workflows
      .command('simulate')
      .description(
        'carry a workflow out without touching anything, and show its path and why; exits with 1 if it fails',
      )
      .argument('<file|id>', 'a file that holds a definition, or the id of one that the server has'),
  )
    .option('--input <file>', 'a file that holds the input, as JSON')
    .option('--outputs <file>', 'a file with what steps give back, as JSON: {"<step_id>": …}')
    .option('--decide <step=choice>', 'approve, reject or expire; `ask=reject@2h` after two hours', addDecision, {})
    .option('--starts-at <instant>', 'when it begins on the virtual clock, such as 2026-03-02T08:00:00Z')
    .option('--version <n>', 'of an id: another version than the newest', parseCount)
    .action(async (what: string, options: SimulateOptions) => {
      const { input, outputs, decide: decisions, startsAt: starts_at, version, ...printing } = options;
      const given = {
        input_data: input === undefined ? undefined : await readJsonFile<object>(input),
        outputs: outputs === undefined ? undefined : await readJsonFile<object>(outputs),
        ...{ decisions, starts_at },
      };
      const simulation = isFile(what)
        ? await simulateFile(cli, what, given, printing)
        : await cli.api(printing.apiKey).post<Simulation>(`${definitionAddress(what)}/simulate`, { ...given, version });
      if (!simulation) return cli.exit(1);
      cli.print(printing, simulation, () => formatSimulation(simulation));
      if (simulation.status !== 'completed') cli.exit(1);
    });
}

/** The simulation of a file; undefined where it has faults, which are printed as `validate` does. */
async function simulateFile(
  cli: Cli,
  file: string,
  given: object,
  options: ApiOptions,
): Promise<Simulation | undefined> {
  const { definition, locate } = await readDefinitionFile(file);
  const client = cli.api(options.apiKey);
  const checked = await client.post<DefinitionChecked>(`${DEFINITIONS}/validate`, definition);
  if (checked.valid) return await client.post<Simulation>(`${DEFINITIONS}/simulate`, { definition, ...given });
  const faults = locate(checked.faults);
  cli.print(options, { ...checked, faults }, () => faults.map((found) => faultLine(file, found)));
  return undefined;
}

const isFile = (what: string): boolean => /[/\\]|\.(ya?ml|json)$/i.test(what) || existsSync(what);

const CHOICES = ['approve', 'reject', 'expire'] as const;

function addDecision(text: string, before: SimulateOptions['decide']): SimulateOptions['decide'] {
  const [, step = '', choice = '', after] = /^([^=]+)=([a-z]+)(?:@(.+))?$/.exec(text) ?? [];
  const found = CHOICES.find((one) => one === choice);
  if (!found) throw new InvalidArgumentError(`It must be like ask=approve, with one of ${CHOICES.join(', ')}.`);
  return { ...before, [step]: { choice: found, after } };
}
