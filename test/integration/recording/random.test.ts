/** Random plans are recorded and replayed: the same, byte for byte, and no server has a connection. */
import type { Tool } from '../../../activities/tools/tool';
import { ToolError } from '../../../activities/tools/errors';
import type { WrittenStep } from '../../../schemas/plan';
import { say, seeded, type Random } from '../../support/faults/random';
import { limitedPolicy } from '../../support/policy';
import { startWeb, type Web } from '../../support/web';
import { startRecorded, type Recorded } from './support';

/** `AWE_TEST_RECORDINGS=50` for a long run. */
const PLANS = Number(process.env['AWE_TEST_RECORDINGS'] ?? 6);

/** Jobs side by side. */
const AT_ONCE = 6;

let recorded: Recorded;
let web: Web;
/** calls of `test.service` */
let served = 0;

const service: Tool = {
  spec: {
    ...{
      name: 'test.service',
      version: '1',
      description: 'a test',
      input: {},
      output: {},
      risk: 'low',
      approval: false,
    },
    ...{ effect: 'idempotent', retry: { attempts: 4, initialMs: 10, backoff: 1, maxMs: 10 } },
  },
  async run(input, context) {
    const answers = await Promise.all(
      ['a', 'b', 'b'].map((part) =>
        context.exchange('service', { input, part }, async () => {
          served += 1;
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
          if (Math.random() < 0.1) throw new ToolError({ class: 'transient', type: 'service.busy', message: 'busy' });
          return Math.random();
        }),
      ),
    );
    return { answers, at: context.now(), drawn: context.random() };
  },
};

beforeAll(async () => {
  web = await startWeb((request, response) => {
    const answer = { drawn: Math.random(), asked: request.url, got: request.body.length };
    const status = request.url.startsWith('/fail') ? 404 : 200;
    setTimeout(() => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    }, Math.random() * 150);
  });
  recorded = await startRecorded({ POLICY_FILE: limitedPolicy().file, AWE_RATE_CHANGES: '0' }, [service]);
}, 60_000);
afterAll(() => recorded.stop());

it(
  `${PLANS} random plans are replayed byte for byte, and nothing is connected to`,
  async () => {
    const random = seeded('recordings');
    const plans = Array.from({ length: PLANS }, () => randomSteps(random.branch()));
    const runs = await atOnce(plans, async (steps, n) => {
      const run = await recorded.record(`random-${n}`, steps);
      const { status } = await recorded.ended(run, choicesOf(steps));
      return { run, status };
    });
    const before = [web.connections.made, served];
    const replays = await atOnce(runs, async ({ run }) => {
      const { differences } = await recorded.replay(run);
      return { run, differences };
    });
    const count = (wanted: string) => runs.filter(({ status }) => status === wanted).length;
    say(
      `${PLANS} plans: ${count('completed')} completed, ${count('failed')} failed; ${before.join(' connections, ')} calls`,
    );
    expect(replays.filter(({ differences }) => differences.length > 0)).toEqual([]);
    expect([web.connections.made, served]).toEqual(before);
  },
  60_000 + PLANS * 20_000,
);

/** Works on all, some at a time. */
async function atOnce<T, R>(all: readonly T[], work: (one: T, n: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = all.entries();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const [n, one] of queue) results[n] = await work(one, n);
    }),
  );
  return results;
}

/** Steps that depend on each other, and on what the world says. */
function randomSteps(random: Random): WrittenStep[] {
  const steps: WrittenStep[] = [];
  const count = random.integer(3, 10);
  for (let i = 0; i < count; i++) {
    const needs = steps.filter(() => random.integer(0, 3) === 0).map(({ id }) => id);
    const seen = Object.fromEntries(needs.map((id) => [id, `\${{ steps.${id}.output }}`]));
    const step = { id: `s${i}`, depends_on: needs, ...work(random, i, seen) } as WrittenStep;
    // of two that fail for good at the same moment, either may be the one that is cut off
    const isSecond = isFatal(step) && steps.some(isFatal);
    steps.push(isSecond ? { ...step, on_error: 'continue' } : step);
  }
  return steps;
}

const isFatal = ({ with: args, on_error }: WrittenStep): boolean =>
  on_error === undefined && JSON.stringify(args ?? {}).includes('/fail/');

function work(random: Random, i: number, seen: object): object {
  const on_error = random.integer(0, 3) === 0 ? 'continue' : undefined;
  const tool = (uses: string, args: object, more: object = {}) => ({
    kind: 'tool',
    uses,
    with: args,
    on_error,
    ...more,
  });
  switch (random.integer(0, 8)) {
    case 0:
      return tool('http.request', { url: `${web.url}/get/${i}` });
    case 1:
      return tool('http.request', { url: `${web.url}/post/${i}`, method: 'POST', json: { i, seen } });
    case 2:
      return tool(
        'http.request',
        { url: `${web.url}/fail/${i}` },
        { on_error: random.integer(0, 2) > 0 ? 'continue' : undefined },
      );
    case 3:
      return tool('http.request', { url: `${web.url}/each/\${{ item }}` }, { for_each: '${{ [1, 2, 3, 4, 5] }}' });
    case 4:
      return tool('test.service', { i, seen });
    case 5:
      return tool('data.echo', { i, seen });
    case 6:
      return tool('file.write', { path: `f${i}.json`, json: { i, seen } });
    case 7:
      return tool('http.request', { url: `${web.url}/file/${i}`, response: 'file' });
    default:
      return { kind: 'approval', approval: { question: `Go on after ${i}?`, expire_after: '1h' } };
  }
}

/** One in three people say no, where nothing else fails. */
const choicesOf = (steps: readonly WrittenStep[]): { [approval: string]: string } =>
  Object.fromEntries(
    steps
      .filter(({ kind }, n) => kind === 'approval' && n % 3 === 2 && !steps.some(isFatal))
      .slice(0, 1)
      .map(({ id }) => [id, 'reject']),
  );
