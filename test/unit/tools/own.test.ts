import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadOwnTools } from '../../../activities/tools/own';

let dir: string;
beforeAll(() => void (dir = mkdtempSync(join(tmpdir(), 'awe-own-'))));
afterAll(() => rmSync(dir, { recursive: true }));

function moduleOf(name: string, text: string): string {
  const file = join(dir, name);
  writeFileSync(file, text);
  return file;
}

it('tools are found among whatever a module exports, each once', () => {
  const tool = (name: string) => `{ spec: { name: '${name}', input: {}, output: {} }, run: async () => null }`;
  const text = `exports.a = ${tool('my.a')}; exports.all = [exports.a, ${tool('my.b')}]; exports.other = 1;`;
  const file = moduleOf('good.js', text);
  expect(loadOwnTools(file).map(({ spec }) => spec.name)).toEqual(['my.a', 'my.b']);
  expect(loadOwnTools(undefined)).toEqual([]);
});

it.each([
  ['is not there', () => join(dir, 'none.js'), /cannot be loaded/],
  ['breaks', () => moduleOf('broken.js', 'throw new Error("oh")'), /cannot be loaded: oh/],
  [
    'has a schema that is none',
    () => moduleOf('odd.js', "exports.x = { spec: { name: 'x', input: { type: 'objct' } }, run() {} }"),
    /odd\.js: the tool x has an input schema that does not compile/,
  ],
  ['has none', () => moduleOf('empty.js', 'exports.x = 1'), /exports no tool/],
])('a module that %s is refused by its name', (_, file, reason) => {
  expect(() => loadOwnTools(file())).toThrow(reason);
});
