import { MockActivityEnvironment } from '@temporalio/testing';
import type { JsonObject } from '../../../schemas/json';
import type { Plan } from '../../../schemas/plan';
import { createOrderActivities } from '../../../activities/order/activities';
import type { Documents } from '../../../src/documents/content';

/** Plan for an order of two files. */
async function planOf(words: boolean): Promise<Plan> {
  const put: unknown[] = [];
  const documents = {
    putValue: (value: unknown) => Promise.resolve({ $ref: `sha256:${put.push(value)}`, bytes: 1 }),
  } as unknown as Documents;
  const activities = createOrderActivities({
    documents,
    words,
    startPart: undefined as never,
    threads: undefined as never,
    onArtifact: () => undefined,
  });
  await new MockActivityEnvironment().run(activities.planReading, {
    ...{ order_id: 'O-1', from_email: 'user@example.com', subject: 'x', language: 'en' as const, delivery: {} },
    received_at: '2026-01-01T00:00:00Z',
    reading: 1,
    files: ['a.csv', 'b.csv'].map((name) => ({ name, artifact: { artifact_id: 'f'.repeat(64) } as never })),
  });
  return put.at(-1) as Plan;
}
const shape = ({ steps }: Plan) => Object.fromEntries(steps.map(({ id, depends_on = [] }) => [id, depends_on]));
const readings = ({ steps }: Plan) => (steps.at(-1)?.with as JsonObject)['readings'];

describe('the plan of reading an order', () => {
  it('by rules reads each file once', async () => {
    const plan = await planOf(false);
    expect(shape(plan)).toEqual({ read_1: [], read_2: [], assemble: ['read_1', 'read_2'] });
    expect(readings(plan)).toEqual(['${{ steps.read_1.output }}', '${{ steps.read_2.output }}']);
    expect(Object.keys(plan.steps[0]?.with ?? {})).toEqual(['order_id', 'file', 'artifact_id', 'language']);
  });

  it('with a model looks at each file, may ask about its structure, and reads it; no failure ends the run', async () => {
    const plan = await planOf(true);
    const agents = ['look_1', 'read_1', 'look_2', 'read_2'];
    expect(shape(plan)).toEqual({
      ...{ look_1: [], sketch_1: ['look_1'], map_1: ['sketch_1'], read_1: ['look_1', 'map_1'] },
      ...{ look_2: [], sketch_2: ['look_2'], map_2: ['sketch_2'], read_2: ['look_2', 'map_2'] },
      ...{ question: agents, reply: ['question'], assemble: [...agents, 'question', 'reply'] },
    });
    const { steps } = plan;
    expect(steps.filter(({ on_error }) => on_error !== 'continue').map(({ id }) => id)).toEqual(['assemble']);
    expect(steps.find(({ id }) => id === 'sketch_1')?.when).toContain('look_1.output.uncertain');
    expect(steps.find(({ id }) => id === 'map_1')).toMatchObject({ uses: 'llm.structured', until: { rounds: 3 } });
    expect(readings(plan)).toEqual([1, 2].map((n) => expect.stringContaining(`: steps.look_${n}.output }}`)));
  });
});
