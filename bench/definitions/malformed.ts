/** Definitions that are made to hang or crash whoever reads them. Each is refused, with words, within 200 ms. */

export interface Malformed {
  what: string;
  /** a value, or a text in YAML */
  value?: () => unknown;
  text?: () => string;
}

const many = <T>(length: number, make: (i: number) => T): T[] => Array.from({ length }, (_, i) => make(i));
const echo = (step_id: string, more: object = {}) => ({
  ...{ step_id, step_type: 'tool', tool: 'data.echo', parameters: {} },
  ...more,
});
const definition = (steps: unknown[], more: object = {}) => ({ name: 'malformed', steps, ...more });
const reading = (expression: string) => definition([echo('a', { parameters: { x: `\${{ ${expression} }}` } })]);
const nested = (levels: number, inner: unknown, around: (inner: unknown) => unknown): unknown =>
  Array.from({ length: levels }).reduce((value) => around(value), inner);
const nestedSteps = (step_type: string, levels: number) =>
  nested(levels, echo('a'), (inner) => ({ step_id: 'p', step_type, items: '[1]', steps: [inner] }));

const cycles: Malformed[] = [
  {
    what: 'a ring of 400 steps',
    value: () => definition(many(400, (i) => echo(`s${i}`, { depends_on: [`s${(i + 1) % 400}`] }))),
  },
  {
    what: 'a ring of 200 expressions',
    value: () =>
      definition(many(200, (i) => echo(`s${i}`, { parameters: { x: `\${{ steps.s${(i + 1) % 200}.output }}` } }))),
  },
  { what: 'a step that waits for itself', value: () => definition([echo('a', { depends_on: ['a'] })]) },
  {
    what: 'conditions that lead to each other',
    value: () =>
      definition([
        { step_id: 'a', step_type: 'condition', condition: 'true', then: ['b'] },
        { step_id: 'b', step_type: 'condition', condition: 'true', then: ['a'] },
      ]),
  },
  {
    what: 'a loop whose list is its own output',
    value: () => definition([{ step_id: 'a', step_type: 'loop', items: 'steps.a.output.items', steps: [echo('b')] }]),
  },
  {
    what: 'fallbacks of each other',
    value: () => definition([echo('a', { on_error: { fallback: 'b' } }), echo('b', { on_error: { fallback: 'a' } })]),
  },
];

const sizes: Malformed[] = [
  { what: '10,000 steps', value: () => definition(many(10_000, (i) => echo(`s${i}`))) },
  {
    what: '10,000 steps in a loop',
    value: () =>
      definition([{ step_id: 'l', step_type: 'loop', items: '[1]', steps: many(10_000, (i) => echo(`s${i}`)) }]),
  },
  {
    what: '500 steps, each with 20 unknown dependencies',
    value: () => definition(many(500, (i) => echo(`s${i}`, { depends_on: many(20, (n) => `t${i}_${n}`) }))),
  },
  {
    what: '500 steps, each with two unknown names in an expression',
    value: () => definition(many(500, (i) => echo(`s${i}`, { when: `steps.t${i}.output == nobody${i}` }))),
  },
  { what: 'a name of 100 kB', value: () => definition([echo('a')], { name: 'x'.repeat(100_000) }) },
  { what: 'a step id of 100 kB', value: () => definition([echo('a'.repeat(100_000))]) },
  {
    what: '100,000 members',
    value: () => definition([echo('a')], Object.fromEntries(many(100_000, (i) => [`m${i}`, 1]))),
  },
  { what: '300 kB of parameters', value: () => definition([echo('a', { parameters: { x: 'x'.repeat(300_000) } })]) },
];

const nests: Malformed[] = [
  { what: 'parallel steps 1,000 deep', value: () => definition([nestedSteps('parallel', 1_000)]) },
  { what: 'loops 30 deep', value: () => definition([nestedSteps('loop', 30)]) },
  {
    what: 'steps of no type 2,000 deep',
    value: () => JSON.parse(`${'{"name":"x","steps":['.repeat(2_000)}1${']}'.repeat(2_000)}`) as unknown,
  },
  {
    what: 'lists 500 deep in parameters',
    value: () => definition([echo('a', { parameters: { x: nested(500, 1, (inner) => [inner]) } })]),
  },
  {
    what: 'an input schema 500 deep',
    value: () => definition([echo('a')], { input_schema: nested(500, {}, (inner) => ({ not: inner })) }),
  },
  {
    what: 'an input schema that refers to itself',
    value: () => definition([echo('a')], { input_schema: { $ref: '#' } }),
  },
  {
    what: 'a pattern that backtracks',
    value: () => definition([echo('a')], { input_schema: { type: 'string', pattern: '^(a+)+$' } }),
  },
];

const names: Malformed[] = [
  { what: 'a step called __proto__', value: () => definition([echo('__proto__')]) },
  { what: 'a step called constructor', value: () => definition([echo('constructor'), echo('constructor')]) },
  {
    what: '__proto__ as a member of a step',
    value: () =>
      JSON.parse(
        '{"name":"x","steps":[{"step_id":"a","step_type":"wait","__proto__":{"tool":"data.echo"}}]}',
      ) as unknown,
  },
  {
    what: '__proto__ in parameters',
    value: () =>
      JSON.parse(
        '{"name":"x","steps":[{"step_id":"a","step_type":"tool","tool":"data.echo","parameters":{"__proto__":1}}]}',
      ) as unknown,
  },
  {
    what: 'constructor in the input schema',
    value: () => definition([echo('a')], { input_schema: { properties: JSON.parse('{"constructor":{}}') as unknown } }),
  },
  {
    what: 'a dependency on __proto__',
    value: () => definition([echo('a', { depends_on: ['__proto__', 'toString'] })]),
  },
  { what: 'an expression that reads __proto__', value: () => reading('steps.__proto__.output') },
  { what: 'a tool called toString', value: () => definition([echo('a', { tool: 'toString' })]) },
  {
    what: 'an agent called __proto__',
    value: () => definition([{ step_id: 'a', step_type: 'agent_task', agent_type: '__proto__', task: 'x' }]),
  },
];

const expressions: Malformed[] = [
  { what: 'a sum of 100 kB', value: () => reading(`1${' + 1'.repeat(25_000)}`) },
  { what: 'a text of 100 kB', value: () => reading(`'${'x'.repeat(100_000)}'`) },
  { what: '10,000 brackets', value: () => reading(`${'('.repeat(10_000)}1${')'.repeat(10_000)}`) },
  { what: '10,000 signs', value: () => reading(`${'!'.repeat(10_000)}true`) },
  { what: '5,000 choices', value: () => reading(`${'true ? 1 : '.repeat(5_000)}1`) },
  { what: '2,000 openings', value: () => definition([echo('a', { parameters: { x: '${{ '.repeat(2_000) } })]) },
  { what: '3,000 calls within one another', value: () => reading(`${'size('.repeat(3_000)}''${')'.repeat(3_000)}`) },
  {
    what: 'three loops within one another',
    value: () => definition([echo('a', { when: 'input.a.all(x, input.a.all(y, input.a.all(z, x > z)))' })]),
  },
  { what: 'a function that nobody knows', value: () => reading('process.exit(1)') },
  { what: 'a pattern in an expression', value: () => reading("'aaaaaaaaaaaaaaaaaaaaaa!'.matches('^(a+)+$')") },
];

const bomb = (letters: string) =>
  [...letters]
    .map(
      (name, i) =>
        `${name}: &${name} [${
          i === 0
            ? '1'
            : Array(9)
                .fill(`*${letters[i - 1]}`)
                .join(', ')
        }]`,
    )
    .join('\n');

const texts: Malformed[] = [
  { what: 'aliases that explode', text: () => bomb('abcdefghij') },
  {
    what: 'merged keys that explode',
    text: () =>
      many(
        30,
        (i) => `m${i}: &m${i}\n${i === 0 ? '  x: 1' : `  <<: [*m${i - 1}, *m${i - 1}]\n  y${i}: *m${i - 1}`}`,
      ).join('\n'),
  },
  { what: 'an alias of itself', text: () => 'name: x\nsteps: &a\n  - *a\n' },
  { what: 'an alias that nothing is called', text: () => 'name: x\nsteps: *nothing\n' },
  { what: '100,000 brackets', text: () => '['.repeat(100_000) },
  { what: '20,000 dashes on a line', text: () => `${'- '.repeat(20_000)}1` },
  { what: '700 levels of indentation', text: () => many(700, (i) => `${' '.repeat(i)}a:`).join('\n') },
  { what: '30,000 keys', text: () => many(30_000, (i) => `k${i}: 1`).join('\n') },
  { what: 'the same key twice', text: () => 'name: x\nname: y\nsteps: []\n' },
  { what: 'a tag of code', text: () => 'name: !!js/function "() => 1"\nsteps: []\n' },
  { what: 'a quote without end', text: () => `name: "${'x'.repeat(200_000)}` },
  { what: 'NUL', text: () => 'name: \u0000\nsteps: \u0000\n' },
  { what: 'three documents', text: () => 'name: x\n---\nname: y\n---\nname: z\n' },
  { what: 'nothing', text: () => '' },
  { what: 'a megabyte', text: () => '# comment\n'.repeat(100_000) },
];

export const malformed: readonly Malformed[] = [
  ...[cycles, sizes, nests, names, expressions, texts].flat(),
  { what: 'no object', value: () => 'steps' },
  { what: 'null', value: () => null },
  { what: 'no steps', value: () => definition([]) },
  { what: 'steps that are none', value: () => definition([null, 1, 'x', [], {}]) },
];
