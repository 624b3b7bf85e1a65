import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { findBuild } from '../../../src/config';

it('a child that reads loads no code that asks models or checks contracts: each file would pay for it', () => {
  const jobs = join(findBuild(), 'src', 'reading', 'child', 'jobs.js');
  const script = 'require(process.argv[1]); console.log(Object.keys(require.cache).join("\\n"))';
  const loaded = execFileSync(process.execPath, ['-e', script, jobs], { encoding: 'utf8' }).trim().split('\n');
  expect(loaded.filter((path) => /node_modules\/ajv\/|\/src\/(contracts|llm|temporal|redis)\//.test(path))).toEqual([]);
});
