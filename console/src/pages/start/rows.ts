/** A row of work, as an audit takes it. */
export type WorkRow = {
  category: string;
  estimated_minutes: number | string | null;
  text: string;
};

const HEADINGS: Readonly<Record<keyof WorkRow, RegExp>> = {
  category: /^(categor|catégorie|domaine|area)/i,
  estimated_minutes: /minute|durée|duration|temps|time/i,
  text: /^(text|texte|description|task|tâche|libellé|activity|activité)/i,
};

type Columns = Readonly<Record<keyof WorkRow, number>>;

/** Rows as they are pasted from a spreadsheet (tabs) or a CSV (semicolons or commas), with or without a heading. */
export function rowsOf(pasted: string): WorkRow[] {
  const lines = cellsOf(pasted).filter((cells) => cells.some((cell) => cell.trim() !== ''));
  const named = columnsOf(lines[0] ?? []);
  const columns = named ?? { category: 0, estimated_minutes: 1, text: 2 };
  return (named ? lines.slice(1) : lines).map((cells) => ({
    category: cells[columns.category]?.trim() ?? '',
    estimated_minutes: minutesOf(cells[columns.estimated_minutes]?.trim() ?? ''),
    text: cells[columns.text]?.trim() ?? '',
  }));
}

/** The columns that a heading names, if the line is one. */
function columnsOf(line: readonly string[]): Columns | undefined {
  const find = (member: keyof WorkRow) => line.findIndex((cell) => HEADINGS[member].test(cell.trim()));
  const columns = { category: find('category'), estimated_minutes: find('estimated_minutes'), text: find('text') };
  return columns.estimated_minutes >= 0 && (columns.category >= 0 || columns.text >= 0) ? columns : undefined;
}

/** A number where it is one; what cannot be read is sent as it stands, and flagged by the audit. */
function minutesOf(text: string): number | string | null {
  if (text === '') return null;
  const number = Number(text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.'));
  return Number.isFinite(number) ? number : text;
}

/** Lines of cells; cells in quotation marks may hold separators and line breaks. */
function cellsOf(text: string): string[][] {
  const first = text.split('\n', 1)[0] ?? '';
  const separator = ['\t', ';', ','].find((sign) => first.includes(sign)) ?? '\t';
  const lines: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  const end = () => void (lines.at(-1)?.push(cell), (cell = ''));
  for (let i = 0; i < text.length; i++) {
    const sign = text[i] ?? '';
    if (isQuoted && sign === '"' && text[i + 1] === '"') cell += text[++i];
    else if (sign === '"' && (isQuoted || cell === '')) isQuoted = !isQuoted;
    else if (isQuoted || (sign !== separator && sign !== '\n' && sign !== '\r')) cell += sign;
    else if (sign === separator) end();
    else if (sign === '\n') {
      end();
      lines.push([]);
    }
  }
  end();
  return lines;
}
