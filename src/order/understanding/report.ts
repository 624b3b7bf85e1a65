import type { UnnumberedLine, TableReading } from './line';
import { identityOf } from './lines';
import { doubtReasons, type Found } from './messages';
import type { SheetReading } from './sheets';

const SHOWN = 10;

/** Reports on each line that other lines have the same reference. */
export function reportDuplicates(drafts: readonly UnnumberedLine[]): void {
  const byName = new Map<string, UnnumberedLine[]>();
  for (const draft of drafts) {
    const identity = identityOf(draft);
    if (identity === undefined) continue;
    const others = byName.get(identity);
    if (others) others.push(draft);
    else byName.set(identity, [draft]);
  }
  for (const same of byName.values()) {
    if (same.length < 2) continue;
    const evidence = same.slice(0, SHOWN).flatMap(({ line }) => line.reference?.from ?? line.ean?.from ?? []);
    for (const draft of same) {
      const name = draft.line.reference ?? draft.line.ean;
      draft.issues.push({ code: 'line.reference_duplicate', evidence, words: { text: name?.value ?? '' } });
    }
  }
}

/** Doubts about columns of the tables that gave lines. */
export function reportColumns(readings: readonly TableReading[]): Found[] {
  return readings.flatMap(({ table, drafts }): Found[] => {
    if (drafts.length === 0) return [];
    const { grid, header, roles } = table;
    const found = table.doubts.map(({ blocking, columns, why }): Found => {
      const evidence = columns
        .slice(0, SHOWN)
        .map((column) => grid.from(header?.headings.get(column)?.row ?? table.first, column));
      const text = evidence.map((each) => each.text ?? each.cell ?? '').join(' / ');
      const words = { text, why: doubtReasons[why].en, why_fr: doubtReasons[why].fr };
      return { code: 'columns.uncertain', evidence, words, severity: blocking ? 'blocking' : 'warning' };
    });
    if (!roles.has('reference') && !roles.has('ean')) {
      const row = header?.rows.at(-1) ?? table.first;
      found.push({ code: 'references.none', evidence: [grid.from(row, roles.get('description') ?? table.left)] });
    }
    return found;
  });
}

export const reportRefused = ({ grid, refused }: SheetReading): Found[] =>
  refused.map(({ first_row }) => ({
    code: 'columns.uncertain',
    evidence: [{ file: grid.file, sheet: grid.sheet, cell: grid.address(Math.min(first_row, 1_048_576), 1) }],
    words: { text: grid.sheet, why: doubtReasons.structure.en, why_fr: doubtReasons.structure.fr },
  }));
