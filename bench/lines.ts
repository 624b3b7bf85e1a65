/** What was measured, against its bar: as a table, and as the file of the last results. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** A measured value and its bar, where there is one. Most are ratios; others bear a unit. */
export interface Line {
  what: string;
  value: number;
  unit?: 's' | 'ms' | 'MB' | 'per s';
  spread?: [number, number];
  bar?: { least: number } | { most: number };
  /** whether the bar is kept; what has none says more of the machine than of AWE, and passes */
  pass: boolean;
}

export interface Measured {
  value: number;
  spread?: [number, number];
}

export function lineOf(what: string, bar: Line['bar'], { value, spread }: Measured, unit?: Line['unit']): Line {
  return {
    what,
    value: round(value),
    ...(unit === undefined ? {} : { unit }),
    ...(spread ? { spread: [round(spread[0]), round(spread[1])] as [number, number] } : {}),
    ...(bar === undefined ? {} : { bar }),
    pass: bar === undefined || ('least' in bar ? value >= bar.least : value <= bar.most),
  };
}

export function table(lines: Line[]): string {
  const widest = Math.max(...lines.map(({ what }) => what.length));
  const rows = lines.map(({ what, value, unit, spread, bar, pass }) => {
    const digits = unit === 'ms' ? 0 : 2;
    const range = spread ? spread.map((end) => end.toFixed(digits)).join('–') : '';
    const limit = bar === undefined ? '' : 'least' in bar ? `≥ ${bar.least}` : `≤ ${bar.most}`;
    const verdict = bar === undefined ? 'no bar' : pass ? 'pass' : 'MISS';
    const cells = [range.padEnd(11), `${limit} ${unit ?? ''}`.trim().padEnd(8), verdict];
    return `${what.padEnd(widest)}  ${value.toFixed(digits).padStart(6)}  ${cells.join('  ').trimEnd()}\n`;
  });
  return [`${'what'.padEnd(widest)}   value  spread       bar\n`, ...rows].join('');
}

/** Puts lines into the file, in place of those of the same name; `order` says which names there are at all. */
export function keep(file: string, machine: object, lines: Line[], order: string[]): void {
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { results: Line[] }).results : [];
  const byName = new Map([...before, ...lines].map((line) => [line.what, line]));
  const results = order.flatMap((what) => byName.get(what) ?? []);
  writeFileSync(file, `${JSON.stringify({ machine, results }, null, 2)}\n`);
}

const round = (value: number) => Math.round(value * 100) / 100;
