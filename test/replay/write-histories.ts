/** `npm run histories`: plays the scenarios that have no history yet, and writes theirs. See README.md beside this file. */
import { OwnRedis } from '../integration/own-redis';
import { workflowBundle } from '../setup/servers';
import { historyNames, isWritten, writeHistories } from '../support/histories';
import { startStack } from '../support/stack';
import { scenarios, scenarioTools, switchOf, type Stage } from './scenarios';

const written = historyNames();
const missing = Object.entries(scenarios).filter(([name]) => !isWritten(name, written));

let stage: Stage;
let redis: OwnRedis;

beforeAll(async () => {
  if (missing.length === 0) return;
  redis = await OwnRedis.start();
  const env = { NAMESPACE: 'replay', REDIS_URL: redis.url, EGRESS_ALLOW: '127.0.0.1' };
  stage = { redis: switchOf(redis), stack: await startStack({ env, tools: scenarioTools }) };
});

afterAll(async () => {
  if (missing.length === 0) return;
  await stage.stack.stop();
  await redis.end();
});

for (const [name, play] of missing)
  it(`writes the history of ${name}`, async () => {
    const { workflowId } = await play(stage);
    await writeHistories(name, stage.stack.client, workflowId, workflowBundle());
  });

it('every scenario has a history', () => {
  const names = historyNames();
  expect(Object.keys(scenarios).filter((name) => !isWritten(name, names))).toEqual([]);
});
