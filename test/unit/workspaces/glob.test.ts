import { globOf } from '../../../src/workspaces/glob';

it.each([
  ['*.csv', 'a.csv', true],
  ['*.csv', 'deep/er/a.csv', true],
  ['*.csv', 'a.csv.txt', false],
  ['out/*.csv', 'out/a.csv', true],
  ['out/*.csv', 'out/b/a.csv', false],
  ['out/**', 'out/b/a.csv', true],
  ['out/**/*.csv', 'out/a.csv', true],
  ['out/**/*.csv', 'out/b/c/a.csv', true],
  ['**/x/*', 'a/b/x/c', true],
  ['**', 'a/b', true],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['*.{csv,json}', 'x.json', true],
  ['*.{csv,json}', 'x.xml', false],
  ['{a,b}/{c,d}.txt', 'b/c.txt', true],
  ['r[0-9].txt', 'r7.txt', true],
  ['r[!0-9].txt', 'r7.txt', false],
  ['r[xyz].txt', 'ry.txt', true],
  ['[', '[', true],
  ['été*', 'été.txt', true],
  ['a.c', 'abc', false],
])('%s against %s: %s', (pattern, path, fits) => expect(globOf(pattern)(path)).toBe(fits));

it('takes no more time for a pattern that means ill', () => {
  expect(globOf(`${'*a'.repeat(150)}b`)('a'.repeat(400))).toBe(false);
  expect(globOf(`${'**/a/'.repeat(60)}b`)('a/'.repeat(180) + 'c')).toBe(false);
  expect(globOf('{a,b}'.repeat(40))('a')).toBe(false);
});
