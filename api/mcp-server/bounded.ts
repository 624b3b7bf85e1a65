import type { Json } from '../../schemas/json';

/** A value that fits, and whether something was left out for that. */
export interface Bounded {
  value: Json;
  cut: boolean;
}

/** Characters of a text and entries of a list that are shown, the most generous first. */
const STEPS = [
  { text: 8_000, list: 200 },
  { text: 4_000, list: 100 },
  { text: 1_000, list: 50 },
  { text: 400, list: 20 },
  { text: 200, list: 8 },
  { text: 200, list: 3 },
] as const;

/** Levels that are shown. */
const DEEPEST = 24;

/** Members that are of no use in part. */
const WHOLE: ReadonlySet<string> = new Set(['next_cursor', 'digest']);

/** Leaves out parts of long texts and lists until a value has at most `most` characters as JSON. */
export function bounded(given: unknown, most: number): Bounded {
  const plain = (given === undefined ? null : JSON.parse(JSON.stringify(given))) as Json;
  for (const step of STEPS) {
    let cut = false;
    const shorten = (value: Json, depth: number): Json => {
      if (typeof value === 'string') {
        if (value.length <= step.text) return value;
        cut = true;
        return `${value.slice(0, step.text).toWellFormed()}… (${value.length - step.text} more characters)`;
      }
      if (typeof value !== 'object' || value === null) return value;
      if (depth > DEEPEST) {
        cut = true;
        return '… (deeper levels)';
      }
      if (!Array.isArray(value)) {
        const members = Object.entries(value);
        const shown = members
          .slice(0, step.list * 2)
          .map(([name, member]): [string, Json] => [name, WHOLE.has(name) ? member : shorten(member, depth + 1)]);
        if (shown.length === members.length) return Object.fromEntries(shown);
        cut = true;
        return Object.fromEntries([...shown, ['…', `${members.length - shown.length} more`]]);
      }
      const shown = value.slice(0, step.list).map((entry) => shorten(entry, depth + 1));
      if (shown.length === value.length) return shown;
      cut = true;
      return [...shown, `… (${value.length - shown.length} more)`];
    };
    const value = shorten(plain, 0);
    if (JSON.stringify(value).length <= most) return { value, cut };
  }
  return { value: `… (${JSON.stringify(plain).length} characters of JSON)`, cut: true };
}
