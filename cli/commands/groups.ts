import { type Command, InvalidArgumentError } from 'commander';
import { UserError } from '../../src/config';
import { createKeys } from '../../src/redis/keys';
import { listGroups, resetGroup } from '../../src/streams/groups';
import type { Cli } from '../cli';
import { withRedis } from '../redis';
import { formatTable } from '../table';

export function registerGroups(program: Command, cli: Cli): void {
  const groups = program.command('groups').description("list the consumer groups of the events' stream, or move one");
  groups
    .command('list')
    .description('each group: entries unread, entries in hand, time since it was last seen')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const config = cli.config();
      const list = await withRedis(config, (redis) => listGroups(redis, createKeys(config.streams).events));
      if (json) return cli.json(list);
      if (list.length === 0) return cli.say('There are no groups yet: "awe serve consumer" creates them.');
      const rows = list.map(({ name, consumers, lag, pending, last_delivered_id, idle_ms }) => [
        ...[name, String(consumers), lag === undefined ? '?' : String(lag), String(pending)],
        ...[idle_ms === undefined ? '-' : `${(idle_ms / 1_000).toFixed(1)} s`, last_delivered_id],
      ]);
      formatTable(['GROUP', 'CONSUMERS', 'LAG', 'PENDING', 'IDLE', 'LAST DELIVERED'], rows).forEach(cli.say);
    });
  groups
    .command('reset <group>')
    .description('let a group read again, from the start by default; handled events are not handled again')
    .option('--to <id>', '0 (the start), $ (only new entries), or the id of an entry', parsePosition, '0')
    .action(async (group: string, { to }: { to: string }) => {
      const config = cli.config();
      const stream = createKeys(config.streams).events;
      const outcome = await withRedis(config, async (redis) => {
        const known = await listGroups(redis, stream);
        if (!known.some(({ name }) => name === group))
          throw new UserError(
            `There is no group ${group} at ${stream}. Its groups: ${known.map(({ name }) => name).join(', ') || 'none'}.`,
          );
        return await resetGroup(redis, stream, group, to);
      });
      cli.say(`${group}: ${outcome} at ${to}`);
    });
}

function parsePosition(text: string): string {
  if (!/^(\$|\d{1,19}(-\d{1,19})?)$/.test(text))
    throw new InvalidArgumentError('It must be 0, $ or an id such as 1767600000000-0.');
  return text;
}
