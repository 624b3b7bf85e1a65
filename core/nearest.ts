/** The candidate that a mistyped name most likely means; undefined where none is near. */
export function findNearest(name: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let most = Math.max(2, Math.floor(name.length / 4));
  for (const candidate of candidates) {
    const distance = editDistance(name, candidate, most);
    if (distance > most) continue;
    best = candidate;
    // the first of those that are equally near
    most = distance - 1;
  }
  return best;
}

/** The Levenshtein distance; something above `most` where it is more than that. */
export function editDistance(a: string, b: string, most = Infinity): number {
  const longer = Math.abs(a.length - b.length);
  if (longer > most) return longer;
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const distance = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substitution);
      least = Math.min(least, distance);
      current.push(distance);
    }
    if (least > most) return least;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
