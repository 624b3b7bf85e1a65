import type { CompleteSpec } from '../../core/worst-case';
import type { ForecastRange, ForecastSource, PastFigures, PastRange } from '../../schemas/job/forecast';

/** A figure of one step; undefined members are not known. */
export interface Figure {
  low?: number;
  likely?: number;
  high?: number;
  /** undefined: known from the plan itself */
  from?: ForecastSource;
  /** past runs that it rests on */
  runs?: number;
  currency?: string;
  /** tools and agents of which it is not known */
  unknown?: string[];
}

/** How often a call is made: null where it cannot be told. */
export interface Factor {
  low: number;
  likely: number | null;
  high: number | null;
}

const NOTHING: Figure = { low: 0, likely: 0, high: 0 };

/** Time of one call, in milliseconds. */
export const timeOf = ({ name }: CompleteSpec, past: PastFigures): Figure =>
  fromPast(name, past[name], past[name]?.time_ms);

/** Tokens of one call. Only agents, `llm.…` and tools of MCP servers ask models. */
export const tokensOf = (spec: CompleteSpec, past: PastFigures, isAgent: boolean): Figure =>
  past[spec.name]?.tokens || isAgent || asksModels(spec)
    ? fromPast(spec.name, past[spec.name], past[spec.name]?.tokens)
    : NOTHING;

/** Money of one call: its price, or that of past runs; a tool that reaches nobody costs nothing. */
export function moneyOf({ cost, ...spec }: CompleteSpec, past: PastFigures, isAgent: boolean): Figure {
  if (cost)
    return { low: cost.amount, likely: cost.amount, high: cost.amount, from: 'price list', currency: cost.currency };
  const known = past[spec.name]?.money;
  if (known) return { ...fromPast(spec.name, past[spec.name], known), currency: known.currency };
  return isAgent || asksModels(spec) || spec.egress.length > 0 ? { unknown: [spec.name] } : NOTHING;
}

const asksModels = ({ name }: Pick<CompleteSpec, 'name'>): boolean => /^(llm|mcp)\./.test(name);

const fromPast = (name: string, past: PastFigures[string] | undefined, range: PastRange | undefined): Figure =>
  range
    ? { low: range.low, likely: range.likely, high: range.high, from: 'past runs', runs: past?.runs }
    : { unknown: [name] };

/** A figure of several calls. Nothing times what is not known is nothing; the unknown times nothing stays unknown. */
export function times(figure: Figure, { low, likely, high }: Factor): Figure {
  const multiply = (value: number | undefined, by: number | null) =>
    value === undefined || by === null ? (value === 0 ? 0 : undefined) : value * by;
  return {
    ...figure,
    low: multiply(figure.low, low),
    likely: multiply(figure.likely, likely),
    high: multiply(figure.high, high),
  };
}

/** Figures together, as `total` puts their parts together. What is not known of one is not known of all. */
export function together(
  figures: readonly Figure[],
  total: (end: 'low' | 'likely' | 'high', parts: number[]) => number,
): ForecastRange {
  const whole = (end: 'likely' | 'high') => {
    const parts = figures.map((figure) => figure[end]);
    return parts.every((part) => part !== undefined) ? rounded(total(end, parts)) : null;
  };
  const unknown = [...new Set(figures.flatMap(({ unknown }) => unknown ?? []))];
  const nothingKnown = figures.length > 0 && figures.every(({ low }) => low === undefined);
  const [likely, high] = [whole('likely'), whole('high')];
  const runs = figures.flatMap((figure) => figure.runs ?? []);
  return {
    low: nothingKnown
      ? null
      : rounded(
          total(
            'low',
            figures.map(({ low }) => low ?? 0),
          ),
        ),
    likely,
    high,
    from:
      likely === null || high === null
        ? 'unknown'
        : figures.some(({ from }) => from === 'past runs')
          ? 'past runs'
          : 'price list',
    runs: runs.length > 0 ? Math.min(...runs) : 0,
    unknown,
  };
}

/** Sums of prices without the noise of binary fractions. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

export const sum = (parts: readonly number[]): number => parts.reduce((total, part) => total + part, 0);
