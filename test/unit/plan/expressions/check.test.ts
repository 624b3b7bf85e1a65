import { check, condition, references, secretsIn, type Json } from '../../../../core/plan/expressions';

const read = (value: Json): string[] => references(value).map(({ root, path }) => [root, ...path].join('.'));

describe('references', () => {
  it.each<[string, Json, string[]]>([
    ['a chain of fields', '${{ steps.qualify_lead.output.score > 3 }}', ['steps.qualify_lead.output.score']],
    ['fields in brackets', '${{ steps["a-b"].output["x"][0].y }}', ['steps.a-b.output.x.0.y']],
    ['fields that may be missing', '${{ steps.?a.?output }} ${{ steps[?"b"] }}', ['steps.a.output', 'steps.b']],
    [
      'arguments of has and default',
      '${{ has(steps.a.output) || default(input.x, 1) > 0 }}',
      ['steps.a.output', 'input.x'],
    ],
    ['a path that ends before a call', '${{ input.name.split(",")[0] }}', ['input.name']],
    ['a path that ends before a computed index', '${{ input.list[steps.a.output] }}', ['steps.a.output', 'input.list']],
    ['not the variables of loops', '${{ input.l.map(x, x.y + input.n) }}', ['input.l', 'input.n']],
    ['not the variables of cel.bind', '${{ cel.bind(v, input.a, v.b) }}', ['input.a']],
    ['a root that a loop hides only inside the loop', '${{ item.map(item, item.a) }}', ['item']],
    [
      'each once, through objects and lists',
      { a: ['${{ input.x }}', 'b ${{ input.x }} ${{ run.id }}'] },
      ['input.x', 'run.id'],
    ],
    [
      'both branches',
      '${{ input.a ? steps.x.output : steps.y.output }}',
      ['input.a', 'steps.x.output', 'steps.y.output'],
    ],
    ['nothing in literals', ['plain', 1, null], []],
    ['a bare condition, wrapped', condition('steps.a.output > 1'), ['steps.a.output']],
    ['a wrapped condition, as it is', condition('${{ steps.a.output > 1 }}'), ['steps.a.output']],
  ])('find %s', (_what, value, expected) => expect(read(value)).toEqual(expected));
});

describe('check', () => {
  const roots = ['input', 'steps', 'item'];

  it('finds nothing in a good value', () => {
    expect(check({ a: '${{ steps.a.output.n + input.x }}', b: 'Hello ${{ item.name.upper() }}' }, roots)).toEqual([]);
  });

  it.each<[string, string, string, RegExp]>([
    ['syntax', '${{ input. }}', 'expression.parse', /Expected IDENTIFIER.*at character/],
    [
      'an unknown root',
      '${{ inputs.x }}',
      'expression.unknown_name',
      /There is no "inputs" in `inputs.x`. The names here are input, steps/,
    ],
    ['a hyphen in a name', '${{ steps.qualify-lead.output }}', 'expression.unknown_name', /steps\["a-b"\]/],
    ['an unknown function', '${{ frobnicate(input.x) }}', 'expression.unknown_name', /no function "frobnicate"/],
    ['a forbidden function', '${{ input.x.matches("a+") }}', 'expression.forbidden', /exponential/],
    ['too few arguments', '${{ round() }}', 'expression.parse', /got 0 arguments/],
    ['a third loop', '${{ [1].map(a, [1].map(b, [1].map(c, 1))) }}', 'expression.limit', /More than 2 loops/],
    ['a computed step', '${{ steps[input.x].output }}', 'expression.forbidden', /must be followed by an id/],
    ['all steps at once', '${{ steps }}', 'expression.forbidden', /must be followed by an id/],
    ['a prototype key', '${{ {"__proto__": 1} }}', 'expression.forbidden', /cannot be the key/],
    ['a key that is no text', '${{ {1: 1} }}', 'expression.type', /must be text/],
    ['a number that loses digits', '${{ 9007199254740993 }}', 'expression.parse', /2\^53/],
    ['an open expression', 'x ${{ input.x', 'expression.parse', /no end/],
  ])('finds %s', (_what, value, code, message) => {
    const faults = check({ with: [value] }, roots);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ pointer: '/with/0', code, message: expect.stringMatching(message) });
  });

  it('finds every fault, with a pointer each', () => {
    const faults = check({ a: '${{ nope }} ${{ also.not }}', 'b/c': ['${{ 1 + }}'] }, roots);
    expect(faults.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/a', 'expression.unknown_name'],
      ['/a', 'expression.unknown_name'],
      ['/b~1c/0', 'expression.parse'],
    ]);
  });

  it('finds expressions in keys, which are not evaluated', () => {
    expect(check({ '${{ input.x }}': 1 }, roots)).toMatchObject([{ code: 'expression.parse' }]);
  });

  it('allows loops side by side and one in the range of another', () => {
    const side = '${{ input.a.map(x, x).filter(y, y > 0).exists(z, input.b.all(w, w == z)) }}';
    expect(check(side, roots)).toEqual([]);
  });

  it('keeps messages short', () => {
    const [fault] = check(`\${{ ${'nope + '.repeat(100)}1 }}`, roots);
    expect(fault?.message.length).toBeLessThan(400);
  });
});

describe('secrets', () => {
  const withSecrets = ['input', 'steps', 'secrets'];

  it.each<[string, Json]>([
    ['a whole value', '${{ secrets.TOKEN }}'],
    ['a part of a text', { headers: { authorization: 'Bearer ${{secrets.TOKEN}} ${{ input.x }}' } }],
  ])('may be %s', (_what, value) => {
    expect(check(value, withSecrets)).toEqual([]);
    expect(secretsIn(value)).toEqual({ names: ['TOKEN'], faults: [] });
  });

  it.each([
    'secrets',
    'secrets.TOKEN + "x"',
    'secrets.TOKEN.size()',
    'secrets["TOKEN"]',
    'secrets[input.x]',
    'secrets.?TOKEN',
    'secrets.TOKEN.a',
    'has(secrets.TOKEN)',
    'input.a.map(x, secrets.TOKEN)',
    'cel.bind(s, secrets, s.TOKEN)',
    'secrets.token',
    'true ? secrets.TOKEN : ""',
  ])('are not computed upon, as in %s', (source) => {
    const value = { with: `a \${{ ${source} }}` };
    const faults = [
      { pointer: '/with', code: 'expression.forbidden', message: expect.stringMatching(/nothing is computed/) },
    ];
    expect(check(value, withSecrets)).toMatchObject(faults);
    expect(secretsIn(value)).toMatchObject({ names: [], faults });
  });

  it('are no name where they are not meant', () => {
    expect(check('${{ secrets.TOKEN }}', ['input', 'steps'])).toMatchObject([{ code: 'expression.unknown_name' }]);
  });
});
