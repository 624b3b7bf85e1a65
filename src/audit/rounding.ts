import type { Figures, Scaled } from '../../schemas/audit/deliverables';
import type { WorkContext } from '../../schemas/audit/work-context';
import { apportion } from './apportion';
import { decimalsOf } from './currency';
import { exactly, type Fraction, fraction, roundTo, times, toNumber } from './fraction';
import { MICROS } from './minutes';
import { type Factors, factorsOf, type Level, levels } from './scaling';

/**
 * Turns exact minutes into figures. Each figure is computed from the rows' minutes and rounded once, a half up; the
 * parts of a whole are apportioned, so that they add up to it to the last unit.
 */
export interface Rounding {
  factors: Factors;
  rate: Fraction | undefined;
  currency: string;
  decimals: number;
  /** figures of `weight / per` millionths of a minute */
  figures(weight: bigint, per?: bigint): Figures;
  /** figures of parts, which add up to the figures of their sum */
  spread(weights: readonly bigint[], per?: bigint): Figures[];
  /** figures of the members of each part, which add up to the part and so to the whole */
  nest(parts: readonly (readonly bigint[])[]): Figures[][];
  /** costs of hours of work, in parts that add up */
  hours(hours: readonly number[]): (number | null)[];
  /** exact difference of two amounts of money; null if one is unknown */
  difference(from: number | null, take: number | null): number | null;
}

const MINUTE_DECIMALS = 6;
type Unit = { decimals: number; factor: Fraction } | undefined;
interface Units {
  minutes: Record<Level, Unit>;
  cost: Record<Level, Unit>;
}

export function roundingOf(context: WorkContext): Rounding {
  const factors = factorsOf(context);
  const currency = context.currency ?? 'EUR';
  const decimals = decimalsOf(currency);
  const rate = context.hourly_rate === undefined ? undefined : exactly(context.hourly_rate);
  const perMicro = rate && times(rate, fraction(1n, 60n * MICROS));
  const units = unitsOf(factors, perMicro, decimals);
  const sums = (weight: bigint, per = 1n) =>
    each(units, (unit) => roundTo(times(unit.factor, fraction(weight, per)), unit.decimals));
  const figures = (weight: bigint, per = 1n) =>
    each(units, (unit) => numberOf(roundTo(times(unit.factor, fraction(weight, per)), unit.decimals), unit));

  /** Parts of a given whole, unit by unit. */
  const split = (whole: Shape<bigint>, weights: readonly bigint[], per: bigint): Shape<bigint>[] => {
    const columns = each(units, (unit, kind, level) =>
      apportion(whole[kind][level] ?? 0n, weights, unit.factor.n * 10n ** BigInt(unit.decimals), unit.factor.d * per),
    );
    return weights.map((_, index) => each(units, (_unit, kind, level) => columns[kind][level]?.[index] ?? 0n));
  };
  const numbers = (shape: Shape<bigint>): Figures =>
    each(units, (unit, kind, level) => numberOf(shape[kind][level] ?? 0n, unit));
  const total = (weights: readonly bigint[]) => weights.reduce((a, b) => a + b, 0n);

  return {
    factors,
    rate,
    currency,
    decimals,
    figures,
    spread: (weights, per = 1n) => split(sums(total(weights), per), weights, per).map(numbers),
    nest(parts) {
      const wholes = parts.map(total);
      const shapes = split(sums(total(wholes)), wholes, 1n);
      return parts.map((members, index) => split(shapes[index]!, members, 1n).map(numbers));
    },
    hours(hours) {
      if (!rate) return hours.map(() => null);
      const whole = hours.reduce((a, b) => a + b, 0);
      const sum = roundTo(times(rate, fraction(BigInt(whole))), decimals);
      const parts = apportion(sum, hours.map(BigInt), rate.n * 10n ** BigInt(decimals), rate.d);
      return parts.map((part) => toNumber(part, decimals));
    },
    difference(from, take) {
      if (from === null || take === null) return null;
      const unitsOf = (amount: number) => roundTo(exactly(amount)!, decimals);
      return toNumber(unitsOf(from) - unitsOf(take), decimals);
    },
  };
}

type Shape<T> = { minutes: Record<Level, T | null>; cost: Record<Level, T | null> };

function each<T>(units: Units, make: (unit: NonNullable<Unit>, kind: keyof Units, level: Level) => T): Shape<T> {
  const of = (kind: keyof Units) =>
    Object.fromEntries(
      levels.map((level) => {
        const unit = units[kind][level];
        return [level, unit ? make(unit, kind, level) : null];
      }),
    ) as Record<Level, T | null>;
  return { minutes: of('minutes'), cost: of('cost') };
}

function unitsOf(factors: Factors, perMicro: Fraction | undefined, decimals: number): Units {
  const of = (make: (factor: Fraction) => Unit) =>
    Object.fromEntries(levels.map((level) => [level, factors[level] && make(factors[level])])) as Record<Level, Unit>;
  return {
    minutes: of((factor) => ({ decimals: MINUTE_DECIMALS, factor: times(factor, fraction(1n, MICROS)) })),
    cost: of((factor) => perMicro && { decimals, factor: times(factor, perMicro) }),
  };
}

function numberOf(units: bigint, unit: NonNullable<Unit>): number {
  return toNumber(units, unit.decimals);
}

/** Figures when nothing is known. */
export function unknownFigures(): Figures {
  const nothing = (): Scaled => ({ as_given: null, per_period: null, per_year: null });
  return { minutes: nothing(), cost: nothing() };
}
