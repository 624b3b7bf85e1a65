import { identityOf } from './lines';
import type { UnnumberedLine, TableReading, Found } from './line';
import { doubtReasons } from './reasons';
import type { Workbook } from '../../spreadsheets/workbook';
import type { SheetReading } from './sheet-reading';

const SHOWN = 10;

/** Lines with the same reference, reported once for each of them. */
export function reportDuplicates(drafts: readonly UnnumberedLine[]): Found[] {
  const byName = new Map<string, UnnumberedLine[]>();
  for (const draft of drafts) {
    const identity = identityOf(draft);
    if (identity === undefined) continue;
    const others = byName.get(identity);
    if (others) others.push(draft);
    else byName.set(identity, [draft]);
  }
  return [...byName.values()].flatMap((same): Found[] => {
    const [first] = same;
    if (!first || same.length < 2) return [];
    const name = first.line.reference ?? first.line.ean;
    const isTwice = same.every(({ line }) => line.quantity && line.quantity.value === first.line.quantity?.value);
    if (isTwice) {
      const evidence = same.slice(0, SHOWN).flatMap(({ line }) => line.quantity?.from ?? []);
      return [{ code: 'line.repeated', evidence, words: { text: name?.value ?? '' }, lines: same }];
    }
    const evidence = same.slice(0, SHOWN).flatMap(({ line }) => line.reference?.from ?? line.ean?.from ?? []);
    return [{ code: 'line.reference_duplicate', evidence, words: { text: name?.value ?? '' }, lines: same }];
  });
}

const LOST = /\ufffd|[\u0080-\u009f]|Ã[\u0080-\u00bf©¨ª«®´¹§¼]|â€/;

/** What the form of a text file made uncertain: its encoding, rows that had to be mended, letters that were lost. */
export function reportText({ encoding }: Workbook, sheets: readonly SheetReading[]): Found[] {
  const found: Found[] = [];
  for (const { grid, readings } of sheets) {
    const drafts = readings.flatMap((reading) => reading.drafts);
    if (drafts.length === 0) continue;
    if (encoding !== undefined) {
      const odd = drafts.find(({ line }) => /[^\p{ASCII}]/u.test(line.description?.value ?? '')) ?? drafts[0];
      const from = odd?.line.description?.from ?? odd?.line.reference?.from;
      found.push({ code: 'text.encoding', evidence: from ? [from] : [], words: { text: encoding } });
    }
    if (grid.mended.length > 0) {
      const evidence = grid.mended.slice(0, SHOWN).map(({ row, column }) => grid.from(row, column));
      found.push({ code: 'text.mended', evidence, words: { text: evidence.map(({ cell }) => cell).join(', ') } });
    }
    for (const { line, issues } of drafts) {
      for (const value of [line.reference, line.description, line.variant]) {
        if (!value?.from || !LOST.test(value.value)) continue;
        const severity = value === line.reference ? ('blocking' as const) : undefined;
        issues.push({ code: 'line.text_damaged', evidence: [value.from], words: { text: value.value }, severity });
        value.confidence = Math.min(value.confidence, 0.4);
      }
    }
  }
  return found;
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
    // a letter has no columns
    const isNamed = drafts.every(({ line }) => line.reference !== undefined);
    if (!table.prose && !isNamed && !roles.has('reference') && !roles.has('ean') && roles.has('description')) {
      const row = header?.rows.at(-1) ?? table.first;
      // a table that numbers its orders has references, which then stand elsewhere
      const severity = roles.has('order_number') ? ('blocking' as const) : undefined;
      found.push({
        code: 'references.none',
        evidence: [grid.from(row, roles.get('description') ?? table.left)],
        severity,
      });
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
