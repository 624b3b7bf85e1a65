import { oneLine, shorten } from '../format';

/**
 * Escapes text from a cell or a person for Markdown: no markup, no HTML, no automatic links, one line, shortened. All
 * foreign text must go through here.
 */
export function escapeText(text: string, most = 160): string {
  return shorten(oneLine(text), most)
    .replace(/[\\`*_[\]|#~^$!]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/(?<=\p{L}):(?=\S)/gu, '&#58;')
    .replace(/\b(www)\./gi, '$1&#46;')
    .replace(/@/g, '&#64;')
    .replace(/^([-+=]|\d+[.)])(?=\s|$)/, '&#8203;$1');
}

export type Column = { head: string; right?: boolean };

/** A table; cells are Markdown already. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  return [
    `| ${columns.map(({ head }) => head).join(' | ')} |`,
    `| ${columns.map(({ right }) => (right ? '---:' : '---')).join(' | ')} |`,
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ];
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of blocks that shows in any font; `value` of `most` in twenty blocks. */
export function bar(value: number, most: number): string {
  if (most <= 0 || value <= 0) return '';
  const units = Math.max(1, Math.round((value / most) * 20 * 8));
  return '█'.repeat(Math.floor(units / 8)) + eighths[units % 8]!;
}

/** A pie in Mermaid, for programs that draw it; the table beside it says the same. */
export function pie(title: string, slices: readonly { name: string; value: number }[]): string[] {
  return [
    '```mermaid',
    'pie showData',
    `    title ${label(title)}`,
    ...slices.map(({ name, value }) => `    "${label(name)}" : ${Number(value.toFixed(2)) || 0.01}`),
    '```',
  ];
}

/** Keeps letters, digits and a few marks, so that neither Mermaid nor a page around it finds syntax. */
function label(text: string): string {
  return (
    shorten(
      oneLine(text)
        .replace(/[^\p{L}\p{N} .,/&()%'’-]/gu, ' ')
        .replace(/&/g, '+')
        .replace(/\s+/g, ' ')
        .trim(),
      60,
    ) || '–'
  );
}
