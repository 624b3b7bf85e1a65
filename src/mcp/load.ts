import { existsSync, readFileSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { findNearest } from '../../core/nearest';
import { LARGEST_VALUE } from '../../schemas/refs';
import { MCP_SERVER_NAME, McpHttpServer, McpStdioServer } from '../../schemas/mcp/servers';
import { UserError } from '../config/errors';
import type { McpConfig } from '../config/mcp';
import { escapePointer } from '../contracts/errors';
import { validatorFor } from '../contracts/validators';
import { parseEgressAllow } from '../egress/allow';
import { parseTarget } from '../egress/target';
import { briaServer, isOldAddress } from './bria';
import { identityOf, NOTHING_ALLOWED, rulesOf, type McpPlace, type McpServer } from './servers';
import { readPlain, readTemplate, type Template } from './template';

/** Something wrong in the file: its place, what it is, and how to mend it. */
export interface McpFault {
  pointer: string;
  message: string;
}

/**
 * The servers that the operator has named, those that are not disabled. Read once for a process.
 *
 * @param variable gives a variable of the environment
 * @throws UserError with every fault of the file
 */
export function loadMcpServers(config: McpConfig, variable: Variable): McpServer[] {
  const bria = config.bria ? [briaServer(config.bria)] : [];
  if (config.file === undefined) return bria;
  const { servers, faults } = readMcpServers(parsed(config.file), variable);
  if (bria.length > 0 && servers.some(({ name }) => name === 'bria'))
    faults.push({
      pointer: '/mcpServers/bria',
      message: 'is configured by BRIA_MCP_URL, too. Unset that, or call this one otherwise.',
    });
  if (faults.length > 0)
    throw new UserError(
      [`MCP_CONFIG: ${config.file} cannot be used:`, ...faults.map((one) => `  ${one.pointer} ${one.message}`)].join(
        '\n',
      ),
    );
  return [...servers, ...bria];
}

function parsed(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new UserError(`MCP_CONFIG: ${file} cannot be read (${code}).`, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`MCP_CONFIG: ${file} is no JSON: ${(error as Error).message}.`, { cause: error });
  }
}

const stdio = validatorFor(McpStdioServer);
const http = validatorFor(McpHttpServer);

type Variable = (name: string) => string | undefined;

/** Reads the value of a file, with every fault. @param variable gives a variable of the environment */
export function readMcpServers(value: unknown, variable: Variable): { servers: McpServer[]; faults: McpFault[] } {
  const servers: McpServer[] = [];
  const faults: McpFault[] = [];
  const named = isObject(value) ? value['mcpServers'] : undefined;
  if (!isObject(value) || !isObject(named))
    return {
      servers,
      faults: [{ pointer: '/mcpServers', message: 'is missing. Write {"mcpServers": {"name": {…}}}.' }],
    };
  for (const name of Object.keys(value).filter((one) => one !== 'mcpServers' && one !== '$schema'))
    faults.push({ pointer: `/${escapePointer(name)}`, message: 'is not known here; servers are in /mcpServers.' });
  for (const [name, written] of Object.entries(named)) {
    const at = `/mcpServers/${escapePointer(name)}`;
    const say = (pointer: string, message: string) => void faults.push({ pointer: `${at}${pointer}`, message });
    if (!new RegExp(MCP_SERVER_NAME).test(name))
      say(
        '',
        'is no name of a server here. Write small letters, digits, _ and -, beginning with a letter; at most 40.',
      );
    const server = readServer(name, written, variable, say);
    if (server) servers.push(server);
  }
  return { servers, faults };
}

type Say = (pointer: string, message: string) => void;

function readServer(name: string, written: unknown, variable: Variable, say: Say): McpServer | undefined {
  if (!isObject(written)) return void say('', 'is no object. Write {"command": …} or {"url": …}.');
  if ('command' in written === 'url' in written)
    return void say('', 'needs one of "command" (a program here) and "url" (a server elsewhere).');
  const isChild = 'command' in written;
  const checked = isChild ? stdio(written) : http(written);
  if (!checked.ok) {
    const known = Object.keys((isChild ? McpStdioServer : McpHttpServer).properties);
    for (const { pointer, message, keyword } of checked.errors) {
      const near = keyword === 'additionalProperties' ? findNearest(pointer.slice(1), known) : undefined;
      say(pointer, `${message}${near === undefined ? '' : `; did you mean "${near}"?`}`);
    }
    return undefined;
  }
  const { disabled = false, tools = {}, max_bytes = LARGEST_VALUE, ...settings } = checked.value;
  const read = { variable, say };
  const place = 'command' in checked.value ? childOf(checked.value, read) : remoteOf(checked.value, read);
  if (!place || disabled) return undefined;
  const allow = 'egress_allow' in checked.value ? checked.value.egress_allow : undefined;
  return {
    name,
    place,
    rules: rulesOf(settings),
    tools: new Map(Object.entries(tools).map(([tool, rules]) => [tool, rulesOf(rules)])),
    allow:
      allow === undefined
        ? NOTHING_ALLOWED
        : (attempt(() => parseEgressAllow(allow.join(' ')), '/egress_allow', say) ?? NOTHING_ALLOWED),
    maxBytes: max_bytes,
    identity: identityOf(place),
  };
}

interface Reading {
  variable: Variable;
  say: Say;
}

function childOf(
  { command, args = [], env = {}, cwd = '/' }: McpStdioServer,
  { variable, say }: Reading,
): McpPlace | undefined {
  const plain = (value: string, pointer: string) => attempt(() => readPlain(value, variable), pointer, say) ?? '';
  const program = plain(command, '/command');
  if (program !== '' && !isAbsolute(program)) {
    const found = isAbsolute(program) ? undefined : whereIs(program, variable('PATH'));
    say(
      '/command',
      `is ${JSON.stringify(program.slice(0, 80))}, which is no absolute path. Write ${found ?? `the output of "command -v ${program.slice(0, 80)}"`}.`,
    );
  } else if (program !== '' && !existsSync(program)) say('/command', `names ${program}, which is not there.`);
  const folder = plain(cwd, '/cwd');
  if (!isAbsolute(folder)) say('/cwd', 'is no absolute path.');
  return {
    kind: 'stdio',
    command: program,
    args: args.map((arg, i) => plain(arg, `/args/${i}`)),
    env: templates(env, '/env', { variable, say }),
    cwd: folder,
  };
}

function remoteOf(
  { type, url, headers = {}, protocol = 'auto' }: McpHttpServer,
  reading: Reading,
): McpPlace | undefined {
  const { variable, say } = reading;
  const address = attempt(() => parseTarget(readPlain(url, variable)), '/url', say);
  if (!address) return undefined;
  const kind = type === 'sse' || (type === undefined && isOldAddress(address)) ? 'sse' : 'http';
  return { kind, url: address, headers: templates(headers, '/headers', reading), protocol };
}

function templates(values: Record<string, string>, at: string, { variable, say }: Reading): Record<string, Template> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      attempt(() => readTemplate(value, variable), `${at}/${escapePointer(name)}`, say) ?? [],
    ]),
  );
}

function attempt<T>(work: () => T, pointer: string, say: Say): T | undefined {
  try {
    return work();
  } catch (error) {
    return void say(pointer, (error as Error).message);
  }
}

/** Where a program lies that was named without its path. */
const whereIs = (program: string, path = ''): string | undefined =>
  program.includes('/')
    ? undefined
    : path
        .split(delimiter)
        .filter((folder) => isAbsolute(folder))
        .map((folder) => join(folder, program))
        .find((file) => existsSync(file));

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
