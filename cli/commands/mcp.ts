import type { Command } from 'commander';
import type { McpPinned, McpServerList, McpToolList, NewMcpPin } from '../../schemas/mcp/api';
import type { McpTool } from '../../schemas/mcp/tools';
import { relayMcp } from '../../src/http/mcp-relay';
import { apiUrl } from '../../src/local/api-url';
import { counted } from '../../src/words';
import type { Cli } from '../cli';
import { linesOfTool, serverTable, toolTable } from '../mcp/words';
import { withApiOptions, type ApiOptions } from '../options';
import { tryTool, withTryOptions, type TryOptions } from '../try-tool';
import { UsageError, withUsageExit } from '../usage';

const HOME = '/api/v1/mcp';

interface PinOptions extends ApiOptions {
  yes?: boolean;
  all?: boolean;
  digest?: string;
  comment?: string;
}

/** Exit code where something is shown that a person has to accept first. */
const WAITS = 7;

export function registerMcp(program: Command, cli: Cli): void {
  const mcp = withUsageExit(program.command('mcp')).description(
    'servers of MCP, which of their tools are accepted, and AWE as a server for assistants',
  );
  const toolsOf = async (server: string, { apiKey }: ApiOptions): Promise<McpToolList> =>
    await cli.api(apiKey).get<McpToolList>(`${HOME}/${encodeURIComponent(server)}/tools`);

  withApiOptions(mcp.command('list').description('servers, and how many of their tools are accepted or wait')).action(
    async (options: ApiOptions) => {
      const page = await cli.api(options.apiKey).get<McpServerList>(HOME);
      cli.print(options, page, () => serverTable(page.servers));
    },
  );

  withApiOptions(
    mcp.command('tools').description('tools of a server, and which are accepted').argument('<server>'),
  ).action(async (server: string, options: ApiOptions) => {
    const page = await toolsOf(server, options);
    cli.print(options, page, () => toolTable(page.tools));
  });

  withApiOptions(
    mcp
      .command('diff')
      .description('what is new or has changed about tools of a server, and what to look at closely')
      .argument('<server>')
      .argument('[tools...]', 'these; by default all that wait'),
  ).action(async (server: string, names: string[], options: ApiOptions) => {
    const chosen = chosenOf(await toolsOf(server, options), names);
    cli.print(options, chosen, () => (chosen.length === 0 ? ['Nothing waits.'] : chosen.flatMap(linesOfTool)));
  });

  withApiOptions(
    mcp
      .command('pin')
      .description('show tools as they are now, and accept them with --yes')
      .argument('<server>')
      .argument('[tools...]')
      .option('--all', 'all that wait')
      .option('--yes', 'accept them as they are shown')
      .option('--digest <digest>', 'accept one tool, if it still is this definition')
      .option('--comment <text>', 'for whoever asks later'),
  ).action(async (server: string, names: string[], options: PinOptions) => {
    if (names.length === 0 && !options.all) throw new UsageError('Name the tools, or say --all.');
    if (options.digest !== undefined && names.length !== 1) throw new UsageError('--digest is for one tool.');
    const tools = chosenOf(await toolsOf(server, options), names).filter(({ state }) => state !== 'gone');
    if (!options.yes && options.digest === undefined) {
      cli.print(options, tools, () => [...tools.flatMap(linesOfTool), 'Accept them with --yes.']);
      return cli.exit(WAITS);
    }
    const body: NewMcpPin = {
      tools: tools.map(({ name, digest = '' }) => ({ name, digest: options.digest ?? digest })),
      comment: options.comment,
    };
    if (body.tools.length === 0) return cli.note('Nothing waits.');
    const done = await cli.api(options.apiKey).post<McpPinned>(`${HOME}/${encodeURIComponent(server)}/pin`, body);
    cli.print(options, done, () => [`${counted(done.pinned.length, 'tool')} of ${server} accepted`]);
  });

  mcp
    .command('serve')
    .description('AWE as a server of MCP for the assistant that starts this, through its pipes')
    .option('--url <url>', 'the API (default: the one of this configuration)')
    .option('--api-key <key>', 'if the API needs one (default: AWE_API_KEY)')
    .action(async ({ url, apiKey }: { url?: string; apiKey?: string }) => {
      const config = cli.config();
      await relayMcp({
        ...{ input: process.stdin, output: process.stdout, note: cli.note },
        url: new URL('mcp', `${(url ?? apiUrl(config)).replace(/\/$/, '')}/`).href,
        key: apiKey ?? config.http.apiKey,
      });
    });

  withTryOptions(
    mcp
      .command('call')
      .description('call a tool as a job of one step, held to the policy')
      .argument('<server>')
      .argument('<tool>'),
  ).action(async (server: string, tool: string, options: TryOptions) => {
    await tryTool(cli, `mcp.${server}.${tool}`, options);
  });
}

/** The tools that are meant: those named, else those that wait. */
function chosenOf({ server, tools }: McpToolList, names: readonly string[]): McpTool[] {
  const missing = names.find((name) => !tools.some((tool) => tool.name === name || tool.uses === name));
  if (missing !== undefined)
    throw new UsageError(
      `The server ${server.name} has no tool "${missing}"; "awe mcp tools ${server.name}" lists them.`,
    );
  if (names.length === 0) return tools.filter(({ state }) => state === 'new' || state === 'changed');
  return tools.filter(({ name, uses }) => names.includes(name) || names.includes(uses));
}
