import type { DefinitionStep } from '../../../schemas/definition/definition';
import type { JsonObject } from '../../../schemas/json';
import { readYaml } from '../../../src/definition/yaml';
import { checkDefinition } from '../../../src/definition/check';
import { foreignFaults } from '../../../src/contracts/foreign-schema';
import { schemaFaults } from '../../../src/definition/input';
import { catalogue, definitionOf, faultsOf, note } from './support';

it('finds everything at once, with places and hints', () => {
  const definition = {
    name: 'test',
    input_schema: {
      type: 'object',
      properties: { lead: { type: 'object', properties: { name: { type: 'string' } } } },
    },
    stepz: [],
    steps: [
      { step_id: 'a', step_type: 'agent_tsk' },
      { step_id: 'qualify', step_type: 'agent_task', agent_type: 'salez', task: 'qualify_lead' },
      note('enrich_lead', { depends_on: ['qualfy'], tool: 'data.ecko', parameters: { n: '${{ input.lead.naem }}' } }),
      note('again', { depends_on: ['a'], when: 'steps.qualify.' }),
      note('again', { parameters: { x: '${{ stepz.a }}' } }),
      { step_id: 'sub', step_type: 'sub_workflow', workflow: 'nobody' },
      note('later', { depends_on: ['sub'] }),
    ],
  };
  expect(faultsOf(definition)).toEqual([
    '/stepz: is not a known name here | did you mean steps?',
    '/steps/0/step_type: there is no step type "agent_tsk" | did you mean agent_task?',
    '/steps/5/workflow: there is no workflow "nobody" | define it first',
    '/steps/4/step_id: two steps are named "again"',
    expect.stringMatching(/^\/steps\/1\/agent_type: there is no agent named "salez" \| near it: sales/),
    expect.stringMatching(/^\/steps\/2\/tool: there is no tool named "data.ecko" \| near it: data.echo/),
    expect.stringMatching(/^\/steps\/3\/when: /),
    expect.stringMatching(/^\/steps\/4\/parameters\/x: /),
    '/steps/2/depends_on/0: there is no step "qualfy" to depend on | did you mean qualify?',
    expect.stringMatching(/^\/steps\/2\/parameters\/n: .*has no "naem".* \| did you mean `input.lead.name`\?/),
  ]);
});

it('says of each kind of step what it lacks, and what it does not have, once', () => {
  expect(
    faultsOf(
      definitionOf(
        { step_id: 'a', step_type: 'agent_task', task: 'qualify_lead', tool: 'data.echo' },
        { step_id: 'b', step_type: 'condition', then: ['x'] },
        { step_id: 'c', step_type: 'loop', steps: [note('d')], while: 'true' },
      ),
    ),
  ).toEqual([
    '/steps/0/agent_type: a step of type agent_task says agent_type',
    expect.stringMatching(/^\/steps\/0\/tool: a step of type agent_task has no tool \| it has agent_type, task/),
    '/steps/1/condition: a step of type condition says condition',
    '/steps/1/then/0: there is no step "x" to go to',
    '/steps/2/max_iterations: a loop with while or until says max_iterations',
  ]);
});

it('refuses what would go round in a circle, or names what a loop repeats', () => {
  expect(faultsOf(definitionOf(note('a', { depends_on: ['b'] }), note('b', { depends_on: ['a'] })))).toEqual([
    expect.stringContaining('wait for one another'),
  ]);
  const loop = { step_id: 'each', step_type: 'loop' as const, items: 'input.leads', steps: [note('one')] };
  expect(faultsOf(definitionOf(loop, note('b', { parameters: { x: '${{ steps.one.output }}' } })))).toEqual([
    expect.stringContaining('"one" is a step within "each": read `steps.each.output`'),
  ]);
});

it('a parallel step with a fallback is read as a whole', () => {
  const side: DefinitionStep = {
    ...{ step_id: 'side', step_type: 'parallel', on_error: { fallback: 'spare' } },
    steps: [note('a'), note('b')],
  };
  const reading = (source: string) => note('last', { parameters: { x: `\${{ ${source} }}` } });
  expect(faultsOf(definitionOf(side, note('spare'), reading('steps.side.output.a')))).toEqual([]);
  expect(faultsOf(definitionOf(side, note('spare'), reading('steps.a.output')))).toEqual([
    '/steps/2: "a" is within the group "side" | "a" is a step within "side": read `steps.side.output`',
  ]);
});

it('pins the version of a sub-workflow, and holds what it is given against its input_schema', () => {
  const sub = (parameters: JsonObject): DefinitionStep => ({
    ...{ step_id: 'sub', step_type: 'sub_workflow', workflow: 'greet', parameters },
  });
  const input_schema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
  const workflows = new Map([['greet', { version: 4, input_schema }]]);
  const good = checkDefinition(definitionOf(sub({ name: '${{ input.name }}' })), catalogue, workflows);
  expect(good).toMatchObject({ plan: { steps: [{ kind: 'workflow', uses: 'greet@4' }] } });
  const bad = checkDefinition(definitionOf(sub({ nmae: 'ann' })), catalogue, workflows);
  expect('faults' in bad && bad.faults.map(({ pointer }) => pointer)).toEqual(['/steps/0/parameters/name']);
});

it('checks the steps that a loop repeats, each in its place', () => {
  const loop = { step_type: 'loop' as const, items: 'input.leads' };
  expect(
    faultsOf(
      definitionOf(
        { ...loop, step_id: 'two', steps: [note('a'), note('b', { depends_on: ['c', 'x'] })] },
        {
          ...loop,
          step_id: 'asks',
          steps: [
            {
              step_id: 'c',
              step_type: 'approval',
              approval: { question: 'Go on with ${{ item.name }}?', expire_after: '1h' },
            },
          ],
        },
        { ...loop, step_id: 'some', steps: [note('d', { when: 'index' }), note('e', { depends_on: ['some'] })] },
        { ...loop, step_id: 'f', steps: [note('g'), { step_id: 'h', step_type: 'agent_task', task: 'qualify_lead' }] },
      ),
    ),
  ).toEqual([
    '/steps/3/steps/1/agent_type: a step of type agent_task says agent_type',
    '/steps/0/steps/1/depends_on/0: "c" is within the group "asks" | "c" is a step within "asks": read `steps.asks.output`',
    '/steps/0/steps/1/depends_on/1: there is no step "x" to depend on | did you mean f?',
    '/steps/2/steps/1: step "e" waits for "some", which it is a part of',
    expect.stringMatching(/^\/steps\/2\/steps\/0\/when: `index` does not fit: it is a number/),
  ]);
});

/** What work takes of this processor at best: it has other things to do, and compiles code at first. */
function timed<T>(work: () => T): { result: T; ms: number } {
  const times = Array.from({ length: 5 }, () => {
    const began = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1_000;
  });
  return { result: work(), ms: Math.min(...times) };
}

const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);

it.each<[string, () => unknown]>([
  ['10,000 steps', () => definitionOf(...Array.from({ length: 10_000 }, (_, i) => note(`s${i}`)))],
  [
    '250 unknown dependencies',
    () => definitionOf(...Array.from({ length: 250 }, (_, i) => note(`s${i}`, { depends_on: [`t${i}`] }))),
  ],
  [
    'a long cycle',
    () => definitionOf(...Array.from({ length: 400 }, (_, i) => note(`s${i}`, { depends_on: [`s${(i + 1) % 400}`] }))),
  ],
  [
    'steps within steps within steps',
    () => JSON.parse('{"name":"x","steps":['.repeat(2_000) + '1' + ']}'.repeat(2_000)),
  ],
  ['lists within lists', () => definitionOf(note('a', { parameters: { x: nested(500) as never } }))],
  [
    '__proto__',
    () =>
      JSON.parse(
        '{"name":"x","steps":[{"step_id":"a","step_type":"tool","tool":"data.echo","parameters":{"__proto__":1}}]}',
      ),
  ],
  ['a step called __proto__', () => definitionOf(note('__proto__'))],
  ['an expression without end', () => definitionOf(note('a', { parameters: { x: '${{ '.repeat(2_000) } }))],
  [
    'loops within loops in an expression',
    () => definitionOf(note('a', { when: 'input.a.all(x, input.a.all(y, input.a.all(z, x > z)))' })),
  ],
  ['no object', () => 'steps'],
])('refuses %s within 200 ms', (_, make) => {
  const value = make();
  const { result: checked, ms } = timed(() => checkDefinition(value, catalogue));
  expect('faults' in checked && checked.faults.length).toBeGreaterThan(0);
  expect(ms).toBeLessThan(200);
});

describe('YAML', () => {
  const faultsIn = (text: string) => {
    const read = readYaml(text);
    if (read.faults.length > 0) return read.faults;
    const checked = checkDefinition(read.value, catalogue);
    return 'faults' in checked ? read.locate(checked.faults) : [];
  };

  it('has the line and the column of a fault', () => {
    const text = ['name: test', 'steps:', '  - step_id: a', '    step_type: tool', '    tool: data.ecko'].join('\n');
    expect(faultsIn(text)).toMatchObject([{ pointer: '/steps/0/tool', line: 5, column: 5 }]);
    expect(faultsIn('name: [')).toMatchObject([{ line: 1, code: 'definition.yaml' }]);
  });

  it('whose aliases explode, or that nests without end, is refused at once', () => {
    const names = 'abcdefghij'.split('');
    const bomb = names.map(
      (name, i) =>
        `${name}: &${name} [${
          i === 0
            ? '1'
            : Array(9)
                .fill(`*${names[i - 1]}`)
                .join(', ')
        }]`,
    );
    for (const text of [bomb.join('\n'), '['.repeat(100_000), `${'- '.repeat(20_000)}1`]) {
      const { result, ms } = timed(() => faultsIn(text));
      expect(result.length).toBeGreaterThan(0);
      expect(ms).toBeLessThan(200);
    }
  });
});

describe('input', () => {
  const schema = {
    type: 'object',
    properties: {
      lead: {
        type: 'object',
        properties: { name: { type: 'string', minLength: 2 } },
        required: ['name'],
        additionalProperties: false,
      },
    },
    required: ['lead'],
  };

  it('has a pointer for each fault', () => {
    expect(foreignFaults(schema, {})).toEqual([{ pointer: '/lead', detail: 'is missing' }]);
    expect(foreignFaults(schema, { lead: { name: 'a', x: 1 } }).map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/lead/x', '/lead/name']),
    );
    expect(foreignFaults(schema, { lead: { name: 'ab' } })).toEqual([]);
    expect(foreignFaults(undefined, { anything: 1 })).toEqual([]);
  });

  it('has a schema that is checked itself', () => {
    expect(schemaFaults(schema)).toEqual([]);
    const bad = { type: 'objekt', properties: { a: { pattern: '(a+)+$' }, b: { $ref: '#' }, c: 3 }, required: 'a' };
    expect(schemaFaults(bad).map(({ pointer }) => pointer)).toEqual([
      '/input_schema/type',
      '/input_schema/properties/a/pattern',
      '/input_schema/properties/b/$ref',
      '/input_schema/properties/c',
      '/input_schema/required',
    ]);
  });
});

describe('the tools that a step lists for its agent', () => {
  const step = (tools: unknown) =>
    definitionOf({
      ...{ step_id: 'a', step_type: 'agent_task', agent_type: 'sales', task: 'qualify_lead' },
      tools: tools as string[],
    });

  it('are names of tools that there are, written out', () => {
    expect(faultsOf(step(['data.echo']))).toEqual([]);
    expect(faultsOf(step(['data.echo', 'data.ecko', '${{ input.tool }}']))).toEqual([
      expect.stringMatching(/^\/steps\/0\/tools\/1: there is no tool named "data.ecko" \| near it: data.echo/),
      expect.stringMatching(/^\/steps\/0\/tools\/2: .*no expression chooses them/),
    ]);
    expect(faultsOf(step('${{ input.tools }}'))).toEqual([expect.stringMatching(/^\/steps\/0\/tools: /)]);
  });

  it('become part of what the agent is given', () => {
    const checked = checkDefinition(step(['data.echo']), catalogue);
    expect('plan' in checked && checked.plan.steps[0]?.with).toMatchObject({ tools: ['data.echo'] });
  });
});
