/** Loops over long lists, on a real Temporal: what they give, and how much of it travels. */
import type { DefinitionStep } from '../../schemas/definition/definition';
import { historiesOf, taskFailures, type Told } from '../support/faults/histories';
import { startStack, type Stack } from '../support/stack';

/** `AWE_TEST_ELEMENTS=10000` for long lists; each then takes minutes. */
const ELEMENTS = Number(process.env['AWE_TEST_ELEMENTS'] ?? 300);

/** Bytes of a payload, at most, however long the list is. */
const PAYLOAD = 512 * 1024;

/** Milliseconds for each list, whatever the machine. */
const LIMIT = 120_000 + ELEMENTS * 100;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

const list = Array.from({ length: ELEMENTS }, (_, n) => ({ n }));
const loop = (...steps: DefinitionStep[]): DefinitionStep => ({
  ...{ step_id: 'each', step_type: 'loop', items: 'input.list', max_parallel: 50 },
  steps,
});
const call = (step_id: string, tool: string, n: string): DefinitionStep => ({
  ...{ step_id, step_type: 'tool', tool, parameters: { n: `\${{ ${n} }}` } },
});

/** The largest payloads of activities in the histories, in bytes. */
const largest = (told: Told[]): number =>
  Math.max(
    ...told
      .flatMap(({ history }) => history.events ?? [])
      .flatMap((event) => [
        ...(event.activityTaskScheduledEventAttributes?.input?.payloads ?? []),
        ...(event.activityTaskCompletedEventAttributes?.result?.payloads ?? []),
      ])
      .map(({ data }) => data?.length ?? 0),
  );

const shapes: [string, DefinitionStep, (n: number) => object][] = [
  ['a short call', loop(call('one', 'test.note', 'item.n * 2')), (n) => ({ n: n * 2 })],
  ['an activity', loop(call('one', 'test.work', 'item.n * 2')), (n) => ({ n: n * 2 })],
  [
    'several steps',
    loop(
      call('double', 'test.note', 'item.n * 2'),
      { step_id: 'odd', step_type: 'condition', condition: 'item.n % 2 == 1', then: ['more'] },
      call('more', 'test.note', 'steps.double.output.n + 1'),
    ),
    (n) => ({ double: { n: n * 2 }, odd: { met: n % 2 === 1 }, more: n % 2 === 1 ? { n: n * 2 + 1 } : null }),
  ],
];

it.each(shapes)(
  `a loop of %s over ${ELEMENTS} elements gives all of them, in payloads of one size`,
  async (_, step, expected) => {
    const last = ELEMENTS - 1;
    const result = {
      count: '${{ steps.each.output.count }}',
      failed: '${{ steps.each.output.failed }}',
      ends: `\${{ [steps.each.output.items[0], steps.each.output.items[${last}]] }}`,
    };
    const handle = await stack.definition({ name: 'long', steps: [step], result }, { input: { list } });
    expect(await handle.result()).toEqual({
      inline: { count: ELEMENTS, failed: 0, ends: [expected(0), expected(last)] },
    });
    const { output } = (await stack.record(handle))!.step_views[0]!;
    const { items } = (await stack.documents.fromValue(output!)) as { items: object[] };
    expect(items).toEqual(list.map(({ n }) => expected(n)));
    const told = await historiesOf([handle]);
    expect(taskFailures(told)).toEqual([]);
    expect(largest(told)).toBeLessThan(PAYLOAD);
  },
  LIMIT,
);
