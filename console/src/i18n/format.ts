import { useMemo } from 'react';
import { useLanguage, type Language } from './words';

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** Dates, numbers and amounts in the notation of a language. */
export function formatIn(language: Language) {
  const instant = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 6 });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  return {
    /** an instant, in the reader's time zone */
    instant: (iso: string | number) => instant.format(new Date(iso)),
    /** a day without a time, `2027-01-15` */
    day: (iso: string) => date.format(new Date(`${iso.slice(0, 10)}T00:00:00Z`)),
    /** `3 min ago`, `in 2 days` */
    ago(iso: string | number, now = Date.now()) {
      const seconds = (new Date(iso).getTime() - now) / 1_000;
      const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? (['second', 1] as const);
      return relative.format(Math.trunc(seconds / size), unit);
    },
    number: (value: number) => number.format(value),
    percent: (share: number) => percent.format(share),
    /** an amount; without a currency, where none is known, with two decimals at least */
    money: (value: number, currency?: string) =>
      new Intl.NumberFormat(
        language,
        currency === undefined
          ? { minimumFractionDigits: 2, maximumFractionDigits: 4 }
          : { style: 'currency', currency, maximumFractionDigits: 4 },
      ).format(value),
    /** between a thing and what is said of it */
    colon: language === 'fr' ? '\u00a0: ' : ': ',
    /** from milliseconds: `840 ms`, `2.4 s`, `3 min 20 s` */
    duration(milliseconds: number) {
      if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
      if (milliseconds < 60_000) return `${number.format(Math.round(milliseconds / 100) / 10)} s`;
      const minutes = Math.floor(milliseconds / 60_000);
      if (minutes < 60) return `${minutes} min ${Math.round((milliseconds % 60_000) / 1_000)} s`;
      return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
    },
    bytes(bytes: number) {
      const power = Math.min(3, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1_024)));
      const unit = ['byte', 'kilobyte', 'megabyte', 'gigabyte'][power];
      const format = {
        style: 'unit',
        unit,
        unitDisplay: power === 0 ? 'long' : 'short',
        maximumFractionDigits: 1,
      } as const;
      return new Intl.NumberFormat(language, format).format(bytes / 1_024 ** power);
    },
  };
}

export function useFormat() {
  const { language } = useLanguage();
  return useMemo(() => formatIn(language), [language]);
}
