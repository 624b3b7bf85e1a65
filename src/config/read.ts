import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse as parseDotenv } from 'dotenv';
import { findNearest } from '../../core/nearest';
import { readGivenDatabases } from './databases';
import { readGivenSecrets, SECRET_PREFIX } from './egress';
import { ConfigError, UserError, type ConfigProblem } from './errors';
import type { Variable } from './sections';
import { variables, type Values, type VariableName } from './variables';

/** Names and values as text, as in `process.env`. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Finds the folder with the `package.json` of AWE, where `.env` lies and relative paths start. */
export function findProjectRoot(start: string = __dirname): string {
  for (let dir = start; ; dir = dirname(dir)) {
    const manifest = join(dir, 'package.json');
    if (existsSync(manifest) && (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string }).name === 'awe') {
      return dir;
    }
    if (dir === dirname(dir)) throw new UserError(`No package.json of AWE was found above ${start}.`);
  }
}

/** Reads the version of AWE. */
export function readVersion(root = findProjectRoot()): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
}

/**
 * Finds the folder of compiled code: the one that this process was started from, or `dist` if it runs from TypeScript.
 * Threads and children start from it, so a process keeps its code when a newer build takes the name `dist`.
 */
export function findBuild(): string {
  const own = join(__dirname, '..', '..');
  if (!existsSync(join(own, 'package.json'))) return own;
  const built = join(own, 'dist');
  return existsSync(built) ? realpathSync(built) : built;
}

/**
 * Reads `.env` of the project root; the environment of the process wins over it. A process under test has nothing but
 * its environment: the file belongs to the stack of this checkout.
 */
export function readEnvironment(root: string, env: Env): Env {
  const file = join(root, '.env');
  if (env.AWE_ENV === 'test' || !existsSync(file)) return env;
  return { ...parseDotenv(readFileSync(file)), ...env };
}

/** Reads and checks every variable of the table; throws one `ConfigError` for all wrong ones. */
export function readValues(env: Env): Values {
  const problems: ConfigProblem[] = [];
  const values: Partial<Record<VariableName, unknown>> = {};
  for (const [name, variable] of Object.entries<Variable>(variables)) {
    const text = env[name]?.trim() || defaultOf(variable, values.AWE_PORT_BASE);
    if (text === undefined) continue;
    try {
      values[name as VariableName] = variable.kind.parse(text);
    } catch (error) {
      problems.push({ name, message: (error as Error).message });
    }
  }
  problems.push(
    ...findContradictions(values as Partial<Values>),
    ...readGivenSecrets(env).problems,
    ...readGivenDatabases(env).problems,
  );
  if (problems.length > 0) throw new ConfigError(problems);
  return values as Values;
}

/** The default of a variable; that of a port moves with AWE_PORT_BASE, which the table has before the ports. */
function defaultOf({ default: text, fromBase }: Variable, base: unknown): string | undefined {
  return fromBase !== undefined && typeof base === 'number' ? String(base + fromBase) : text;
}

/** Finds values that contradict each other. */
function findContradictions(values: Partial<Values>): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const {
    AWE_CLARIFICATION_REMIND_AFTER: remind,
    AWE_CLARIFICATION_ESCALATE_AFTER: escalate,
    AWE_CLARIFICATION_EXPIRE_AFTER: expire,
  } = values;
  if (remind !== undefined && escalate !== undefined && remind >= escalate) {
    problems.push({
      name: 'AWE_CLARIFICATION_ESCALATE_AFTER',
      message: 'must be longer than AWE_CLARIFICATION_REMIND_AFTER. Write for example 4h and 24h.',
    });
  }
  if (escalate !== undefined && expire !== undefined && escalate >= expire) {
    problems.push({
      name: 'AWE_CLARIFICATION_EXPIRE_AFTER',
      message: 'must be longer than AWE_CLARIFICATION_ESCALATE_AFTER. Write for example 24h and 7d.',
    });
  }
  const namespace = values.NAMESPACE ?? '';
  const events = values.STREAM_NAME ?? `${namespace}:events`;
  if (events === (values.DLQ_STREAM ?? `${namespace}:dlq`)) {
    problems.push({ name: 'DLQ_STREAM', message: `is also the stream of events (${events}). Give it another name.` });
  }
  const ports = (
    ['AWE_PORT', 'AWE_GATEWAY_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'REDIS_PORT', 'POSTGRES_PORT'] as const
  ).filter((name) => values[name]);
  for (const [i, name] of ports.entries()) {
    const twin = ports.slice(0, i).find((other) => values[other] === values[name]);
    if (twin) problems.push({ name, message: `is the same port as ${twin}. Give one of them another.` });
  }
  return problems;
}

/** Warns of each `AWE_…` name that the table does not know, with the nearest name that it does. */
export function warnOfUnknown(env: Env): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('AWE_') && !name.startsWith(SECRET_PREFIX) && !(name in variables))
    .sort()
    .map((name) => {
      const known = findNearest(name, Object.keys(variables));
      return `${name} is not a variable of AWE and has no effect.${known ? ` Did you mean ${known}?` : ''}`;
    });
}
