import type { CostDeliverable } from '../../schemas/audit/deliverables';
import type { WorkContext } from '../../schemas/audit/work-context';
import { type Analysis, bySize, numbersOf } from './analysis';
import { approximate, type Fraction, fraction, roundTo, times, toNumber } from './fraction';
import { MICROS } from './minutes';
import { factorsOf } from './scaling';

type Line = CostDeliverable['sensitivity'][number];

/** Yearly cost when one input changes and the others stay; empty if the yearly cost is unknown. */
export function sensitivityOf(analysis: Analysis): Line[] {
  const { context, work, rounding, say, format, categories } = analysis;
  const { rate } = rounding;
  if (!rate || !rounding.factors.per_year || work.total === 0n) return [];

  const cost = (micros: bigint, factor: Fraction) =>
    roundTo(times(times(fraction(micros, 60n * MICROS), rate), factor), rounding.decimals);
  const toYear = rounding.factors.per_year;
  const base = cost(work.total, toYear);
  const lines: (Line & { units: bigint })[] = [];
  const add = (input: string, change: string, rows: number[], low: bigint, high: bigint) => {
    const units = high - low;
    const amount = (value: bigint) => toNumber(value, rounding.decimals);
    if (units > 0n)
      lines.push({
        input,
        change,
        rows,
        yearly_cost_low: amount(low),
        yearly_cost_high: amount(high),
        swing: amount(units),
        units,
      });
  };
  /** Yearly cost in a changed context. */
  const costUnder = (changed: WorkContext) => {
    const factor = factorsOf(changed).per_year;
    return factor ? cost(work.total, factor) : base;
  };
  const tenth = say('± 10%', '± 10\u202f%');
  const moveByTenth = (micros: bigint): [bigint, bigint] => [
    cost(10n * work.total - micros, times(toYear, fraction(1n, 10n))),
    cost(10n * work.total + micros, times(toYear, fraction(1n, 10n))),
  ];

  add(say('Hourly rate', 'Taux horaire'), tenth, [], ...moveByTenth(work.total));
  const { period } = context;
  if (period && period.working_days > 1 && context.rows_cover !== 'period' && period.type !== 'daily') {
    const shift = (by: number): WorkContext => ({
      ...context,
      period: { ...period, working_days: period.working_days + by },
    });
    add(
      say('Working days in the period', 'Jours ouvrés de la période'),
      say('± 1 day', '± 1 jour'),
      [],
      costUnder(shift(-1)),
      costUnder(shift(1)),
    );
  }
  if (period && period.type !== 'yearly') {
    const [named, change, whole, part] =
      period.type === 'weekly'
        ? [say('Weeks of a year', 'Semaines de l’année'), say('46 instead of 52', '46 au lieu de 52'), 52n, 46n]
        : period.type === 'monthly'
          ? [say('Months of a year', 'Mois de l’année'), say('11 instead of 12', '11 au lieu de 12'), 12n, 11n]
          : [say('Working days of a year', 'Jours ouvrés de l’année'), say('10% fewer', '10\u202f% de moins'), 10n, 9n];
    add(named, change, [], cost(work.total, times(toYear, fraction(part, whole))), base);
  }
  for (const category of categories.slice(0, 3))
    add(
      say(`Minutes of the category ${category.name}`, `Minutes de la catégorie ${category.name}`),
      tenth,
      numbersOf(category.rows),
      ...moveByTenth(category.micros),
    );
  for (const row of [...work.counted].sort(bySize).slice(0, 3))
    add(
      say(`Minutes of row ${row.row}`, `Minutes de la ligne ${row.row}`),
      tenth,
      [row.row],
      ...moveByTenth(row.micros),
    );
  const aside = work.rows.filter(({ counted }) => !counted);
  if (aside.length > 0) {
    const mean = fraction(work.total, BigInt(work.counted.length));
    const minutes = format.number(approximate(times(mean, fraction(1n, MICROS)), 1));
    const more = times(mean, fraction(BigInt(aside.length)));
    add(
      say('Rows set aside', 'Lignes écartées'),
      say(
        `if each took the mean of the others, ${minutes} minutes`,
        `si chacune prenait la moyenne des autres, ${minutes} minutes`,
      ),
      numbersOf(aside),
      base,
      cost(work.total * more.d + more.n, times(toYear, fraction(1n, more.d))),
    );
  }
  return lines
    .sort((a, b) => (a.units === b.units ? 0 : a.units > b.units ? -1 : 1))
    .map(({ units: _, ...line }) => line);
}
