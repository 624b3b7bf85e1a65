import type { Language } from '../../../schemas/language';
import type { DeliverableDocument, Scaled } from '../../../schemas/audit/deliverables';
import { type Format, formatIn, rowsInWords } from '../format';
import { sayIn, type Say } from '../language';
import type { WorkedRow } from '../normalise';
import { periodName } from '../scaling';
import { escapeText } from './markdown';

/** Tools with which every section of a report is written. */
export interface Page<Document extends DeliverableDocument = DeliverableDocument> {
  document: Document;
  /** rows of the input, if their texts are to be quoted */
  rows: readonly WorkedRow[];
  language: Language;
  say: Say;
  format: Format;
  /** money, or a dash if unknown */
  money(value: number | null): string;
  minutes(value: number | null): string;
  cite(rows: readonly number[], most?: number): string;
  /** text of a row, escaped and short */
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
    text: (row, most = 90) => escapeText(rows[row - 1]?.text ?? '', most),
    level: {
      as_given: document.scaling.rows_cover === 'day' ? say('per day', 'par jour') : say(`per ${per}`, `par ${per}`),
      per_period: say(`per ${per}`, `par ${per}`),
      per_year: say('per year', 'par an'),
    },
  };
}

/** Levels that differ: if the rows cover the period, or the period is a year, one of the two is enough. */
export function levelsOf({ document }: Page): (keyof Scaled)[] {
  const shown: (keyof Scaled)[] = ['as_given'];
  if (document.scaling.rows_cover === 'day' && document.period) shown.push('per_period');
  if (document.period && document.period.type !== 'yearly') shown.push('per_year');
  return shown;
}
