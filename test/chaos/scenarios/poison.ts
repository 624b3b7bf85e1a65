import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findBuild } from '../../../src/config';
import type { DeadLetter } from '../../../src/streams/dead-letter';
import { waitUntil, type Scenario } from '../scenario';
import type { ChaosStack } from '../stack';

/** An entry kills every process that handles it; a supervisor restarts the process each time. */
export const poison: Scenario = {
  name: 'an entry that kills its consumer',
  fact: '9',
  roles: [],
  async run(stack, { short }) {
    const { redis } = stack;
    const prefix = 'poison';
    const others = short ? 300 : 2_000;
    for (let i = 0; i < others; i++) {
      if (i === Math.floor(others / 10)) await redis.xadd(`${prefix}:events`, '*', 'event', 'poison');
      await redis.xadd(`${prefix}:events`, '*', 'event', `other-${i}`);
    }
    const supervisor = supervise(stack, prefix);
    try {
      const begin = Date.now();
      const doneAll = await waitUntil(async () => (await redis.hlen(`${prefix}:done`)) === others, 120_000);
      const othersMs = Date.now() - begin;
      const buried = await waitUntil(async () => (await redis.xlen(`${prefix}:dlq`)) > 0, 60_000);
      const settled = await waitUntil(
        async () => Number(((await redis.xpending(`${prefix}:events`, 'workers')) as [number])[0]) === 0,
        20_000,
      );
      const letters = (await redis.xrange(`${prefix}:dlq`, '-', '+')).map(
        ([, fields]) => JSON.parse(fields[1] ?? '') as DeadLetter,
      );
      const counts = Object.values(await redis.hgetall(`${prefix}:done`)).map(Number);
      const twice = counts.filter((count) => count > 1).length;
      const problems: string[] = [];
      if (!doneAll) problems.push(`${counts.length} of ${others} other entries were handled`);
      if (!buried || letters.length !== 1) problems.push(`${letters.length} dead letters, not 1`);
      if (!settled) problems.push('something is still pending');
      const [letter] = letters;
      if (letter && (letter.raw !== 'poison' || letter.deliveries < 2 || letter.stage !== 'handler'))
        problems.push(`the dead letter is ${JSON.stringify(letter)}`);
      const deliveries = letter?.deliveries ?? 0;
      return {
        counts: { others, others_ms: othersMs, deaths: supervisor.deaths(), deliveries, handled_again: twice },
        problems,
      };
    } finally {
      await supervisor.stop();
    }
  },
};

/** Runs two consumers, each restarted when it dies. */
function supervise({ redis }: ChaosStack, prefix: string) {
  const program = join(findBuild(), 'test', 'chaos', 'poisoned-consumer.js');
  if (!existsSync(program)) throw new Error('AWE is not built: run `make build`.');
  const url = `redis://127.0.0.1:${redis.options.port}`;
  const children = new Map<string, ChildProcess>();
  let deaths = 0;
  let stopping = false;
  const start = (name: string) => {
    const child = spawn(process.execPath, [program, url, prefix, name], { stdio: 'ignore' });
    children.set(name, child);
    child.on('exit', () => {
      if (stopping) return;
      deaths += 1;
      start(name);
    });
  };
  ['one', 'two'].forEach(start);
  return {
    deaths: () => deaths,
    async stop() {
      stopping = true;
      for (const child of children.values()) child.kill('SIGKILL');
    },
  };
}
