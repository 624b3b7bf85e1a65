import type { Lever } from '../../schemas/audit/deliverables';
import { fraction, type Fraction, times } from './fraction';
import { type Driver, type DriverId, drivers, effortHours, leverOrder, LONGEST_PAYBACK_MONTHS } from './levers';
import { MICROS } from './minutes';
import type { WorkedRow } from './normalise';

/** A row that a lever changes, with the driver; if several drivers apply, the one that saves most. */
export interface Touch {
  row: WorkedRow;
  driver: Driver;
}

/** A lever and the rows that it changes. */
export interface Option {
  lever: Lever;
  touches: Touch[];
  hours: number;
}

/** The combined plan: every row belongs to at most one step, so that nothing is saved twice. */
export interface CombinedPlan {
  steps: Option[];
  /** levers that do not pay back in time on the rows that earlier steps leave */
  leftOut: { lever: Lever; because: 'too_slow' | 'covered' }[];
}

/** Least on which advice rests: rows, and their part of all minutes in per cent. Evidence below it is thin. */
export const LEAST_EVIDENCE = { rows: 3, percent: 2 };

export function isThin(touches: readonly Touch[], total: bigint): boolean {
  const micros = touches.reduce((sum, { row }) => sum + row.micros, 0n);
  const rows = touches.filter(({ row }) => row.micros > 0n).length;
  return rows < LEAST_EVIDENCE.rows || micros * 100n < total * BigInt(LEAST_EVIDENCE.percent);
}

export type Bound = 'low' | 'likely' | 'high';
export const bounds: readonly Bound[] = ['low', 'likely', 'high'];

/** Saved millionths of a minute, times a hundred so that percentages stay whole numbers. */
export function savedWeight(touches: readonly Touch[], bound: Bound): bigint {
  return touches.reduce((sum, { row, driver }) => sum + row.micros * BigInt(driver[bound]), 0n);
}

/** Every lever with the rows that call for it, regardless of other levers. */
export function optionsFrom(
  rowsOf: ReadonlyMap<DriverId, readonly WorkedRow[]>,
  activity: (row: WorkedRow) => string,
): Option[] {
  return leverOrder.map((lever) => {
    const byRow = new Map<number, Touch>();
    for (const driver of drivers.filter((candidate) => candidate.lever === lever))
      for (const row of rowsOf.get(driver.id) ?? []) {
        const known = byRow.get(row.row);
        if (!known || known.driver.likely < driver.likely) byRow.set(row.row, { row, driver });
      }
    const touches = [...byRow.values()].sort((a, b) => a.row.row - b.row.row);
    return { lever, touches, hours: hoursFor(lever, touches, activity) };
  });
}

function hoursFor(lever: Lever, touches: readonly Touch[], activity: (row: WorkedRow) => string): number {
  if (touches.length === 0) return 0;
  const { base, each } = effortHours[lever];
  return base + each * new Set(touches.map(({ row }) => activity(row))).size;
}

/**
 * Assigns every row to the lever that saves most of it. Levers that would not pay back in time are dropped, slowest
 * first, and their rows go to the next best lever. The step that gains most in a year after its cost comes first; steps
 * that rest on thin evidence come last.
 */
export function combine(
  options: readonly Option[],
  toYear: Fraction | undefined,
  activity: (row: WorkedRow) => string,
  total: bigint,
): CombinedPlan {
  const useful = options.filter(({ touches }) => savedWeight(touches, 'likely') > 0n);
  const open = new Set(useful);
  const leftOut: CombinedPlan['leftOut'] = [];
  for (;;) {
    const steps = assign([...open], activity).sort((a, b) =>
      paysBackSooner(a, b) ? -1 : paysBackSooner(b, a) ? 1 : 0,
    );
    const slowest = steps.at(-1);
    const months = slowest ? paybackMonths(slowest.hours, savedWeight(slowest.touches, 'likely'), toYear) : null;
    if (months !== null && months > LONGEST_PAYBACK_MONTHS) {
      open.delete(useful.find(({ lever }) => lever === slowest!.lever)!);
      leftOut.push({ lever: slowest!.lever, because: 'too_slow' });
      continue;
    }
    const covered = [...open].filter(({ lever }) => !steps.some((step) => step.lever === lever));
    const rank = (step: Option) => ({ thin: isThin(step.touches, total), gain: gainOf(step, toYear) });
    const ranked = steps
      .map((step) => ({ step, ...rank(step) }))
      .sort((a, b) => Number(a.thin) - Number(b.thin) || (a.gain === b.gain ? 0 : a.gain > b.gain ? -1 : 1))
      .map(({ step }) => step);
    return {
      steps: ranked,
      leftOut: [...leftOut, ...covered.map(({ lever }) => ({ lever, because: 'covered' as const }))],
    };
  }
}

/** Assigns each row to the lever that likely saves most of it; of equals, to the first. */
function assign(options: readonly Option[], activity: (row: WorkedRow) => string): Option[] {
  const best = new Map<number, Touch>();
  for (const { touches } of options)
    for (const touch of touches) {
      const known = best.get(touch.row.row);
      if (!known || known.driver.likely < touch.driver.likely) best.set(touch.row.row, touch);
    }
  return options
    .map(({ lever, touches }) => ({ lever, touches: touches.filter((touch) => best.get(touch.row.row) === touch) }))
    .map(({ lever, touches }) => ({ lever, touches, hours: hoursFor(lever, touches, activity) }))
    .filter(({ touches }) => savedWeight(touches, 'likely') > 0n);
}

/** Gain of an option's first year less its effort, in a unit that all options share; without a year, its saving. */
function gainOf({ touches, hours }: Option, toYear: Fraction | undefined): bigint {
  const saved = savedWeight(touches, 'likely');
  return toYear ? saved * toYear.n - BigInt(hours) * 60n * 100n * MICROS * toYear.d : saved;
}

/** Whether an option takes less effort per saved minute than another. An option that saves nothing comes last. */
function paysBackSooner(a: Option, b: Option): boolean {
  const [savedA, savedB] = [savedWeight(a.touches, 'likely'), savedWeight(b.touches, 'likely')];
  if (savedA === 0n || savedB === 0n) return savedA > savedB;
  return BigInt(a.hours) * savedB < BigInt(b.hours) * savedA;
}

/**
 * Months until the effort is earned back: hours ÷ hours saved per month, rounded up to a tenth. Effort and saving are
 * paid at the same rate, so the rate cancels out. `weight` is a result of `savedWeight`.
 */
export function paybackMonths(hours: number, weight: bigint, toYear: Fraction | undefined): number | null {
  if (!toYear || weight <= 0n) return null;
  const savedHoursAMonth = times(toYear, fraction(weight, 100n * MICROS * 60n * 12n));
  const tenths = (10n * BigInt(hours) * savedHoursAMonth.d + savedHoursAMonth.n - 1n) / savedHoursAMonth.n;
  return Number(tenths) / 10;
}
