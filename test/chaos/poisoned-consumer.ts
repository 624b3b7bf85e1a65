/** A consumer in a process of its own, which an entry `poison` kills: node poisoned-consumer.js URL PREFIX NAME */
import { pino } from 'pino';
import { createRedis } from '../../src/redis/connection';
import { createKeys } from '../../src/redis/keys';
import { consumerOptions, createConsumer } from '../../src/streams/consumer';
import { FAST, IMPATIENT } from '../integration/consumer/settings';

const [url = '', prefix = '', consumer = ''] = process.argv.slice(2);
const log = pino({ level: 'silent' });
const redis = createRedis({ url, name: 'poisoned', log });
const keys = createKeys({ events: `${prefix}:events`, dlq: `${prefix}:dlq`, tasks: `${prefix}:tasks.dlq`, prefix });

createConsumer({
  ...{ redis, keys, consumer, log, group: 'workers', settings: { ...FAST, ...IMPATIENT } },
  connect: () => createRedis({ url, name: 'poisoned-reader', log }, consumerOptions),
  async handle({ raw }) {
    if (String(raw) === 'poison') process.kill(process.pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 5));
    await redis.hincrby(`${prefix}:done`, String(raw), 1);
  },
}).start();
