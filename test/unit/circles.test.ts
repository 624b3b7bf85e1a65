/** Files import one another without circles, types included: whoever reads one finds what it stands on below it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { preProcessFile } from 'typescript';
import { findProjectRoot } from '../../src/config';

const root = findProjectRoot();
const folders = ['schemas', 'core', 'workflows', 'activities', 'workers', 'api', 'src', 'cli', 'sdk'];

const files = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(root, folder, name)),
);

const importsOf = (file: string): string[] =>
  preProcessFile(readFileSync(file, 'utf8'))
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .flatMap(({ fileName }) => {
      const base = join(dirname(file), fileName);
      return [`${base}.ts`, join(base, 'index.ts')].filter((path) => existsSync(path)).slice(0, 1);
    });

/** Files that are left when those that import nothing that is left are taken away, again and again. */
function inCircles(graph: Map<string, string[]>): string[] {
  const left = new Map(graph);
  for (let before = -1; before !== left.size;) {
    before = left.size;
    for (const [file, imported] of left) if (!imported.some((one) => left.has(one))) left.delete(file);
  }
  return [...left.keys()];
}

it('no files import one another in a circle', () => {
  const graph = new Map(files.map((file) => [file, importsOf(file)]));
  expect(graph.size).toBeGreaterThan(500);
  const importers = new Map<string, string[]>();
  for (const [file, imported] of graph)
    for (const one of imported) importers.set(one, [...(importers.get(one) ?? []), file]);
  // and those that only import what is in a circle
  const both = inCircles(graph).filter((file) => new Set(inCircles(importers)).has(file));
  expect(both.map((file) => relative(root, file))).toEqual([]);
});
