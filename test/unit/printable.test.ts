import { printable } from '../../src/printable';

test('text of others moves no cursor, sets no title and turns no line around', () => {
  expect(printable('a\u001b]0;title\u0007b')).toBe('a\\u001b]0;title\\u0007b');
  expect(printable('\u009b2J \u202egnp.exe \u200b')).toBe('\\u009b2J \\u202egnp.exe \\u200b');
  expect(printable('two\nlines,\ta tab, é, 漢, 🚚')).toBe('two\nlines,\ta tab, é, 漢, 🚚');
});

test('JSON stays the same JSON', () => {
  const value = { name: '\u009b2J\u202e' };
  expect(JSON.parse(printable(JSON.stringify(value)))).toEqual(value);
});
