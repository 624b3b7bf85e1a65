import type { HeaderBlock } from './types';
import type { Profile } from './profile';
import type { Figures } from './witness';
import type { Calendar } from './day-labels';
import type { Score } from './scores';
import type { Sense } from './lexicon/headings/sense';
import { scoreOf } from './lexicon/match';

export interface Draft {
  header?: HeaderBlock;
  columns: readonly number[];
  profiles: ReadonlyMap<number, Profile>;
  figures: Figures;
  hiddenColumns: ReadonlySet<number>;
  /** column of price bases */
  base?: number;
  calendar?: Calendar;
}

export interface Triple {
  quantity?: Score;
  price?: Score;
  amount?: Score;
  /** column of percentages by which alone a table without headings multiplies */
  discount?: Score;
  witness: number;
  total: number;
  /** the columns that the headings name, where the arithmetic has chosen others */
  headed?: Triple;
}

export const senseOf = (header: HeaderBlock | undefined, column: number, sense: Sense): number => {
  const meaning = header?.headings.get(column)?.meaning;
  return meaning ? scoreOf(meaning, sense) : 0;
};
