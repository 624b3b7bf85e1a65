import { Budget, check, evaluate, ExpressionError, LIMITS, render, type Json } from '../../../../core/plan/expressions';

/** Big but possible data: a megabyte of text, lists and maps of tens of thousands. */
const megabyte = 'a'.repeat(1_000_000);
const scope: Record<string, Json> = {
  few: range(300),
  many: range(50_000),
  others: [...range(49_999), -1],
  words: range(50_000).map((n) => `word ${n}`),
  text: megabyte,
  half: megabyte.slice(0, 500_000),
  pattern: `${'a'.repeat(250_000)}b${'a'.repeat(250_000)}`,
  wide: Object.fromEntries(range(50_000).map((n) => [`key${n}`, n])),
  wider: Object.fromEntries(range(50_000).map((n) => [`key${n}`, n === 49_999 ? 0 : n])),
  deep: nest(5_000),
  deeper: nest(5_000),
  greek: '\u0390'.repeat(500_000),
};

/** Binds `v` to `start`, then repeatedly to the result of `double`. */
function doubling(levels: number, start: string, double: string): string {
  const inner = range(levels).reduce((body) => `cel.bind(v, ${double}, ${body})`, 'v');
  return `cel.bind(v, ${start}, ${inner})`;
}

function range(length: number): number[] {
  return Array.from({ length }, (_, n) => n);
}

function nest(depth: number): Json {
  let value: Json = 1;
  for (let i = 0; i < depth; i++) value = [value];
  return value;
}

/** Expressions of an attacker, and the codes with which they must end. */
const attacks: [what: string, expression: string, code: string][] = [
  ['three nested loops', 'few.map(a, few.map(b, few.map(c, 1)))', 'expression.limit'],
  ['a third loop hidden in cel.bind', 'few.map(a, few.map(b, cel.bind(z, few.map(c, 1), z)))', 'expression.limit'],
  ['two loops over too much', 'many.all(a, others.exists(b, b == -1))', 'expression.limit'],
  ['membership in a loop', 'many.all(a, a in others)', 'expression.limit'],
  ['text doubled 24 times', doubling(24, '"x"', 'v + v'), 'expression.limit'],
  ['a list doubled 24 times', doubling(24, '[1]', 'v + v'), 'expression.limit'],
  ['a result that shares itself 2^24 times', doubling(24, '[1]', '[v, v]'), 'expression.limit'],
  [
    'equality of such a value',
    `${doubling(24, '[1]', '[v, v]')} == ${doubling(24, '[1]', '[v, v]')}`,
    'expression.limit',
  ],
  ['JSON text of such a value', `json(${doubling(24, '[1]', '[v, v]')})`, 'expression.limit'],
  ['concatenation in a loop', 'many.map(x, text + "x")', 'expression.limit'],
  ['list concatenation in a loop', 'many.map(x, many + many)', 'expression.limit'],
  ['text over the size limit', 'text + text', 'expression.limit'],
  ['a join over the size limit', 'words.join(text)', 'expression.limit'],
  ['a replacement that explodes', 'text.replace("a", text)', 'expression.limit'],
  ['text cut into letters', 'text.split("").map(x, x + x)', 'expression.limit'],
  ['a search that is quadratic in the engine', 'text.contains(pattern)', 'expression.limit'],
  ['the same backwards', 'text.lastIndexOf(pattern)', 'expression.limit'],
  ['a split with a quadratic pattern', 'text.split(pattern)', 'expression.limit'],
  ['many short searches', 'many.map(x, text.contains("aaaaaaab"))', 'expression.limit'],
  ['case changes in a loop', 'many.map(x, size(text.upper()))', 'expression.limit'],
  ['case changes that grow', 'many.map(x, size(greek.upper()))', 'expression.limit'],
  ['sizes in a loop', 'many.map(x, size(text))', 'expression.limit'],
  ['sizes of a big map in a loop', 'many.map(x, size(wide))', 'expression.limit'],
  ['bytes in a loop', 'many.map(x, size(bytes(half.substring(0, 300000))))', 'expression.limit'],
  ['JSON text in a loop', 'many.map(x, size(json(wide)))', 'expression.limit'],
  ['equality of big maps in a loop', 'many.map(x, wide == wider)', 'expression.limit'],
  ['equality of long texts in a loop', 'many.map(x, text == text.trim())', 'expression.limit'],
  ['errors that are absorbed', 'many.exists(x, wide.nope == x)', 'expression.limit'],
  ['small errors that are absorbed', 'many.exists(x, x.nope == 1)', 'expression.limit'],
  ['errors absorbed by or', 'many.all(x, x.nope == 1 || true)', 'expression.limit'],
  ['sums in a loop', 'many.map(x, sum(many))', 'expression.limit'],
  ['maps made in two loops', 'many.map(x, few.map(y, {"a": x, "b": [y, {"c": y}]}))', 'expression.limit'],
  [
    'times parsed in two loops',
    'many.map(x, few.map(y, timestamp("2026-01-31T10:00:00.123456789+05:30")))',
    'expression.limit',
  ],
  [
    'durations parsed in two loops',
    'many.map(x, few.map(y, duration("1h2m3s4ms5us6ns1h2m3s4ms5us6ns")))',
    'expression.limit',
  ],
  ['numbers rounded in two loops', 'many.map(x, few.map(y, round(1.23456789012345, 12)))', 'expression.limit'],
  ['data nested too deep to return', 'deep', 'expression.limit'],
  ['data nested too deep to compare', 'deep == deeper', 'expression.limit'],
  ['too many brackets', `${'('.repeat(3_000)}1${')'.repeat(3_000)}`, 'expression.limit'],
  ['too many signs', `${'!'.repeat(8_000)}true`, 'expression.limit'],
  ['too many signs with spaces', `${'- '.repeat(4_000)}1`, 'expression.limit'],
  ['too many terms', `1${'+1'.repeat(3_000)}`, 'expression.limit'],
  ['terms nested to the left', `1${'+1'.repeat(600)}`, 'expression.limit'],
  ['a source that is too long', `"${'x'.repeat(LIMITS.source)}"`, 'expression.limit'],
  ['a list that is too long', `[${'1,'.repeat(3_000)}]`, 'expression.limit'],
  ['a regular expression', '"aaaaaaaaaaaaaaaaaaaaaaaaaaaa!".matches("(a+)+$")', 'expression.forbidden'],
  ['a written prototype key', '{"__proto__": {"admin": true}}', 'expression.forbidden'],
  ['a computed prototype key', '{"__pro" + "to__": {"admin": true}}', 'expression.forbidden'],
  ['the constructor of a constructor', 'few.constructor.constructor("return 1")()', 'expression.parse'],
  ['an inherited method', 'wide.toString', 'expression.unknown_name'],
  ['an inherited method by index', 'wide["hasOwnProperty"]', 'expression.unknown_name'],
  ['the prototype of text', 'text["__proto__"]', 'expression.type'],
  ['the length of a list by name', 'few["length"]', 'expression.type'],
];

describe('an attacker', () => {
  it.each(attacks)('gets nowhere with %s', (_what, expression, code) => {
    const budget = new Budget();
    const took = stopwatch();
    expect(codeOf(() => evaluate(expression, scope, { budget }))).toBe(code);
    const ms = took();
    if (process.env.MEASURE) process.stdout.write(`${ms.toFixed(1)} ms\t${budget.steps} steps\t${_what}\n`);
    // a workflow task has 5 s; a busy machine may take several times as long as a quiet one
    expect(ms).toBeLessThan(4_000);
  });

  it('cannot multiply the budget by writing many expressions into one value', () => {
    const value = range(200).map(() => '${{ many.filter(x, x > 0 && x < 10) }}');
    expect(codeOf(() => render(value, scope))).toBe('expression.limit');
  });

  it('cannot gain time with many different expressions to parse', () => {
    const value = range(2_000).map((n) => `\${{ [${n}${',1+1'.repeat(20)}] }}`);
    const took = stopwatch();
    expect(codeOf(() => render(value, scope))).toBe('expression.limit');
    expect(check(value, []).map((fault) => fault.code)).toEqual(['expression.limit']);
    expect(took()).toBeLessThan(1_000);
  });

  it('cannot make a large value from a small plan', () => {
    expect(
      codeOf(() =>
        render(
          range(10).map(() => '${{ half }}'),
          scope,
        ),
      ),
    ).toBe('expression.limit');
    expect(codeOf(() => render('${{ half }}${{ half }}${{ half }}', scope))).toBe('expression.limit');
  });

  it('waits well below a second for the dearest search that the budget allows', () => {
    const took = stopwatch();
    const found = evaluate('text.lastIndexOf(awkward)', {
      text: megabyte.slice(0, 800_000),
      awkward: `${'a'.repeat(450)}b`,
    });
    expect(found).toBe(-1);
    expect(took()).toBeLessThan(1_000);
  });

  it('leaves Object.prototype alone', () => {
    render(JSON.parse('{"__proto__": {"admin": "${{ true }}"}}') as Json, scope);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });
});

describe('honest work fits', () => {
  it.each([
    ['two loops of 300', 'size(few.map(a, few.filter(b, b > a))) == 300'],
    ['one loop over 50,000', 'many.exists(x, x == 49999)'],
    ['a table of 10,000 rows made into text', 'size(words.filter(w, w.endsWith("7")).join(", ")) > 10000'],
    ['a search in a megabyte', '!text.contains("needle in a haystack")'],
    ['a sum of 50,000 numbers', 'sum(many) == 1249975000'],
  ])('%s', (_what, expression) => {
    expect(evaluate(expression, scope)).toBe(true);
  });
});

/** Milliseconds of processor time since the start, without other processes. */
function stopwatch(): () => number {
  const began = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1_000;
  };
}

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof ExpressionError) return error.code;
    throw error;
  }
  return 'nothing';
}
