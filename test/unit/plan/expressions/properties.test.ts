import { Environment } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import {
  Budget,
  check,
  escapeTemplate,
  evaluate,
  ExpressionError,
  LIMITS,
  render,
  type Json,
} from '../../../../core/plan/expressions';

const json = fc.jsonValue({ maxDepth: 5 }) as fc.Arbitrary<Json>;
const literal = json.filter((value) => !JSON.stringify(value).includes('${{'));

/** Expressions of numbers, text, lists and data; many of them wrong on purpose. */
const expression: fc.Arbitrary<string> = fc.letrec<{ e: string }>((tie) => {
  const leaf = fc.constantFrom(
    '1',
    '0',
    '2.5',
    '-3',
    '"a"',
    '""',
    'true',
    'null',
    '[]',
    'x',
    'x.a',
    'nums',
    'nums[0]',
    'text',
    'm',
  );
  const e = tie('e');
  const operator = fc.constantFrom('+', '-', '*', '/', '%', '==', '!=', '<', '>=', 'in', '&&', '||');
  const macro = fc.constantFrom('map', 'filter', 'all', 'exists', 'exists_one');
  const unary = fc.constantFrom(
    'size',
    'string',
    'json',
    'lower',
    'int',
    'double',
    'sum',
    'max',
    'round',
    'default',
    'split',
  );
  return {
    e: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.tuple(e, operator, e).map(([a, op, b]) => `(${a} ${op} ${b})`),
      fc.tuple(e, macro, e).map(([a, name, b]) => `${a}.${name}(x, ${b})`),
      fc.tuple(unary, e).map(([name, a]) => `${name}(${a})`),
      fc.tuple(e, e, e).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
      fc.tuple(e, e).map(([a, b]) => `[${a}, ${b}]`),
      fc.tuple(e, e).map(([a, b]) => `cel.bind(x, ${a}, ${b})`),
      fc.tuple(e, e).map(([a, b]) => `{"k": ${a}, "l": ${b}}.k`),
    ),
  };
}).e;

const scope: Record<string, Json> = {
  x: { a: 1 },
  nums: Array.from({ length: 200 }, (_, n) => n),
  text: 'lorem ipsum '.repeat(100),
  m: { a: [1, 2], b: null },
};

describe('for any value', () => {
  it('rendering a literal is identity', () => {
    fc.assert(fc.property(literal, (value) => expect(render(value, {})).toEqual(value)));
  });

  it('data survives `${{ x }}` unchanged', () => {
    fc.assert(fc.property(json, (x) => expect(render('${{ x }}', { x })).toEqual(x)));
    fc.assert(fc.property(json, (x) => expect(render({ a: ['${{ x.y }}'] }, { x: { y: x } })).toEqual({ a: [x] })));
  });

  it('data survives json() and text', () => {
    fc.assert(fc.property(json, (x) => expect(evaluate('json(x)', { x })).toBe(JSON.stringify(x))));
  });

  it('data is equal to itself and to a copy', () => {
    fc.assert(
      fc.property(json, (x) => expect(evaluate('x == y && [x] == [y]', { x, y: structuredClone(x) })).toBe(true)),
    );
  });

  it('escaped text renders to itself', () => {
    const signs = fc.array(fc.constantFrom('$', '{', '}', '${{', '}}', '"', ' ', 'x', '\\'), { maxLength: 20 });
    fc.assert(fc.property(signs, (parts) => expect(render(escapeTemplate(parts.join('')), {})).toBe(parts.join(''))));
  });
});

describe('for any expression', () => {
  it('an evaluation ends within its steps, in JSON or in an ExpressionError', () => {
    fc.assert(
      fc.property(expression, fc.integer({ min: 1, max: 2_000 }), (source, steps) => {
        const budget = new Budget(steps);
        try {
          const result = evaluate(source, scope, { budget });
          expect(budget.steps).toBeLessThanOrEqual(steps);
          expect(JSON.parse(JSON.stringify(result))).toEqual(result);
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('the same scope gives the same answer in the same steps', () => {
    fc.assert(
      fc.property(expression, (source) => expect(outcome(source)).toEqual(outcome(source))),
      { numRuns: 500 },
    );
  });

  it('any text at all is rendered, checked or refused, never more', () => {
    const pieces = fc.array(
      fc.constantFrom(
        '${{',
        '}}',
        '"',
        "'",
        '{',
        '}',
        'x',
        '.',
        '[',
        ']',
        '(',
        ')',
        '-',
        '!',
        '1',
        '//',
        '\n',
        ' ',
        '\\',
        'b',
        '?',
        ':',
        ',',
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        const faults = check(text, Object.keys(scope));
        try {
          render(text, scope);
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError);
          return;
        }
        expect(faults).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('the answer equals the library’s wherever ours is meant to be CEL', () => {
    // Not meant to be CEL: division (ours is that of JSON numbers), errors, and kinds that the library distinguishes.
    const library = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false });
    let compared = 0;
    fc.assert(
      fc.property(
        expression.filter((source) => !/[/]|default|json|sum|max|round|lower|split/.test(source)),
        (source) => {
          let theirs: unknown;
          try {
            theirs = plain(library.evaluate(source, scope));
          } catch {
            return;
          }
          const ours = outcome(source);
          if (ours.error !== undefined) return;
          compared++;
          expect(ours.result).toEqual(theirs);
        },
      ),
      { numRuns: 2_000 },
    );
    expect(compared).toBeGreaterThan(200);
  });
});

function outcome(source: string): { result?: Json; error?: string; steps: number } {
  const budget = new Budget(LIMITS.steps);
  try {
    return { result: evaluate(source, scope, { budget }), steps: budget.steps };
  } catch (error) {
    return { error: (error as Error).message, steps: budget.steps };
  }
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value === 0 ? 0 : value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
