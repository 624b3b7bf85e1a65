import { evaluate, type ExpressionError, test as holds, type Json } from '../../../../core/plan/expressions';

const scope: Record<string, Json> = {
  n: 5,
  half: 2.5,
  name: 'Ada',
  list: [1, 2, 3],
  none: null,
  yes: true,
  user: { name: 'Ada', tags: ['a', 'b'], address: null, constructor: 'Bob & Sons' },
  input: { i: 1 },
  steps: { a: { output: { score: 7 } }, 'b-c': { output: 'x' } },
};

const value = (expression: string): Json => evaluate(expression, scope);

function error(expression: string): ExpressionError {
  try {
    evaluate(expression, scope);
  } catch (thrown) {
    return thrown as ExpressionError;
  }
  throw new Error(`${expression} did not fail`);
}

describe('numbers are JSON numbers', () => {
  it.each([
    ['n + 1', 6],
    ['1 + n', 6],
    ['n * 2', 10],
    ['n * 0.5', 2.5],
    ['n / 2', 2.5],
    ['5 / 2', 2.5],
    ['4 / 2', 2],
    ['1 / 2.0', 0.5],
    ['int(n / 2)', 2],
    ['int(-2.5)', -2],
    ['n % 2', 1],
    ['-n', -5],
    ['0 * -1', 0],
    ['5u + 1', 6],
    ['0x10', 16],
    ['half + half', 5],
    ['list[0]', 1],
    ['list[n - 3]', 3],
    ['list[half - 0.5]', 3],
    ['9007199254740990 + 1', 9007199254740991],
  ])('%s is %j', (expression, expected) => expect(value(expression)).toBe(expected));

  it.each([
    'n == 5',
    'n == 5.0',
    '1 == 1.0',
    'n > 2',
    'half > 2',
    '2 < half',
    'size(list) > 1',
    '1 in list',
    '1.0 in list',
  ])('%s holds', (expression) => expect(value(expression)).toBe(true));

  it.each([
    '9007199254740991 + 1',
    '9007199254740991 * 2',
    '1 / 0',
    'n % 0',
    '1e308 * 10',
    'int("9007199254740993")',
    'int("1.5")',
  ])('%s is an error rather than a loss', (expression) => expect(error(expression).code).toBe('expression.failed'));
});

describe('a missing name', () => {
  it('is an error that names the key and the existing keys', () => {
    expect(error('user.nmae')).toMatchObject({ code: 'expression.unknown_name', expression: 'user.nmae' });
    expect(error('user.nmae').message).toMatch(/`user` has no "nmae".*It has name, tags, address, constructor/);
  });

  it('is an error for a root even in a branch that is not reached', () => {
    expect(error('yes || nope').code).toBe('expression.unknown_name');
  });

  it('is an error beyond the end of a list', () => {
    expect(error('list[3]').message).toMatch(/no element 3: it has 3/);
  });

  it('is an error after null, which says what to do', () => {
    expect(error('user.address.street')).toMatchObject({ code: 'expression.type' });
    expect(error('user.address.street').message).toMatch(/is null.*default\(/);
  });

  it.each([
    ['has(user.name)', true],
    ['has(user.nope)', false],
    ['has(user.nope.deeper)', false],
    ['has(user.address)', true],
    ['has(user.address.street)', false],
    ['has(list[2])', true],
    ['has(list[3])', false],
    ['has(steps.skipped.output)', false],
    ['default(user.nope.deeper, "x")', 'x'],
    ['default(user.address, "x")', 'x'],
    ['default(none, 0) + 1', 1],
    ['default(user.name, "x")', 'Ada'],
    ['user.?nope.orValue(3)', 3],
    ['user.?nope.deeper.orValue(3)', 3],
    ['user.?name.orValue("x")', 'Ada'],
    ['user.?nope.hasValue()', false],
    ['user.?nope', null],
    ['list[?9].orValue(0)', 0],
  ])('%s is %j', (expression, expected) => expect(value(expression)).toEqual(expected));

  it('may be a member that objects inherit', () => {
    for (const key of ['toString', '__proto__', 'hasOwnProperty', 'valueOf']) {
      expect(error(`user.${key}`).code).toBe('expression.unknown_name');
      expect(value(`"${key}" in user`)).toBe(false);
      expect(value(`has(user.${key})`)).toBe(false);
    }
  });

  it('is not own data with an unlucky name', () => {
    expect(value('user.constructor')).toBe('Bob & Sons');
  });
});

describe('loops and logic', () => {
  it.each<[string, Json]>([
    ['list.map(x, x * n)', [5, 10, 15]],
    ['list.map(x, x > 1, x * 2)', [4, 6]],
    ['list.filter(x, x != 2)', [1, 3]],
    ['list.all(x, x > 0)', true],
    ['list.exists(x, x > 2)', true],
    ['list.exists_one(x, x > 1)', false],
    ['user.map(k, k)', ['name', 'tags', 'address', 'constructor']],
    ['[].all(x, x)', true],
    ['list.map(x, list.map(y, x * y))[2][1]', 6],
    ['list.map(list, list)', [1, 2, 3]],
    ['list.map(x, list.filter(y, y > x).map(x, x * 10))', [[20, 30], [30], []]],
    ['cel.bind(d, n * 2, d * d)', 100],
    ['list.exists(x, x / 0 == 1 || x == 3)', true],
    ['list.all(x, x == 1 || 1 / 0 > 1) || yes', true],
    ['1 / 0 > 1 || yes', true],
    ['!(1 / 0 > 1 && false)', true],
    ['n > 3 ? "big" : 0', 'big'],
  ])('%s is %j', (expression, expected) => expect(value(expression)).toEqual(expected));

  it('throw an error that decides', () => {
    expect(error('list.exists(x, x / 0 == 1)').code).toBe('expression.failed');
    expect(error('1 / 0 > 1 || false').code).toBe('expression.failed');
  });

  it.each(['n ? 1 : 2', 'n && yes', '!name', 'list.filter(x, x)', 'n.map(x, x)'])(
    '%s is an error of type',
    (expression) => expect(error(expression).code).toBe('expression.type'),
  );
});

describe('text, lists and maps', () => {
  it.each<[string, Json]>([
    ['"Hello " + name', 'Hello Ada'],
    ['list + [4]', [1, 2, 3, 4]],
    ['{"a": n, "b": [name]}', { a: 5, b: ['Ada'] }],
    ['{"a": 1} == {"a": 1.0}', true],
    ['[1, [2]] == [1, [2.0]]', true],
    ['"5" == 5', false],
    ['none == null', true],
    ['"name" in user', true],
    ['size("😀é")', 2],
    ['user.size()', 4],
    ['lower("ÄB") + upper("é") + trim(" x ")', 'äbÉx'],
    ['"AB".lowerAscii()', 'ab'],
    ['"a,b,c".split(",")', ['a', 'b', 'c']],
    ['"a,b,c".split(",", 2)', ['a', 'b,c']],
    ['"abc".split("")', ['a', 'b', 'c']],
    ['"".split(",")', ['']],
    ['["a", "b"].join(", ")', 'a, b'],
    ['"a.b.".replace(".", "-")', 'a-b-'],
    ['"hello".contains("ell") && "hello".startsWith("he") && "hello".endsWith("lo")', true],
    ['"hello".indexOf("l") + "hello".lastIndexOf("l")', 5],
    ['"hello".substring(1, 3)', 'el'],
    ['string(n) + string(half) + string(yes)', '52.5true'],
    ['json(user.tags)', '["a","b"]'],
    ['int("42") + double("1.5")', 43.5],
    ['round(1.005, 2)', 1.01],
    ['round(-2.5)', -3],
    ['round(1e-7, 3)', 0],
    ['round(1e300, 2)', 1e300],
    ['floor(2.7) + ceil(2.1) + abs(-1)', 6],
    ['sum(list) + min(list) + max(1, n)', 12],
    ['sum([])', 0],
    ['bool("true")', true],
  ])('%s is %j', (expression, expected) => expect(value(expression)).toEqual(expected));

  it('say how to mend a mixture', () => {
    expect(error('"a" + 1').message).toMatch(/string and number in `"a" \+ 1`.*string\(x\)/);
    expect(error('none + 1').message).toMatch(/default\(x, 0\)/);
    expect(error('"a" in name').message).toMatch(/contains/);
    expect(error('max([])').message).toMatch(/empty list/);
  });
});

describe('times', () => {
  it.each<[string, Json]>([
    ['timestamp("2024-02-29T10:00:00+02:00")', '2024-02-29T08:00:00.000Z'],
    ['timestamp("2024-02-29")', '2024-02-29T00:00:00.000Z'],
    ['timestamp(0)', '1970-01-01T00:00:00.000Z'],
    ['timestamp("2024-01-31") + duration("1h30m")', '2024-01-31T01:30:00.000Z'],
    ['timestamp("2024-01-02") - timestamp("2024-01-01")', '86400s'],
    ['timestamp("2024-01-02") > timestamp("2024-01-01")', true],
    ['duration("1.5s")', '1.5s'],
    ['duration("-250ms")', '-0.25s'],
    ['duration("90m").getHours()', 1],
    ['timestamp("2024-03-01T12:00:00Z").getDayOfYear()', 60],
    ['timestamp("2024-03-01").getMonth()', 2],
    ['"at " + string(timestamp("0001-01-01"))', 'at 0001-01-01T00:00:00.000Z'],
    ['[timestamp("2024-01-01")]', ['2024-01-01T00:00:00.000Z']],
    ['int(timestamp("1970-01-02"))', 86400],
    ['b"abc"', 'YWJj'],
    ['bytes("hé")', 'aMOp'],
    ['string(bytes("hé"))', 'hé'],
  ])('%s is %j', (expression, expected) => expect(value(expression)).toEqual(expected));

  it.each([
    'timestamp("2023-02-29")',
    'timestamp("yesterday")',
    'timestamp("01/02/2024 10:00:00")',
    'duration("1 day")',
  ])('%s is an error', (expression) => expect(error(expression).code).toBe('expression.failed'));

  it('take no time zone, because its rules differ between machines', () => {
    expect(error('timestamp("2024-01-01").getHours("Europe/Berlin")').code).toBe('expression.forbidden');
  });
});

describe('a condition', () => {
  it('may be bare or wrapped', () => {
    expect(holds('n > 3', scope)).toBe(true);
    expect(holds('${{ n > 9 }}', scope)).toBe(false);
  });

  it('must be true or false', () => {
    expect(() => holds('n', scope)).toThrow(/must be true or false, but this is number in `n`/);
  });
});

describe('steps', () => {
  it('are named by a literal id', () => {
    expect(value('steps.a.output.score + size(steps["b-c"].output)')).toBe(8);
  });

  it.each([
    'steps[name].output',
    'steps',
    'size(steps)',
    'steps.map(s, s)',
    'cel.bind(s, steps, s[name])',
    'json(steps)',
  ])('%s is refused: dependencies could not be seen', (expression) =>
    expect(error(expression).code).toBe('expression.forbidden'),
  );
});
