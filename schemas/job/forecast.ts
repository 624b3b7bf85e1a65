import { Type, type Static } from 'typebox';
import { nullable } from '../json';

/** Source of a figure: past runs of its tools, or of this very plan. `unknown`: a part is not known, so that there is no upper end. */
export const forecastSources = ['price list', 'past runs', 'past runs of this plan', 'unknown'] as const;
export type ForecastSource = (typeof forecastSources)[number];

const figure = (description: string) =>
  Type.Unsafe<number | null>({ ...nullable(Type.Number({ minimum: 0 })), description });

/** A figure before it is spent. Null is not known; it is never 0 for want of knowledge. */
export const ForecastRange = Type.Object(
  {
    low: figure('at least: the parts that are known'),
    likely: figure('null where a part is not known'),
    high: figure('null where a part is not known'),
    from: Type.Unsafe<ForecastSource>({ enum: forecastSources }),
    runs: Type.Integer({
      minimum: 0,
      description: 'past runs that it rests on: of the tool or agent with the fewest, if it has several',
    }),
    unknown: Type.Array(Type.String(), { description: 'tools and agents of which it is not known' }),
  },
  { $id: 'ForecastRange', additionalProperties: false },
);
export type ForecastRange = Static<typeof ForecastRange>;

/** Money in one currency. */
export const MoneyForecast = Type.Object(
  { ...ForecastRange.properties, currency: Type.Unsafe<string | null>(nullable(Type.String())) },
  { $id: 'MoneyForecast', additionalProperties: false },
);
export type MoneyForecast = Static<typeof MoneyForecast>;

/** What a plan will take. */
export const Forecast = Type.Object(
  {
    time_ms: Type.Unsafe<ForecastRange>({ ...ForecastRange, $id: undefined, description: 'without waits for people' }),
    tokens: Type.Unsafe<ForecastRange>({ ...ForecastRange, $id: undefined }),
    money: Type.Array(MoneyForecast, {
      description: 'one entry for each currency; one without currency if none is known',
    }),
    waits_for_people: Type.Integer({ minimum: 0, description: 'approval steps' }),
  },
  { $id: 'Forecast', additionalProperties: false },
);
export type Forecast = Static<typeof Forecast>;

/** A figure of past runs, for one call. */
export interface PastRange {
  low: number;
  likely: number;
  high: number;
}

/** Figures of past runs, by the names of tools and agents, and of how many runs. A member that is left out is not known. */
export interface PastFigures {
  [tool: string]: { runs: number; time_ms?: PastRange; tokens?: PastRange; money?: PastRange & { currency: string } };
}

/** Figures of whole runs of one plan; the time without waits for people. */
export interface PastPlan {
  runs: number;
  time_ms: PastRange;
  tokens?: PastRange;
}
