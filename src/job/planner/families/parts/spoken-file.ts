import type { Draft } from '../../draft/draft';
import { formatOf } from '../../draft/made';
import type { Clause } from '../../family';
import type { Format, Span } from '../../reading';
import { Refusal } from '../../refusal';
import type { FileSet } from '../../values/filesets';

/** "delete the original", "delete the Excel file afterwards": one file that was spoken of before. */
export function fileSpokenOf(draft: Draft, { slots, start, end }: Clause, set: FileSet): string | undefined {
  if (slots['original'] === true) {
    const copied = draft.steps.all.filter(({ uses }) => uses === 'file.copy');
    const read = draft.steps.all.findLast(({ uses }) => /^(transform\.from_|file\.read|sql\.insert)/.test(uses ?? ''));
    const path = copied[0]?.with?.['from'] ?? read?.with?.['path'];
    if (typeof path !== 'string' || copied.length > 1)
      throw new Refusal(draft.span, 'say which file this is, such as report.csv');
    return path;
  }
  const said = draft.input.text(start, end, draft.goal);
  const isOne = /(\bthe|\bthis|\ble|\bce)\s+(\.?\w+\s+)?(file|workbook|spreadsheet|fichier|classeur)\b/i.test(said);
  const format = slots['format'] ?? formatOf(set.pattern ?? '');
  const isPlaced = (set.folder ?? slots['folder'] ?? set.age ?? slots['age']) !== undefined;
  return isOne && !isPlaced && format !== undefined
    ? fileBefore(draft, draft.span, format as Format, false)
    : undefined;
}

/** "delete the file": one that was spoken of before. */
export const isSingular = ({ input, span: [start, end] }: Draft): boolean =>
  input.tokens.slice(start, end).some(({ folded }) => /^(file|fichier)$/.test(folded)) &&
  !input.tokens.slice(start, end).some((_, index) => input.is(start + index, 'all', 'each_one'));

/** The file that the goal spoke of last: "make a copy of it"; of a kind, the only one: "move the csv". */
export function fileBefore(draft: Draft, at: Span, kind: Format | undefined, isAlone: boolean): string {
  const said = draft.input.tokens.filter(
    ({ kind: type, text }, token) => token < at[0] && type === 'path' && /\.\w+$/.test(text) && !text.includes('*'),
  );
  const made = draft.made.flatMap(({ file }) => (file?.path === undefined ? [] : [file.path]));
  const ofKind = new Set([...said.map(({ text }) => text), ...made].filter((path) => formatOf(path) === kind));
  if (kind !== undefined && ofKind.size !== 1)
    throw new Refusal(at, `say which ${kind} file this is: ${[...ofKind].join(', ') || 'none was named before'}`);
  // "move it": a file that goes away has to be the only one that was spoken of, and written before
  const all = new Set([...said.map(({ text }) => text), ...made]);
  const isWritten = draft.steps.all.some(({ with: args }) =>
    [args?.['save_as'], args?.['path'], args?.['to']].includes([...all][0] ?? ''),
  );
  if (isAlone && (all.size !== 1 || !isWritten))
    throw new Refusal(at, `say which file this is: ${[...all].join(', ') || 'none was named before'}`);
  const path = kind === undefined ? (made.at(-1) ?? said.at(-1)?.text) : [...ofKind][0];
  if (path === undefined) throw new Refusal(at, 'say which file, such as report.csv');
  return path;
}
