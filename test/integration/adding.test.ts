/** The examples of docs/adding.md, as they stand on the page, in a copy of the source: they compile, lint and pass. */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findProjectRoot } from '../../src/config';

const SOURCE = [
  ...['schemas', 'core', 'workflows', 'activities', 'workers', 'api', 'src', 'cli', 'sdk', 'bench', 'test', 'examples'],
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'jest.config.js', 'eslint.config.mjs', '.prettierrc'],
];

/** Code of the page with the path that stands before it: a new file, or a diff of one that is there. */
interface Block {
  path: string;
  kind: 'ts' | 'diff';
  text: string;
}

const root = findProjectRoot();
const page = readFileSync(join(root, 'docs', 'adding.md'), 'utf8');
const blocks: Block[] = [...page.matchAll(/`([\w./-]+)`:\n\n```(ts|diff)\n(.*?\n)```/gs)].map(
  ([, path = '', kind = '', text = '']) => ({ path, kind: kind as Block['kind'], text }),
);
const files = blocks.flatMap(({ path, kind }) => (kind === 'ts' ? [path] : []));
const changed = [...new Set(blocks.map(({ path }) => path))];
const copy = mkdtempSync(join(tmpdir(), 'awe-adding-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Runs a program of node_modules in the copy; what it printed is the error where it fails. */
const run = (program: string, ...args: string[]) =>
  new Promise<void>((resolve, reject) =>
    execFile(join(copy, 'node_modules/.bin', program), args, { cwd: copy, timeout: 120_000 }, (error, out, err) =>
      error ? reject(new Error(`${program} failed:\n${out}\n${err}`)) : resolve(),
    ),
  );

/** The lines of a part of a diff that are there before it (`-`) or after it (`+`), with those that stay. */
const side = (part: string, sign: '-' | '+') =>
  part
    .split('\n')
    .filter((line) => line.startsWith(' ') || line.startsWith(sign))
    .map((line) => line.slice(1))
    .join('\n');

function patched(file: string, { path, text }: Block): string {
  return text.split('@@\n').reduce((content, part) => {
    const [before, after, more] = `\n${content}`.split(`\n${side(part, '-')}\n`);
    if (before === undefined || after === undefined || more !== undefined)
      throw new Error(`${path} does not hold this once:\n${part}`);
    return `${before}\n${side(part, '+')}\n${after}`.slice(1);
  }, file);
}

function lay(block: Block): void {
  const file = join(copy, block.path);
  if (block.kind === 'diff') return writeFileSync(file, patched(readFileSync(file, 'utf8'), block));
  if (existsSync(file)) throw new Error(`${block.path} is there already`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, block.text);
}

beforeAll(() => {
  for (const name of SOURCE) cpSync(join(root, name), join(copy, name), { recursive: true });
  // `dist` for the threads of audits, which the examples leave as they are
  for (const name of ['node_modules', 'dist']) symlinkSync(join(root, name), join(copy, name));
  blocks.forEach(lay);
  // other tests do not know of the examples
  const settings = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as { include: string[] };
  const include = [...settings.include.filter((name) => name !== 'test'), ...changed];
  writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify({ ...settings, include }));
});

it('every block of code has a path, and the lines in shared files are as many as the page says', () => {
  expect(blocks).toHaveLength(page.match(/^```(ts|diff)$/gm)?.length ?? 0);
  const shared = blocks.filter(({ path, kind }) => kind === 'diff' && existsSync(join(root, path)));
  const ofProcess = shared.filter(({ path }) => !path.startsWith('activities/tools/'));
  const lines = ofProcess.flatMap(({ text }) => text.match(/^\+/gm) ?? []).length;
  expect(page).toContain(`**${lines} lines in ${ofProcess.length} shared files**`);
});

it('it compiles', async () => {
  await run('tsc', '-p', 'tsconfig.json', '--noEmit');
});

it('it keeps the rules of the house', async () => {
  await run('eslint', '--max-warnings', '0', ...changed);
  await run('prettier', '--check', ...changed);
});

it('its own tests pass, and those of the contracts', async () => {
  const tests = files.filter((path) => path.endsWith('.test.ts'));
  expect(tests).toHaveLength(3);
  await run(
    'jest',
    '--runInBand',
    '--forceExit',
    ...tests,
    'test/unit/api/contract.test.ts',
    'test/unit/contracts/validators.test.ts',
  );
});
