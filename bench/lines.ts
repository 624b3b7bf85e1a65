/** Results against their bars: as a table, and as the file of the last results. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** A measured value and its bar, if there is one. Most are ratios; others bear a unit. */
export interface Line {
  what: string;
  value: number;
  unit?: 's' | 'ms' | 'MB' | 'per s';
  spread?: [number, number];
  bar?: { least: number } | { most: number };
  /** true if the bar is kept, or there is none, because the value tells more about the machine than about AWE */
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

/** Replaces lines of the same name in the file; `order` lists all names that there are. */
export function keep(file: string, machine: object, lines: Line[], order: string[]): void {
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { results: Line[] }).results : [];
  const byName = new Map([...before, ...lines].map((line) => [line.what, line]));
  const results = order.flatMap((what) => byName.get(what) ?? []);
  writeFileSync(file, `${JSON.stringify({ machine, results }, null, 2)}\n`);
}

const round = (value: number) => Math.round(value * 100) / 100;
