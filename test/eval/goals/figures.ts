/** Sums up verdicts. */
import type { Expected } from './contract';
import type { Verdict } from './score';

export interface Figures {
  set: string;
  goals: number;
  /** goals that can be planned */
  sound: number;
  planned: number;
  valid: number;
  right: number;
  /** plans that would run and are not right, with no note about the point; of all goals */
  silent: number;
  needless: number;
  /** over the sound goals; those that were refused or are invalid have no step */
  node_f1: number;
  edge_f1: number;
  /** share of the certain arguments, of plans that were judged */
  arguments: number;
  refusals: { goals: number; named: number; within: number; half: number; wrong: number };
  /** the slowest and the 95th of a hundred, in milliseconds */
  ms: { p95: number; most: number };
}

export function figuresOf(set: string, verdicts: readonly Verdict[]): Figures {
  const sound = verdicts.filter(({ entry }) => 'plan' in entry.expect);
  const others = verdicts.filter(({ entry }) => 'refuse' in entry.expect);
  const count = (of: readonly Verdict[], ...outcomes: Verdict['outcome'][]) =>
    of.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const times = verdicts.map(({ ms }) => ms).sort((a, b) => a - b);
  const fits = sound.flatMap(({ fit }) => (fit ? [fit] : []));
  const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
  const plans = sound.map(({ entry }) => (entry.expect as Expected).plan);
  const nodes = sum(fits.map(({ cast }) => cast.size));
  const edges = sum(fits.map(({ edges: found }) => found.right));
  return {
    set,
    goals: verdicts.length,
    sound: sound.length,
    planned: count(sound, 'right', 'wrong', 'invalid'),
    valid: count(sound, 'right', 'wrong'),
    right: count(sound, 'right'),
    silent: verdicts.filter(({ silent }) => silent).length,
    needless: count(sound, 'needless'),
    node_f1: f1(nodes, nodes + sum(fits.map(({ extra }) => extra.length)), sum(plans.map(({ steps }) => steps.length))),
    edge_f1: f1(edges, sum(fits.map(({ links }) => links)), sum(plans.map((plan) => plan.edges.length))),
    arguments: share(
      sum(fits.map(({ arguments: found }) => found.right)),
      sum(fits.map(({ arguments: found }) => found.all)),
    ),
    refusals: {
      goals: others.length,
      named: count(others, 'named'),
      within: others.filter(({ outcome, within }) => outcome === 'half' && within).length,
      half: count(others, 'half'),
      wrong: count(others, 'planned'),
    },
    ms: { p95: times[Math.floor(times.length * 0.95)] ?? 0, most: times.at(-1) ?? 0 },
  };
}

const share = (part: number, of: number): number => (of === 0 ? 1 : part / of);

/** Harmonic mean of precision and recall; 1 where there is nothing to find and nothing was. */
function f1(right: number, got: number, wanted: number): number {
  return got + wanted === 0 ? 1 : (2 * right) / (got + wanted);
}

const percent = (part: number, of: number): string => (of === 0 ? '-' : `${(100 * share(part, of)).toFixed(1)} %`);

const titles = [
  'set',
  'goals',
  'sound',
  'planned',
  'valid',
  'right',
  'silent',
  'needless',
  'nodes',
  'edges',
  'args',
  'refused right',
  'half (within)',
  'wrong',
];

/** Figures as a table, a line for each set. */
export function renderTable(all: readonly Figures[]): string[] {
  const rows = [titles, ...all.map((one) => cellsOf(one))];
  const widths = titles.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '),
  );
}

const cellsOf = ({ set, refusals, ...one }: Figures): string[] => [
  set,
  ...[one.goals, one.sound, one.planned].map(String),
  percent(one.valid, one.planned),
  percent(one.right, one.sound),
  String(one.silent),
  percent(one.needless, one.sound),
  ...[one.node_f1, one.edge_f1, one.arguments].map((value) => value.toFixed(3)),
  percent(refusals.named, refusals.goals),
  `${refusals.half} (${refusals.within})`,
  String(refusals.wrong),
];
