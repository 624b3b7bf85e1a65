import type { TableReading, UnnumberedLine } from './line';
import type { SheetReading } from './sheet-reading';
import { plainWords } from './text';

/**
 * Drops lines below a sum, or in a table of their own, that explain codes of the lines above: all they name are
 * variants there, such as the curves of sizes of an assortment.
 */
export function dropLegends({ readings }: SheetReading): void {
  const known = new Set<string>();
  for (const reading of readings) {
    const sum = reading.totals.at(-1)?.row ?? 0;
    const above = reading.drafts.filter(({ row }) => row < sum);
    const below = reading.drafts.filter(({ row }) => row > sum);
    learn(known, reading, above);
    if (explains(below, known)) {
      reading.drafts = above;
      const evidence = below.slice(0, 1).flatMap(({ line }) => (line.reference ?? line.description)?.from ?? []);
      const words = { text: evidence.map(({ cell }) => cell).join(', ') };
      reading.found.push({ code: 'rows.skipped', evidence, words });
    } else learn(known, reading, below);
  }
}

const explains = (lines: readonly UnnumberedLine[], known: ReadonlySet<string>): boolean =>
  lines.length >= LEAST && lines.every((line) => known.has(nameOf(line)));

const LEAST = 2;

/** Learns the variants of some lines, and what heads them. */
function learn(known: Set<string>, { table }: TableReading, lines: readonly UnnumberedLine[]): void {
  for (const { line } of lines)
    for (const part of (line.variant?.value ?? '').split(' / ')) if (part !== '') known.add(plainWords(part));
  for (const column of lines.length > 0 ? table.variants : [])
    known.add(plainWords(table.header?.headings.get(column)?.text ?? ''));
}

const nameOf = ({ line }: UnnumberedLine): string => plainWords((line.reference ?? line.description)?.value ?? '');
