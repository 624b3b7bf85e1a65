/** A kind of work in a category: its text with `{names}`, its duration, and its number on the day. */
export interface Template {
  text: string;
  minutes: readonly [least: number, most: number];
  times?: number;
}

export interface Row {
  category: string;
  estimated_minutes: number | string | null;
  text: string;
}

/** Random numbers by mulberry32: small, seeded, and the same everywhere. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Rows from templates: names filled in, minutes drawn in the steps that people use, mixed as over a day. */
export function drawRows(
  categories: Record<string, readonly Template[]>,
  names: Record<string, readonly string[]>,
  seed: number,
): Row[] {
  const next = random(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const rows: Row[] = [];
  for (const [category, templates] of Object.entries(categories))
    for (const { text, minutes, times = 1 } of templates)
      for (let count = 0; count < times; count += 1) {
        const [least, most] = minutes;
        const step = most > 20 ? 5 : most > 8 ? 1 : 0.5;
        rows.push({
          category,
          estimated_minutes: least + step * Math.floor(next() * ((most - least) / step + 1)),
          text: text.replace(/\{(\w+)\}/g, (_, name: string) => pick(names[name] ?? [name])),
        });
      }
  for (let at = rows.length - 1; at > 0; at -= 1) {
    const other = Math.floor(next() * (at + 1));
    [rows[at], rows[other]] = [rows[other]!, rows[at]!];
  }
  return rows;
}
