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
 * Assigns every row to the lever that saves most of it, and orders the levers by pay-back. Levers that would not pay
 * back in time are dropped, slowest first, and their rows go to the next best lever.
 */
export function combine(
  options: readonly Option[],
  toYear: Fraction | undefined,
  activity: (row: WorkedRow) => string,
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
    return { steps, leftOut: [...leftOut, ...covered.map(({ lever }) => ({ lever, because: 'covered' as const }))] };
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
