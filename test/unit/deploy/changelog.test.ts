/** A release says what it brings, and whose open runs it can go on with. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../../../src/config';

const root = findProjectRoot();
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const [, ...releases] = readFileSync(join(root, 'CHANGELOG.md'), 'utf8').split(/^## /m);

it('the newest release in CHANGELOG.md is the version of the package', () => {
  expect(releases[0]?.split('\n')[0]).toBe(version);
});

it('every release says what it continues', () => {
  for (const release of releases) expect(release).toMatch(/^\*\*Continues:\*\* \S/m);
});
