import type { Command } from 'commander';
import type { Deliveries, DeliveryDetail, Webhook, Webhooks, WebhookWithSecret } from '../../schemas/webhooks/api';
import type { Delivery } from '../../schemas/webhooks/webhook';
import { counted } from '../../src/words';
import type { Cli } from '../cli';
import { readList } from '../list';
import { parseCount, withApiOptions, type ApiOptions } from '../options';
import { formatTable } from '../table';
import { withUsageExit } from '../usage';

const HOME = '/api/v1/webhooks';

interface CreateOptions extends ApiOptions {
  events: string[];
  workflows?: string[];
  id?: string;
  secret?: string;
}

export function registerWebhooks(program: Command, cli: Cli): void {
  const webhooks = withUsageExit(program.command('webhooks')).description("messages to other people's servers");
  const address = (id: string) => `${HOME}/${encodeURIComponent(id)}`;
  const on = (name: string, description: string, argument = '<id>') =>
    withApiOptions(webhooks.command(name).description(description).argument(argument));

  on('create', 'have a server told of events; prints the secret, this once', '<url>')
    .requiredOption('--events <types...>', 'such as WORKFLOW.COMPLETED APPROVAL.REQUESTED')
    .option('--workflows <ids...>', 'told of executions of these workflows alone')
    .option('--id <id>', 'a name of your own')
    .option('--secret <secret>', 'one of yours: whsec_ and 24 to 64 bytes in Base64')
    .action(async (url: string, { events, workflows, id, secret, ...options }: CreateOptions) => {
      const made = await cli.api(options.apiKey).post<WebhookWithSecret>(HOME, { url, events, workflows, id, secret });
      cli.print(options, made, () => [...formatWebhook(made), `  secret    ${made.secret}`]);
    });

  withApiOptions(webhooks.command('list').description('webhooks, by their ids')).action(async (options: ApiOptions) => {
    const page = await cli.api(options.apiKey).get<Webhooks>(HOME);
    const rows = page.webhooks.map(({ id, state, url, events }) => [id, state, url, events.join(', ')]);
    cli.print(options, page, () => formatTable(['WEBHOOK', 'STATE', 'URL', 'EVENTS'], rows, { URL: 60, EVENTS: 80 }));
  });

  on('show', 'a webhook').action(async (id: string, options: ApiOptions) => {
    const webhook = await cli.api(options.apiKey).get<Webhook>(address(id));
    cli.print(options, webhook, () => formatWebhook(webhook));
  });

  on('rotate', 'a new secret; the one before it counts for a while')
    .option('--keep-hours <n>', 'hours for which it does (default: 24)', Number)
    .action(async (id: string, { keepHours: keep_hours, ...options }: ApiOptions & { keepHours?: number }) => {
      const now = await cli.api(options.apiKey).post<WebhookWithSecret>(`${address(id)}/rotate`, { keep_hours });
      cli.print(options, now, () => [...formatWebhook(now), `  secret    ${now.secret}`]);
    });

  for (const [what, description] of [
    ['enable', 'tell it again'],
    ['disable', 'tell it nothing until it is enabled'],
  ] as const)
    on(what, description).action(async (id: string, options: ApiOptions) => {
      const now = await cli.api(options.apiKey).post<Webhook>(`${address(id)}/${what}`, {});
      cli.print(options, now, () => formatWebhook(now));
    });

  on('delete', 'remove a webhook').action(async (id: string, options: ApiOptions) => {
    await cli.api(options.apiKey).delete(address(id));
    cli.print(options, { id, deleted: true }, () => [`${id} is gone`]);
  });

  on('deliveries', 'the last messages to a webhook, newest first')
    .option('--limit <n>', 'the most to list', parseCount, 50)
    .action(async (id: string, { limit, ...options }: ApiOptions & { limit: number }) => {
      const path = `${address(id)}/deliveries`;
      const { entries } = await readList(
        cli.api(options.apiKey),
        path,
        { limit },
        (page: Deliveries) => page.deliveries,
      );
      cli.print(options, { deliveries: entries }, () => [
        ...(entries.length === 0 ? [] : [...tableOf(entries), '']),
        counted(entries.length, 'message'),
      ]);
    });

  on('redeliver', 'send a message once more, under the same webhook-id')
    .argument('<delivery>', 'as `deliveries` lists it')
    .action(async (id: string, delivery: string, options: ApiOptions) => {
      const path = `${address(id)}/deliveries/${encodeURIComponent(delivery)}/redeliver`;
      const sent = await cli.api(options.apiKey).post<DeliveryDetail>(path, {});
      cli.print(options, sent, () => [`${delivery} is on its way`]);
    });
}

function formatWebhook({
  id,
  state,
  reason,
  url,
  events,
  workflows,
  secrets,
  created_at,
  created_by,
}: Webhook): string[] {
  return [
    `${id}  ${state}${reason === undefined ? '' : `: ${reason}`}`,
    `  url       ${url}`,
    `  events    ${events.join(', ')}`,
    ...(workflows ? [`  workflows ${workflows.join(', ')}`] : []),
    `  made      ${created_at.slice(0, 19)} by ${created_by}`,
    ...secrets.map(
      ({ created_at: at, expires_at: end }) =>
        `  signs     with the secret of ${at.slice(0, 19)}${end === undefined ? '' : `, until ${end.slice(0, 19)}`}`,
    ),
  ];
}

function tableOf(deliveries: Delivery[]): string[] {
  const rows = deliveries.map(({ delivery_id, event_type, status, attempt_count, attempts }) => {
    const last = attempts.at(-1);
    return [
      ...[delivery_id, event_type, status, String(attempt_count), last?.at.slice(0, 19) ?? '-'],
      last?.error ?? String(last?.status ?? '-'),
    ];
  });
  return formatTable(['MESSAGE', 'EVENT', 'STATUS', 'ATTEMPTS', 'LAST', 'ANSWER'], rows, { ANSWER: 60 });
}
