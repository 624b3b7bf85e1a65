import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initProject } from '../../../cli/commands/init';
import { findProjectRoot } from '../../../src/config';

let dir: string;
beforeAll(() => void (dir = mkdtempSync(join(tmpdir(), 'awe-init-'))));
afterAll(() => rmSync(dir, { recursive: true }));

it('a new project depends on this installation, and is made once', async () => {
  const project = join(dir, 'My Flows');
  expect(await initProject(project)).toEqual(
    expect.arrayContaining(['package.json', 'tsconfig.json', 'tools/hello.ts', 'tools/hello.test.ts', 'README.md']),
  );
  const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  expect(manifest).toMatchObject({ name: 'my-flows', dependencies: { awe: expect.stringMatching(/^file:/) } });
  expect(join(project, manifest.dependencies.awe.slice('file:'.length))).toBe(findProjectRoot());
  await expect(initProject(project)).rejects.toThrow(/is not empty/);
});
