/** The part of `make bench` that measures orders. */
import { join } from 'node:path';
import { ensureTemporalBinary } from '../../src/local/temporal';
import type { RedisProgram } from '../../src/local/redis';
import { ChaosStack } from '../../test/chaos/stack';
import { lineOf, type Line } from '../lines';
import { median, percentile, ratioOf, spread } from '../numbers';
import { measureBurst, measureSteady, sampleOrder, type BurstMeasurement } from './measure';
import { withWorker, type Children } from './workers';

/** Well below the limit of two cores, above which orders queue and their times only tell the length of the queue. */
const LOAD = { perSecond: 1, orders: 50 };
const BURST = { orders: 100, rounds: 3 };

const what = {
  answered: 'orders, one a second: POST answered, p95',
  next: 'orders, one a second: approval to the next step, p95',
  exported: 'orders, one a second: approval to the export, p95',
  lag: 'orders, one a second: SSE lag, p95',
  burst: 'orders, 100 at once: from POST to pending',
  cold: 'orders, 100 at once, a process for each file: from POST to pending',
  warmth: 'orders, 100 at once: rate against a process for each file',
  burstAnswered: 'orders, 100 at once: POST answered, p95',
};
export const orderLines = Object.values(what);

export interface OrderBench {
  dir: string;
  runDir: string;
  redis: RedisProgram;
  report: (line: string) => void;
}

export async function measureOrders({ dir, runDir, redis, report }: OrderBench): Promise<Line[]> {
  const workbook = await sampleOrder(join(dir, 'examples'));
  const stack = await ChaosStack.start({
    programs: { temporal: await ensureTemporalBinary(report), redis },
    ...{ runDir, dir, name: 'bench-orders', roles: ['api', 'worker'] },
  });
  try {
    await measureSteady(stack, workbook, { ...LOAD, orders: 10 }); // warms up
    const steady = await measureSteady(stack, workbook, LOAD);
    const letters = await stack.redis.xlen(stack.keys.dlq);
    if (letters > 0) throw new Error(`${letters} events of the orders are dead letters: SSE comes late without them`);
    await stack.down('worker');
    const bursts = await measureBursts(stack, runDir, workbook, report);
    report('orders: milliseconds of this machine; one that does something else at the same time widens them');
    for (const [name, list] of Object.entries<number[]>({ ...steady }))
      report(
        `${name}: median ${median(list).toFixed(0)} ms, p95 ${percentile(list, 95).toFixed(0)} ms, ${list.length} times`,
      );
    const latency = (of: keyof typeof steady, most?: number) => {
      const measured = { value: percentile(steady[of], 95), spread: spread(steady[of]) };
      return lineOf(what[of], most === undefined ? undefined : { most }, measured, 'ms');
    };
    return [
      latency('answered', 150),
      latency('next', 300),
      latency('exported'),
      latency('lag', 200),
      lineOf(what.burst, undefined, medianOf(bursts.map(({ warm }) => warm.perSecond)), 'per s'),
      lineOf(what.cold, undefined, medianOf(bursts.map(({ cold }) => cold.perSecond)), 'per s'),
      lineOf(what.warmth, { least: 3 }, ratioOf(bursts.map(({ warm, cold }) => warm.perSecond / cold.perSecond))),
      lineOf(
        what.burstAnswered,
        { most: 500 },
        medianOf(bursts.map(({ warm }) => percentile(warm.answered, 95))),
        'ms',
      ),
    ];
  } finally {
    await stack.stop();
  }
}

const medianOf = (list: number[]) => ({ value: median(list), spread: spread(list) });

/** Both ways of reading take turns; who goes first changes. Some orders go before, and do not count. */
async function measureBursts(
  stack: ChaosStack,
  runDir: string,
  workbook: Uint8Array,
  report: (line: string) => void,
): Promise<Record<Children, BurstMeasurement>[]> {
  const once = (children: Children) =>
    withWorker(stack, runDir, children, async () => {
      await measureBurst(stack, workbook, 10);
      const burst = await measureBurst(stack, workbook, BURST.orders);
      const [rate, p95] = [burst.perSecond.toFixed(1), percentile(burst.answered, 95).toFixed(0)];
      report(`${BURST.orders} orders at once, ${children} children: ${rate} per s, POST answered p95 ${p95} ms`);
      return burst;
    });
  const rounds: Record<Children, BurstMeasurement>[] = [];
  for (let round = 0; round < BURST.rounds; round++) {
    const order: Children[] = round % 2 === 0 ? ['cold', 'warm'] : ['warm', 'cold'];
    const [first, second] = [await once(order[0]!), await once(order[1]!)];
    rounds.push(round % 2 === 0 ? { cold: first, warm: second } : { warm: first, cold: second });
  }
  return rounds;
}
