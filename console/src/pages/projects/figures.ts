import type { Figures, Scaled } from '../../../../schemas/audit/deliverables';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { words } from './words';

/** Figures of deliverables in words: money in the document's currency, shares in per cent, null as unknown. */
export function useFigures(currency: string) {
  const w = useWords(words);
  const format = useFormat();
  const known = <T>(value: T | null | undefined, say: (value: T) => string) =>
    value === null || value === undefined ? w.unknown : say(value);
  return {
    money: (value: number | null | undefined) => known(value, (sum) => format.money(sum, currency)),
    minutes: (value: number | null | undefined) => known(value, (minutes) => `${format.number(minutes)} min`),
    number: (value: number | null | undefined) => known(value, format.number),
    /** from per cent */
    share: (value: number) => format.percent(value / 100),
    colon: format.colon,
    months: (value: number | null | undefined) => known(value, (months) => w.months(format.number(months))),
  };
}

/** The widest view that the input allows: the year, else the period, else the rows as given. */
export const widest = ({ per_year, per_period, as_given }: Scaled): number | null => per_year ?? per_period ?? as_given;

/** What bars are drawn of: money where it is known, else minutes. */
export const weightOf = ({ cost, minutes }: Figures): number => widest(cost) ?? widest(minutes) ?? 0;
