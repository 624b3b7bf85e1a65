import { parseDuration } from '../../core/plan/duration';
import type { Forecast } from '../../schemas/job/forecast';
import type { EffectCount } from '../../schemas/job/touches';
import type { PolicyLimits } from '../../schemas/policy';

/** What a plan will take, as limits bound it. */
export interface Demand {
  steps: number;
  forecast: Forecast;
  /** changes outside the workspace */
  effects: EffectCount;
}

/** A limit that a plan will exceed, or may. */
export interface LimitFinding {
  limit: 'steps' | 'time' | 'tokens' | 'money' | 'effects';
  /** true: it cannot fit, and is not to be started */
  certain: boolean;
  message: string;
}

/** The limits that a plan exceeds, and those that it may: what is not known may be too much. */
export function limitFindings(limits: PolicyLimits, { steps, forecast, effects }: Demand): LimitFinding[] {
  const { money } = limits;
  const time = parseDuration(limits.time);
  const inCurrency = forecast.money.find(({ currency }) => currency === (money?.currency ?? null));
  const other = forecast.money.filter((one) => one !== inCurrency);
  return [
    ...held('steps', limits.steps, steps, steps, ''),
    ...held('time', time, forecast.time_ms.low, forecast.time_ms.high, ' ms'),
    ...held('tokens', limits.tokens, forecast.tokens.low, forecast.tokens.high, ''),
    ...held('effects', limits.effects, effects.least, effects.most, ''),
    ...(money
      ? held(
          'money',
          money.amount,
          inCurrency?.low ?? 0,
          other.length > 0 ? null : (inCurrency?.high ?? 0),
          ` ${money.currency}`,
        )
      : []),
  ];
}

/** `least` and `most` are null where they are not known. */
function held(
  limit: LimitFinding['limit'],
  bound: number | undefined,
  least: number | null,
  most: number | null,
  unit: string,
): LimitFinding[] {
  if (bound === undefined || (most !== null && most <= bound)) return [];
  const certain = least !== null && least > bound;
  const wanted = certain
    ? `at least ${least}${unit}`
    : most === null
      ? 'an amount that is not known'
      : `up to ${most}${unit}`;
  return [{ limit, certain, message: `the plan takes ${wanted}, and the policy allows ${bound}${unit} (${limit})` }];
}
