import { strangeEncoding } from '../../../src/http/encodings';

it.each([
  [undefined, undefined],
  ['', undefined],
  ['identity', undefined],
  ['GZIP', undefined],
  ['deflate, x-gzip', undefined],
  ['br', 'br'],
  ['gzip, BR', 'br'],
  ['zstd', 'zstd'],
  ['gzip,,compress', 'compress'],
])('of the encodings %j, the strange one is %j', (header, strange) => {
  expect(strangeEncoding(header)).toBe(strange);
});
