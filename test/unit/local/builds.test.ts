import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markBuildInUse, publishBuild } from '../../../src/local/builds';

let root: string;
beforeEach(() => (root = realpathSync(mkdtempSync(join(tmpdir(), 'awe-builds-')))));
afterEach(() => rmSync(root, { recursive: true }));

/** A complete build. */
function build(name: string): string {
  const folder = join(root, '.builds', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'code.js'), name);
  return folder;
}

const age = (folder: string, hours: number) => {
  const at = new Date(Date.now() - hours * 3_600_000);
  utimesSync(folder, at, at);
};

describe('a new build', () => {
  it('takes the name dist, and what runs the one before still finds all of it', () => {
    const before = build('1');
    publishBuild(before, root);
    const running = realpathSync(join(root, 'dist'));
    publishBuild(build('2'), root);
    expect(readFileSync(join(root, 'dist', 'code.js'), 'utf8')).toBe('2');
    expect(readFileSync(join(running, 'code.js'), 'utf8')).toBe('1');
  });

  it('takes the place of a dist that is a folder', () => {
    mkdirSync(join(root, 'dist'));
    publishBuild(build('1'), root);
    expect(realpathSync(join(root, 'dist'))).toBe(join(root, '.builds', '1'));
  });

  it('removes those that nobody runs, after a while, and leaves those that somebody does', () => {
    const [used, dead, unused, fresh] = [build('used'), build('dead'), build('unused'), build('fresh')];
    markBuildInUse(used);
    mkdirSync(join(dead, '.users'));
    writeFileSync(join(dead, '.users', '7.json'), JSON.stringify({ pid: 7, startTime: 'of another process' }));
    for (const old of [used, dead, unused]) age(old, 2);
    publishBuild(build('new'), root);
    expect([used, dead, unused, fresh].map((folder) => existsSync(folder))).toEqual([true, false, false, true]);
  });
});

it('a build that is not among others, as in an image, is not marked', () => {
  markBuildInUse(root);
  expect(existsSync(join(root, '.users'))).toBe(false);
});
