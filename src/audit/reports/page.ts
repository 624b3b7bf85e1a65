import type { DeliverableDocument, Scaled } from '../../../schemas/audit/deliverables';
import { type Format, formatIn, rowsInWords } from '../format';
import { sayIn, type Language, type Say } from '../language';
import type { WorkedRow } from '../normalise';
import { periodName } from '../scaling';
import { plain } from './markdown';

/** What every section of a report writes with. */
export interface Page<Document extends DeliverableDocument = DeliverableDocument> {
  document: Document;
  /** the rows of the input, where their texts are to be quoted */
  rows: readonly WorkedRow[];
  language: Language;
  say: Say;
  format: Format;
  /** money, or a dash where it is unknown */
  money(value: number | null): string;
  minutes(value: number | null): string;
  cite(rows: readonly number[], most?: number): string;
  /** the text of a row, safe and short */
  text(row: number, most?: number): string;
  /** names of the three levels: `per day`, `per month`, `per year` */
  level: Record<keyof Scaled, string>;
}

export function openPage<Document extends DeliverableDocument>(
  document: Document,
  rows: readonly WorkedRow[],
): Page<Document> {
  const { language, currency, period } = document;
  const say = sayIn(language);
  const format = formatIn(language);
  const per = period ? periodName(period.type, language) : say('period', 'période');
  return {
    document,
    rows,
    language,
    say,
    format,
    money: (value) => (value === null ? '–' : format.money(value, currency)),
    minutes: (value) => (value === null ? '–' : format.number(value)),
    cite: (cited, most) => rowsInWords(cited, language, most),
    text: (row, most = 90) => plain(rows[row - 1]?.text ?? '', most),
    level: {
      as_given: document.scaling.rows_cover === 'day' ? say('per day', 'par jour') : say(`per ${per}`, `par ${per}`),
      per_period: say(`per ${per}`, `par ${per}`),
      per_year: say('per year', 'par an'),
    },
  };
}

/** The levels that tell something new: where the rows are the period, or the period a year, one of them is enough. */
export function levelsOf({ document }: Page): (keyof Scaled)[] {
  const shown: (keyof Scaled)[] = ['as_given'];
  if (document.scaling.rows_cover === 'day' && document.period) shown.push('per_period');
  if (document.period && document.period.type !== 'yearly') shown.push('per_year');
  return shown;
}
