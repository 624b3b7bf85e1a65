/**
 * Whether a whole text fits a pattern: `*` is any letters or none, `?` is one letter, all else is itself. Its time grows
 * with the lengths multiplied, whatever the pattern: it goes back to the last `*` alone.
 */
export function fitsGlob(text: string, pattern: string): boolean {
  let [at, want, star, resume] = [0, 0, -1, 0];
  while (at < text.length) {
    const letter = pattern.charAt(want);
    if (letter === '*') {
      star = want++;
      resume = at;
    } else if (letter !== '' && (letter === '?' || letter === text.charAt(at))) {
      at += 1;
      want += 1;
    } else if (star >= 0) {
      want = star + 1;
      at = ++resume;
    } else return false;
  }
  while (pattern.charAt(want) === '*') want += 1;
  return want === pattern.length;
}
