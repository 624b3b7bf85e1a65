import { escapeTemplate, ExpressionError, parseTemplate, render, type Json } from '../../../../core/plan/expressions';

const scope: Record<string, Json> = { n: 5, name: 'Ada', list: [1, { a: null }], none: null, user: { name: 'Ada' } };

describe('a plan value', () => {
  it.each<[string, Json, Json]>([
    ['one whole expression keeps its type', '${{ n + 1 }}', 6],
    ['a list keeps its type', '${{ list }}', [1, { a: null }]],
    ['text around makes text', 'Hello ${{ name }}!', 'Hello Ada!'],
    ['a space around makes text', ' ${{ n }}', ' 5'],
    ['two expressions make text', '${{ n }}${{ n }}', '55'],
    ['objects and lists are written as JSON', 'got ${{ list }} ${{ user }}', 'got [1,{"a":null}] {"name":"Ada"}'],
    ['null is written as nothing', '[${{ none }}]', '[]'],
    ['true, false and numbers are written as JSON', '${{ true }}/${{ 1.50 }}', 'true/1.5'],
    ['a moment is written as ISO text', 'at ${{ timestamp("2024-01-01") }}', 'at 2024-01-01T00:00:00.000Z'],
    ['braces of a map do not end it', '${{ {"a": {"b": n}} }}', { a: { b: 5 } }],
    ['braces of a map may touch the end', '${{{"a":{"b":n}}}}', { a: { b: 5 } }],
    ['}} in text does not end it', '${{ "}}" + \'}}\' + "\\"}}" }}', '}}}}"}}'],
    ['}} in triple quotes does not end it', '${{ """a"}}b""" }}', 'a"}}b'],
    ['a comment ends with it', "${{ n // don't }}!", '5!'],
    ['a dollar before it is a dollar', '$${{ n }}', '$5'],
    ['a backslash before it is a backslash', 'C:\\${{ name }}', 'C:\\Ada'],
    ['the signs themselves are written as an expression', 'write ${{ "${{" }} x }}', 'write ${{ x }}'],
    ['lone braces are text', 'a }} {{ $ {', 'a }} {{ $ {'],
    [
      'objects and lists are walked',
      { a: ['${{ n }}', 1], 'b/c': { d: '${{ name }}' } },
      { a: [5, 1], 'b/c': { d: 'Ada' } },
    ],
  ])('%s', (_rule, value, expected) => expect(render(value, scope)).toEqual(expected));

  it('keeps an unlucky key as data', () => {
    const rendered = render(JSON.parse('{"__proto__": "${{ n }}", "constructor": 1}') as Json, scope);
    expect(JSON.stringify(rendered)).toBe('{"__proto__":5,"constructor":1}');
    expect(Object.getPrototypeOf(rendered)).toBe(Object.prototype);
  });

  it.each([
    ['an expression without end', 'a ${{ n', 'expression.parse'],
    ['an open quote', '${{ "n }}', 'expression.parse'],
    ['an open brace', '${{ {"a": 1 }}', 'expression.parse'],
    ['an empty expression', '${{ }}', 'expression.parse'],
    ['an expression within an expression', '${{ ${{ n }} }}', 'expression.parse'],
  ])('with %s is refused', (_what, value, code) => {
    expect(() => render(value, scope)).toThrow(expect.objectContaining({ code }) as Error);
    expect(() => render(value, scope)).toThrow(ExpressionError);
  });

  it('that nests deeper than 32 is refused', () => {
    let value: Json = 'x';
    for (let i = 0; i < 32; i++) value = [value];
    expect(render(value, scope)).toEqual(value);
    expect(() => render([value], scope)).toThrow(expect.objectContaining({ code: 'expression.limit' }) as Error);
  });

  it('gives its expressions and their places', () => {
    expect(parseTemplate({ a: ['x ${{ n }} ${{ name }}'], 'b/~': '${{ list }}' })).toEqual({
      expressions: [
        { pointer: '/a/0', source: 'n' },
        { pointer: '/a/0', source: 'name' },
        { pointer: '/b~1~0', source: 'list' },
      ],
      problems: [],
    });
  });

  it('can hold any text, escaped', () => {
    expect(render(escapeTemplate('${{ x }} and ${{${{'), scope)).toBe('${{ x }} and ${{${{');
  });
});
