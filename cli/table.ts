/** Rows as columns of text, each as wide as its widest cell; a column may be bounded, and then ends in `…`. */
export function table(head: string[], rows: string[][], widest: Record<string, number> = {}): string[] {
  const fit = (text: string, column: number) => {
    const most = widest[head[column] ?? ''] ?? Infinity;
    // One line a row, whatever somebody has written into a field.
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
