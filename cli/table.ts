/** Formats rows as columns of text, each as wide as its widest cell; longer cells of a bounded column end in `…`. */
export function formatTable(head: string[], rows: string[][], widest: Record<string, number> = {}): string[] {
  const fit = (text: string, column: number) => {
    const most = widest[head[column] ?? ''] ?? Infinity;
    // one line per row, whatever a field contains
    const line = text.replaceAll(/[\p{Cc}\s]+/gu, ' ');
    return line.length > most ? `${line.slice(0, most - 1)}…` : line;
  };
  const cells = [head, ...rows].map((row) => row.map(fit));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
