/**
 * Near-duplicate texts by MinHash and banding (Broder 1997). Each candidate is verified by its exact Jaccard
 * similarity, so that no group depends on the hash. Work grows with the number of texts, not with its square: a text is
 * compared with at most `CANDIDATES` leaders for each of its bands.
 */
export interface DuplicateGroup {
  /** positions in the given list; the first is the leader */
  members: number[];
  /** the least similarity of a member to the leader */
  least: number;
}

/** Two texts are near-duplicates from this Jaccard similarity of their content words. */
export const SIMILAR_FROM = 0.6;
/** taken out of `Math` once, because it is called millions of times */
const { imul } = Math;
const BANDS = 32;
const ROWS_PER_BAND = 3;
const CANDIDATES = 16;
/** Texts with fewer content words form a group only if all their words agree. */
const FEWEST_WORDS = 3;

export function groupNearDuplicates(texts: readonly ReadonlySet<string>[]): DuplicateGroup[] {
  const groups: { leader: ReadonlySet<string>; members: number[]; least: number }[] = [];
  const same = new Map<string, number>();
  const buckets = new Map<number, number[]>();
  texts.forEach((words, position) => {
    if (words.size === 0) return;
    const key = [...words].sort().join(' ');
    const known = same.get(key);
    if (known !== undefined) {
      groups[known]!.members.push(position);
      return;
    }
    const bands = words.size >= FEWEST_WORDS ? bandsOf(words) : [];
    const { group, similarity } = findClosest(words, bands, buckets, groups);
    if (group === undefined) {
      for (const band of bands) buckets.set(band, [...(buckets.get(band) ?? []), groups.length].slice(0, CANDIDATES));
      same.set(key, groups.length);
      groups.push({ leader: words, members: [position], least: 1 });
      return;
    }
    same.set(key, group);
    groups[group]!.members.push(position);
    groups[group]!.least = Math.min(groups[group]!.least, similarity);
  });
  return groups.filter(({ members }) => members.length > 1).map(({ members, least }) => ({ members, least }));
}

function findClosest(
  words: ReadonlySet<string>,
  bands: readonly number[],
  buckets: ReadonlyMap<number, readonly number[]>,
  groups: readonly { leader: ReadonlySet<string> }[],
): { group: number | undefined; similarity: number } {
  let group: number | undefined;
  let similarity = 0;
  const seen = new Set<number>();
  for (const band of bands)
    for (const candidate of buckets.get(band) ?? []) {
      if (seen.has(candidate)) continue;
      seen.add(candidate);
      const value = jaccard(words, groups[candidate]!.leader);
      if (value >= SIMILAR_FROM && (value > similarity || (value === similarity && candidate < group!))) {
        group = candidate;
        similarity = value;
      }
    }
  return { group, similarity };
}

export function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let both = 0;
  for (const word of small) if (large.has(word)) both += 1;
  const either = a.size + b.size - both;
  return either === 0 ? 0 : both / either;
}

function bandsOf(words: ReadonlySet<string>): number[] {
  const hashes = [...words].map(hash);
  const bands: number[] = [];
  for (let band = 0; band < BANDS; band += 1) {
    let key = imul(band + 1, 0x9e3779b1);
    for (let row = 0; row < ROWS_PER_BAND; row += 1) {
      const salt = imul(band * ROWS_PER_BAND + row + 1, 0x85ebca6b);
      let least = 0xffffffff;
      for (const value of hashes) {
        const mixed = mix(value ^ salt);
        if (mixed < least) least = mixed;
      }
      key = mix(key ^ least);
    }
    bands.push(key);
  }
  return bands;
}

/** FNV-1a over UTF-16 units. */
function hash(word: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) value = imul(value ^ word.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

/** Finaliser of MurmurHash3: spreads every bit. */
function mix(value: number): number {
  let mixed = imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
