import { type Command, InvalidArgumentError } from 'commander';
import { UserError } from '../../src/config';
import { createKeys } from '../../src/redis/keys';
import { listGroups, resetGroup } from '../../src/streams/groups';
import type { Cli } from '../cli';
import { withRedis } from '../redis';
import { table } from '../table';

export function registerGroups(program: Command, cli: Cli): void {
  const groups = program
    .command('groups')
    .description("look at the consumer groups of the events' stream, or move one");
  groups
    .command('list')
    .description('each group: what it has not read, what it has in hand, when it was last there')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const config = cli.config();
      const list = await withRedis(config, (redis) => listGroups(redis, createKeys(config.streams).events));
      if (json) return cli.say(JSON.stringify(list));
      if (list.length === 0) return cli.say('There are no groups yet: "awe serve consumer" makes them.');
      const rows = list.map(({ name, consumers, lag, pending, last_delivered_id, idle_ms }) => [
        ...[name, String(consumers), lag === undefined ? '?' : String(lag), String(pending)],
        ...[idle_ms === undefined ? '-' : `${(idle_ms / 1_000).toFixed(1)} s`, last_delivered_id],
      ]);
      table(['GROUP', 'CONSUMERS', 'LAG', 'PENDING', 'IDLE', 'LAST DELIVERED'], rows).forEach(cli.say);
    });
  groups
    .command('reset <group>')
    .description('let a group read again, from the start unless told otherwise; what was done is not done again')
    .option('--to <id>', '0 (the start), $ (only what comes), or the id of an entry', position, '0')
    .action(async (group: string, { to }: { to: string }) => {
      const config = cli.config();
      const stream = createKeys(config.streams).events;
      const outcome = await withRedis(config, async (redis) => {
        const known = await listGroups(redis, stream);
        if (!known.some(({ name }) => name === group))
          throw new UserError(
            `There is no group ${group} at ${stream}. There is: ${known.map(({ name }) => name).join(', ') || 'none'}.`,
          );
        return await resetGroup(redis, stream, group, to);
      });
      cli.say(`${group}: ${outcome} at ${to}`);
    });
}

function position(text: string): string {
  if (!/^(\$|\d{1,19}(-\d{1,19})?)$/.test(text))
    throw new InvalidArgumentError('0, $ or an id such as 1767600000000-0');
  return text;
}
