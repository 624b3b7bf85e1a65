import type { Command } from 'commander';
import type { Hook, HookControl, HookDecide, Hooks, HookStart, HookWithSecret } from '../../schemas/webhooks/hooks';
import type { Cli } from '../cli';
import { readJsonFile } from '../json-file';
import { withApiOptions, type ApiOptions } from '../options';
import { formatTable } from '../table';
import { UsageError, withUsageExit } from '../usage';

const HOME = '/api/v1/hooks';

interface CreateOptions extends ApiOptions {
  start?: string;
  input?: string;
  decide?: string;
  control?: string;
  secret?: string;
}

export function registerHooks(program: Command, cli: Cli): void {
  const hooks = withUsageExit(program.command('hooks')).description("messages of other people's servers");
  const address = (id: string) => `${HOME}/${encodeURIComponent(id)}`;
  const on = (name: string, description: string) =>
    withApiOptions(hooks.command(name).description(description).argument('<id>'));

  on('create', 'let a server start executions, or answer their questions; prints the secret, this once')
    .option('--start <workflow>', 'start an execution of this workflow')
    .option('--input <file>', 'of --start: its input, as JSON whose expressions read the message as `input`')
    .option('--decide <file>', 'answer a question: {execution_id, approval_id, choice}, as JSON in the same way')
    .option('--control <file>', 'pause, resume or cancel: {execution_id, control}, as JSON in the same way')
    .option('--secret <secret>', "the sender's: whsec_ and 24 to 64 bytes in Base64")
    .action(async (id: string, { secret, ...options }: CreateOptions) => {
      const body = { id, secret, ...(await actionOf(options)) };
      const made = await cli.api(options.apiKey).post<HookWithSecret>(HOME, body);
      cli.print(options, made, () => [...formatHook(made), `  secret    ${made.secret}`]);
    });

  withApiOptions(hooks.command('list').description('hooks, by their ids')).action(async (options: ApiOptions) => {
    const page = await cli.api(options.apiKey).get<Hooks>(HOME);
    const rows = page.hooks.map((hook) => [hook.id, doesOf(hook), hook.created_by]);
    cli.print(options, page, () => formatTable(['HOOK', 'DOES', 'MADE BY'], rows, { DOES: 80 }));
  });

  on('show', 'a hook').action(async (id: string, options: ApiOptions) => {
    const hook = await cli.api(options.apiKey).get<Hook>(address(id));
    cli.print(options, hook, () => formatHook(hook));
  });

  on('rotate', 'a new secret; the one before it counts for a while')
    .option('--keep-hours <n>', 'hours for which it does (default: 24)', Number)
    .action(async (id: string, { keepHours: keep_hours, ...options }: ApiOptions & { keepHours?: number }) => {
      const now = await cli.api(options.apiKey).post<HookWithSecret>(`${address(id)}/rotate`, { keep_hours });
      cli.print(options, now, () => [...formatHook(now), `  secret    ${now.secret}`]);
    });

  on('delete', 'remove a hook').action(async (id: string, options: ApiOptions) => {
    await cli.api(options.apiKey).delete(address(id));
    cli.print(options, { id, deleted: true }, () => [`${id} is gone`]);
  });
}

async function actionOf({ start: workflow, input, decide, control }: CreateOptions) {
  const given = [workflow, decide, control].filter((one) => one !== undefined);
  if (given.length !== 1) throw new UsageError('Say one of --start, --decide and --control.');
  if (decide !== undefined) return { decide: await readJsonFile<HookDecide>(decide) };
  if (control !== undefined) return { control: await readJsonFile<HookControl>(control) };
  const template = input === undefined ? undefined : await readJsonFile<NonNullable<HookStart['input']>>(input);
  return { start: { workflow, input: template } };
}

function doesOf({ start, decide, control }: Hook): string {
  if (start) return `starts ${start.workflow}`;
  if (control) return `${control.control} of ${control.execution_id}`;
  return `answers ${decide?.approval_id ?? ''} of ${decide?.execution_id ?? ''}`;
}

function formatHook(hook: Hook): string[] {
  return [
    `${hook.id}  ${doesOf(hook)}`,
    `  address   POST ${hook.links.receive ?? ''}`,
    `  made      ${hook.created_at.slice(0, 19)} by ${hook.created_by}`,
    ...hook.secrets.map(
      ({ created_at: at, expires_at: end }) =>
        `  takes     the secret of ${at.slice(0, 19)}${end === undefined ? '' : `, until ${end.slice(0, 19)}`}`,
    ),
  ];
}
