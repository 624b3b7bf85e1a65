import type { Scenario } from '../scenario';
import { connectionResets } from './connection-resets';
import { killWorker } from './kill-worker';
import { malformedAmongGood } from './malformed-among-good';
import { poison } from './poison';
import { publishThenFail } from './publish-then-fail';
import { redisAway } from './redis-away';
import { redisLost } from './redis-lost';
import { redriveKilled } from './redrive-killed';
import { redriveTwice } from './redrive-twice';
import { stopWorker } from './stop-worker';
import { temporalAway } from './temporal-away';

/** In the order of RELIABILITY.md. */
export const scenarios: Scenario[] = [
  killWorker,
  stopWorker,
  redisAway,
  redisLost,
  connectionResets,
  publishThenFail,
  temporalAway,
  malformedAmongGood,
  poison,
  redriveTwice,
  redriveKilled,
];
