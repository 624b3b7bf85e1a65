/** The entry of a dead letter, laid out a value a line, and the line that a fault's pointer means. */
import { lineOf, linesOf } from '../../../console/src/pages/dead-letters/lines';

const lines = linesOf('{"id":9007199254740993123,"rows":[1,{"a/b":"x,{}"}],"none":{},"id":1}') ?? [];

test('tokens stay as they were written: large numbers, doubled names, signs within texts', () => {
  expect(lines.map(({ text }) => text)).toEqual([
    '{',
    '  "id": 9007199254740993123,',
    '  "rows": [',
    '    1,',
    '    {',
    '      "a/b": "x,{}"',
    '    }',
    '  ],',
    '  "none": {},',
    '  "id": 1',
    '}',
  ]);
});

test('a pointer means the line where its value begins; one to something missing that of what it is missing in', () => {
  const textAt = (pointer: string) => lines[lineOf(lines, pointer)]?.text.trim();
  expect(textAt('/rows/1/a~1b')).toBe('"a/b": "x,{}"');
  expect(textAt('/rows/1')).toBe('{');
  expect(textAt('/none/name')).toBe('"none": {},');
  expect(textAt('')).toBe('{');
});

test('what is no JSON is not laid out', () => {
  expect(linesOf('{"id":')).toBeUndefined();
});
