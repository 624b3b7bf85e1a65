import { editDistance } from '../../core/nearest';

/** Paths that are named where one is missing. */
const NAMED = 5;

/** Paths that are compared, and characters of each. */
const COMPARED = { paths: 1_000, characters: 200 };

/** The paths that are most like a missing one: another folder or another case first, then few other letters. */
export function nearestPaths(missing: string, paths: readonly string[]): string[] {
  const wanted = comparable(missing);
  const scored = paths.slice(0, COMPARED.paths).map((path) => {
    const candidate = comparable(path);
    const sameName = nameOf(candidate) === nameOf(wanted);
    return { path, distance: sameName ? 0 : editDistance(nameOf(wanted), nameOf(candidate)) + 1 };
  });
  return scored
    .sort((a, b) => a.distance - b.distance || (a.path < b.path ? -1 : 1))
    .slice(0, NAMED)
    .map(({ path }) => path);
}

const comparable = (path: string): string => path.toLowerCase().slice(-COMPARED.characters);

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
