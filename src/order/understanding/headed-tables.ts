import { namesArticle } from './constants';
import { describeTable } from './describe-table';
import { isBlank, type Grid, type GridRow } from './grid';
import { rowsBetween } from './profile';
import { isOtherTitle, sectionAbove } from './sections';
import { plainWords } from './text';
import { titledArticle } from './titled-grids';
import type { HeaderBlock, Table } from './types';

export function tablesUnder(grid: Grid, headers: readonly HeaderBlock[]): Table[] {
  const end = grid.rows.at(-1)?.number ?? 0;
  const spans: Span[] = [];
  for (const header of headers) {
    const article = titledArticle(grid, header);
    const top = article?.row ?? Math.min(...header.rows);
    const open = spans.findLast(({ header: above, last }) => last === end && overlaps(above, header));
    const isOther = article !== undefined && (open === undefined || titledArticle(grid, open.header) !== undefined);
    if (
      open &&
      !isOther &&
      haveSameHeadings(open.header, header) &&
      !isOtherTitle(grid, header) &&
      !sectionAbove(grid, header)
    ) {
      for (const row of header.rows) open.headerRows.add(row);
      continue;
    }
    for (const span of spans) if (span.last === end && overlaps(span.header, header)) span.last = top - 1;
    spans.push({ header, headerRows: new Set(header.rows), first: Math.max(...header.rows) + 1, last: end });
  }
  return spans.map((span) => tableOf(grid, span));
}

interface Span {
  header: HeaderBlock;
  headerRows: Set<number>;
  first: number;
  last: number;
}

const overlaps = (a: HeaderBlock, b: HeaderBlock): boolean => a.left <= b.right && b.left <= a.right;

/** Whether a header repeats another, as on every printed page. */
function haveSameHeadings(a: HeaderBlock, b: HeaderBlock): boolean {
  const articles = [...b.headings.values()].filter(namesArticle);
  if (articles.some(({ column, text }) => a.headings.get(column)?.text !== text)) return false;
  let same = 0;
  for (const [column, { text }] of b.headings) {
    const other = a.headings.get(column);
    if (other && plainWords(other.text) === plainWords(text)) same += 1;
  }
  return same >= 2 && same >= 0.8 * Math.max(a.headings.size, b.headings.size);
}

/** Table of a header and the rows below it. */
function tableOf(grid: Grid, { header, headerRows, first, last }: Span): Table {
  const rows = rowsBetween(grid, first, last).filter(({ number }) => !headerRows.has(number));
  const { left, right } = widen(header, rows);
  return describeTable({ grid, header, headerRows, first, last, left, right }, rows);
}

/** Widens a table by columns beside its header that hold figures without a heading. */
function widen(header: HeaderBlock, rows: readonly GridRow[]): { left: number; right: number } {
  let { left, right } = header;
  const filled = (column: number) => rows.reduce((sum, { cells }) => sum + (isBlank(cells[column]) ? 0 : 1), 0);
  const all = Math.max(1, filled(left), filled(right));
  while (left > 1 && filled(left - 1) >= 0.3 * all) left -= 1;
  while (filled(right + 1) > 0 && rows.some(({ cells }) => cells[right + 1]?.value.is === 'number')) right += 1;
  return { left, right };
}
