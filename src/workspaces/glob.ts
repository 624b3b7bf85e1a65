/** Alternatives of `{a,b}` in a pattern, in all. */
const ALTERNATIVES = 64;

/**
 * A test of paths against a pattern: `*` and `?` within a name, `**` for any folders, `[a-z]`, `[!a-z]`, `{a,b}`. A
 * pattern without `/` is held against the name alone, in whatever folder. Time grows with the product of both lengths.
 */
export function globOf(pattern: string): (path: string) => boolean {
  const patterns = alternatives(pattern.normalize('NFC')).map((one) => one.split('/'));
  return (path) => {
    const segments = path.split('/');
    return patterns.some((one) =>
      one.length === 1 && one[0] !== '**'
        ? matchesName(one[0] ?? '', segments.at(-1) ?? '')
        : matchesPath(one, segments),
    );
  };
}

/** The patterns that a pattern with braces stands for; braces that do not close, or give too many, are letters. */
function alternatives(pattern: string): string[] {
  const found = [pattern];
  for (;;) {
    const at = found.findIndex((one) => BRACES.test(one));
    if (at < 0) return found;
    const one = found[at] ?? '';
    const [, before = '', inner = '', after = ''] = BRACES.exec(one) ?? [];
    const choices = inner.split(',');
    if (found.length + choices.length > ALTERNATIVES) return [pattern];
    found.splice(at, 1, ...choices.map((choice) => `${before}${choice}${after}`));
  }
}

const BRACES = /^([^{}]*)\{([^{}]*,[^{}]*)\}(.*)$/s;

/** Greedy, going back to the last `**` alone: where that fails, an earlier one cannot help. */
function matchesPath(pattern: readonly string[], path: readonly string[]): boolean {
  return matchesWithStars(
    pattern,
    path,
    (one) => one === '**',
    (one, segment) => matchesName(one, segment),
  );
}

/** Tokens of a name's pattern: `*`, `?`, a class, or a letter. */
const TOKEN = /\*+|\[[!^]?[^\]]+\]|[\s\S]/gu;

function matchesName(pattern: string, name: string): boolean {
  return matchesWithStars(
    pattern.match(TOKEN) ?? [],
    [...name],
    (token) => token.startsWith('*'),
    (token, letter) =>
      token === '?' || (token.length > 2 && token.startsWith('[') ? inClass(token, letter) : token === letter),
  );
}

function matchesWithStars<T>(
  pattern: readonly T[],
  given: readonly string[],
  isStar: (one: T) => boolean,
  fits: (one: T, part: string) => boolean,
): boolean {
  let [at, star, taken] = [0, -1, 0];
  for (let i = 0; i < given.length;) {
    const one = pattern[at];
    if (at < pattern.length && isStar(one as T)) {
      [star, taken] = [at, i];
      at += 1;
    } else if (at < pattern.length && fits(one as T, given[i] ?? '')) {
      at += 1;
      i += 1;
    } else if (star >= 0) {
      taken += 1;
      [at, i] = [star + 1, taken];
    } else return false;
  }
  return pattern.slice(at).every(isStar);
}

/** A letter against `[a-z]`, or `[!a-z]`. */
function inClass(token: string, letter: string): boolean {
  const negated = /^\[[!^]/.test(token);
  const letters = [...token.slice(negated ? 2 : 1, -1)];
  for (let i = 0; i < letters.length; i++) {
    const [from = '', to = from] =
      letters[i + 1] === '-' && letters[i + 2] !== undefined ? [letters[i], letters[i + 2]] : [letters[i]];
    if (letter >= from && letter <= to) return !negated;
    if (to !== from) i += 2;
  }
  return negated;
}
