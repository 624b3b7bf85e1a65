import { groupNearDuplicates } from './near-duplicates';
import type { WorkedRow } from './normalise';
import { contentWords, type Word } from './words';

/** Rows with nearly the same text. One is kept; the others repeat it. */
export interface Repetition {
  id: string;
  rows: WorkedRow[];
  kept: WorkedRow;
  /** rows with the text of another row of the group, word for word */
  duplicates: WorkedRow[];
  /** rows with nearly the text of another row */
  repeated: WorkedRow[];
  least: number;
}

export interface Text {
  row: WorkedRow;
  words: readonly Word[];
}

/** Finds groups of near-duplicates, those with the most repeated minutes first. */
export function findRepetitions(texts: readonly Text[]): Repetition[] {
  const groups = groupNearDuplicates(texts.map(({ words }) => contentWords(words)));
  const found = groups.map(({ members, least }) => {
    const same = members.map((position) => texts[position]!);
    const ranked = [...same].sort((a, b) =>
      a.row.micros === b.row.micros ? a.row.row - b.row.row : a.row.micros > b.row.micros ? -1 : 1,
    );
    const seen = new Set<string>();
    const duplicates: WorkedRow[] = [];
    const repeated: WorkedRow[] = [];
    ranked.forEach(({ row, words }, rank) => {
      const key = words.map(({ folded }) => folded).join(' ');
      if (seen.has(key)) duplicates.push(row);
      else if (rank > 0) repeated.push(row);
      seen.add(key);
    });
    return { rows: same.map(({ row }) => row), kept: ranked[0]!.row, duplicates, repeated, least };
  });
  const repeatedMicros = (group: { duplicates: WorkedRow[]; repeated: WorkedRow[] }) =>
    [...group.duplicates, ...group.repeated].reduce((sum, row) => sum + row.micros, 0n);
  return found
    .map((group) => ({ group, minutes: repeatedMicros(group) }))
    .sort((a, b) =>
      a.minutes === b.minutes ? a.group.rows[0]!.row - b.group.rows[0]!.row : a.minutes > b.minutes ? -1 : 1,
    )
    .map(({ group }, index) => ({ id: `G${index + 1}`, ...group }));
}
