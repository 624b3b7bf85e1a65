import { textOf, type GridCell } from './grid';
import type { TableReading, UnnumberedLine } from './line';
import { OF_LINE } from './replacements';
import { figureBefore, takesBackLine } from './taken-back';
import { plainWords } from './text';

const LEAST_SHARED = 5;

/** Whether a message names a line: a word of both has the same beginning. */
export const shareWord = ({ line }: UnnumberedLine, text: string): boolean => {
  const words = plainWords(text).split(' ');
  return plainWords(`${line.quantity?.from?.text ?? ''} ${line.description?.value ?? ''}`)
    .split(' ')
    .some((word) => /\p{L}{4}/u.test(word) && words.some((other) => other.startsWith(word.slice(0, LEAST_SHARED))));
};

/** Lines whose references, or whose number, a message has among its words: `Pos. 3 bitte streichen`. */
export function linesNamed(readings: readonly TableReading[], text: string): UnnumberedLine[] {
  const position = OF_LINE.exec(plainWords(text))?.[1];
  const words = new Set(text.split(/[\s,;:()"“”]+|[.!?]+(?:\s|$)/).map((word) => word.toLowerCase()));
  return readings
    .flatMap(({ drafts }) => drafts)
    .filter(({ line: { reference }, table: { grid, roles }, row }) => {
      const code = reference?.value.toLowerCase() ?? '';
      const number = roles.get('line_number');
      const isOf = number !== undefined && position !== undefined && grid.text(row, number) === position;
      return isOf || (/\d/.test(code) && code.length > 2 && words.has(code));
    });
}

/** Whether a message has a figure besides the references of the lines that it names: `A-200: please make it 6`. */
export const hasFigure = (text: string, named: readonly UnnumberedLine[]): boolean =>
  named.length > 0 &&
  /\d/.test(named.reduce((rest, { line }) => rest.replaceAll(line.reference?.value ?? '', ' '), text));

/**
 * Lines that a message around their table gives another quantity than they have, which it repeats, or takes back by their
 * number: `make the plaster 24 bags, not 12`, `please cancel line 3`.
 */
export function linesChanged(readings: readonly TableReading[], cell: GridCell): UnnumberedLine[] {
  const text = textOf(cell);
  const before = figureBefore(text);
  const named = linesNamed(readings, text);
  if (before === undefined) return takesBackLine(plainWords(text)) ? named : [];
  const about =
    named.length > 0 ? named : readings.flatMap(({ drafts }) => drafts).filter((each) => shareWord(each, text));
  return about.filter(({ line }) => line.quantity?.value === before);
}
