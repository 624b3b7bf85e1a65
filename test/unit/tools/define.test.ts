import { Type } from 'typebox';
import { defineAgent } from '../../../activities/agents/base';
import type { EngineActivities } from '../../../activities';
import { defineTool } from '../../../activities/tools/define';
import { nullable } from '../../../schemas/json';
import { refTo, type Ref } from '../../../schemas/refs';
import { benchOf, callOf, controlOf, failureOf } from './support';

const about = { name: 'test.tool', version: '1', description: 'd', effect: 'none' } as const;

/** A list in the document store, as tools name it to each other. */
const List = refTo<{ words: string[] }>();

const count = defineTool({
  ...about,
  input: Type.Object({ list: List, least: Type.Optional(nullable(Type.Integer())) }),
  output: Type.Object({ words: Type.Integer() }),
  async run({ list, least }, { documents, rework }) {
    const { words } = await documents.getValue(list);
    return { words: Math.max(words.length, least ?? 0, rework?.previous.words ?? 0) };
  },
});

describe('a tool that is typed by its schemas', () => {
  it('takes what its input says and reads what its references name', async () => {
    const { runtime, documents } = await benchOf([count]);
    const list = await documents.putValue({ words: ['a', 'b'] });
    expect(await runtime.execute(callOf({ list }), 'tool', controlOf())).toEqual({ output: { inline: { words: 2 } } });
    const rework = { previous: { inline: { words: 7 } }, findings: [] };
    expect(await runtime.execute(callOf({ list, least: null }, { rework }), 'tool', controlOf())).toEqual({
      output: { inline: { words: 7 } },
    });
  });

  it('is plain JSON to the registry, and its schemas are held', async () => {
    expect(JSON.parse(JSON.stringify(count.spec))).toEqual(count.spec);
    expect(count.spec.input).toMatchObject({ type: 'object', required: ['list'] });
    const { runtime } = await benchOf([count]);
    const call = callOf({ list: { words: ['inline'] } });
    expect(await failureOf(runtime.execute(call, 'tool', controlOf()))).toMatchObject({ type: 'tool.input_invalid' });
  });

  it('has a sample in a simulation, unless it brings a stub', async () => {
    const { runtime } = await benchOf([count]);
    const call = callOf({ list: { $ref: `sha256:${'0'.repeat(64)}`, bytes: 1 } }, { mode: 'simulate' });
    expect(await runtime.execute(call, 'tool', controlOf())).toEqual({ output: { inline: { words: 0 } } });
    const stub = defineTool({
      ...about,
      input: Type.Object({}),
      output: Type.String(),
      run: async () => 'live',
      simulate: async () => 'as if',
    });
    const simulated = (await benchOf([stub])).runtime.execute(callOf({}, { mode: 'simulate' }), 'tool', controlOf());
    expect(await simulated).toEqual({ output: { inline: 'as if' } });
  });
});

/** What the compiler has to refuse; `tsc` fails where it does not. */
export function refused(orders: Ref<{ order_id: string }>): void {
  defineTool({
    ...about,
    input: Type.Object({ n: Type.Integer() }),
    output: Type.Object({ n: Type.Integer() }),
    // @ts-expect-error the input has no `m`
    run: async ({ m }) => ({ n: Number(m) }),
  });
  defineAgent({
    ...about,
    input: Type.Object({ list: List }),
    output: Type.Object({ n: Type.Integer() }),
    // @ts-expect-error the delivery is a number
    deliver: async ({ list }, { documents }) => ({ n: (await documents.getValue(list)).words }),
  });
  // @ts-expect-error a list is no order
  const list: Ref<{ words: string[] }> = orders;
  // @ts-expect-error no process has an activity of that name
  const name: keyof EngineActivities = 'bakeBread';
  void [list, name];
}
